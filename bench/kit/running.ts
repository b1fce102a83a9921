// A database in a folder of its own, first without care for a power loss so that it is filled quickly, then served
// with the settings of every day.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openPools } from '#server/postgres/database.ts'
import { runningPostgres, startEmbeddedPostgres } from '#server/postgres/embedded-postgres.ts'
import { migrate } from '#server/postgres/migrate.ts'
import { freePort } from '#tests/kit/rapport.ts'

export interface Doors {
  readonly owner: pg.Pool
  readonly app: pg.Pool
}

/** A new folder among the temporary ones. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'rapport-bench-'))
}

const careless = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '8GB',
  maintenance_work_mem: '256MB',
  autovacuum: 'off',
}

/** Fills the database of a folder; statistics are fresh and all is on the disk afterwards. */
export async function filled<T>(folder: string, fill: (doors: Doors) => Promise<T>): Promise<T> {
  const postgres = await startEmbeddedPostgres(folder, careless)
  try {
    const pools = await openPools(postgres.connection)
    try {
      await migrate(pools.owner, 'migrations')
      const result = await fill(pools)
      await pools.owner.query('vacuum analyze')
      await pools.owner.query('checkpoint')
      return result
    } finally {
      await pools.close()
    }
  } finally {
    await postgres.stop()
  }
}

export interface Served extends Doors {
  readonly url: string
  /** Ends the server; the data stays. */
  stop(): Promise<void>
}

/** Serves a folder that was filled, by a process of its own; `webFolder` holds the pages. */
export async function served(folder: string, webFolder: string | null = null): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/kit/serve.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      BENCH_FOLDER: folder,
      BENCH_PORT: String(port),
      ...(webFolder ? { BENCH_WEB: webFolder } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const address = runningPostgres(folder)
  if (!address) throw new Error('the server has no database')
  const pools = await openPools(address)
  return {
    ...pools,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await pools.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

export function forget(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}

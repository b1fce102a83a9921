// One run of the server program, tied to this process.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { asAccount } from './postgres-account.ts'
import { OWNER, type PostgresCluster } from './postgres-cluster.ts'
import { EmbeddedPostgresError } from './postgres-error.ts'

export type PostgresProcess = {
  /** Resolves with the last lines of its log when the server has ended, for whatever reason. */
  ended: Promise<string>
  /** Shuts down in order and waits for it. */
  stop(): Promise<void>
}

/**
 * The guard runs the server and holds the reading end of a pipe: when this process is gone, by SIGKILL too, the
 * pipe closes and the server is shut down in order (SIGINT). A shell, because another Node would take 40 MB.
 * The server's own standard input and the pipe are not handed on, or the server would hold it open itself.
 */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server ) 2>/dev/null &
watcher=$!
exec 3<&-
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code`

const LOG_KEPT = 8_000
const START_PATIENCE_MS = 300_000
/** A server killed a moment ago leaves backends that hold its shared memory until they notice. */
const SHARED_MEMORY_PATIENCE_MS = 30_000

/** Sized for a small server; durable: neither fsync nor synchronous_commit is touched. */
const TUNING = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  maintenance_work_mem: '64MB',
  work_mem: '8MB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A week of logs in the cluster's own folder, each day's file overwritten a week later.
  logging_collector: 'on',
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
}

/** Starts the server and waits until it answers. Throws `EmbeddedPostgresError` with the end of its log. */
export async function runPostgres(
  cluster: PostgresCluster,
  socketFolder: string,
  overrides: Readonly<Record<string, string>>,
): Promise<PostgresProcess> {
  const patience = Date.now() + SHARED_MEMORY_PATIENCE_MS
  for (;;) {
    const server = spawnGuarded(cluster, socketFolder, overrides)
    const log = await Promise.race([answering(socketFolder), server.ended])
    if (log === null) return server
    if (log.includes('shared memory block') && Date.now() < patience) {
      await delay(200)
      continue
    }
    throw new EmbeddedPostgresError(`The embedded PostgreSQL does not start. It says:\n${log.trim()}`)
  }
}

function spawnGuarded(
  cluster: PostgresCluster,
  socketFolder: string,
  overrides: Readonly<Record<string, string>>,
): PostgresProcess {
  const settings = { ...TUNING, unix_socket_directories: socketFolder, ...overrides }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = ['sh', cluster.programs.postgres, '-D', cluster.folder, ...options]
  const guard = spawn('/bin/sh', ['-c', GUARD, ...command], {
    ...asAccount(cluster.account),
    // Its own session: Ctrl-C in the terminal must reach Rapport alone, which then stops the server last.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const logFolder = join(cluster.folder, 'log')
  const before = sizesIn(logFolder)
  const ended = endOf(guard).then((said) => said + writtenSince(logFolder, before))
  return {
    ended,
    async stop() {
      guard.stdin.end()
      await ended
    },
  }
}

function endOf(guard: ChildProcessByStdio<Writable, null, Readable>): Promise<string> {
  let log = ''
  guard.stderr.setEncoding('utf8')
  guard.stderr.on('data', (text: string) => {
    log = (log + text).slice(-LOG_KEPT)
  })
  // Written to after its end when it died by itself; `ended` tells of that.
  guard.stdin.on('error', () => {})
  return new Promise((resolve) => {
    guard.on('error', (error) => resolve(error.message))
    guard.on('close', () => resolve(log))
  })
}

/** Once under way the server writes to files of its own; what is new there since it was started tells why it ended. */
function writtenSince(folder: string, before: ReadonlyMap<string, number>): string {
  const grown = [...sizesIn(folder)].filter(([name, size]) => size !== before.get(name))
  return grown
    .map(([name, size]) => {
      const old = before.get(name) ?? 0
      return readFileSync(join(folder, name))
        .subarray(size > old ? old : 0)
        .toString('utf8')
    })
    .join('')
    .slice(-LOG_KEPT)
}

function sizesIn(folder: string): Map<string, number> {
  if (!existsSync(folder)) return new Map()
  return new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]))
}

/** Waits until the server takes connections; recovery after a crash may keep it busy for minutes. */
async function answering(host: string): Promise<null | string> {
  const patience = Date.now() + START_PATIENCE_MS
  while (Date.now() < patience) {
    const client = new Client({ host, port: 5432, user: OWNER, database: 'postgres' })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return null
    } catch (error) {
      if (error instanceof DatabaseError && error.code !== '57P03') return error.message
      await delay(20)
    }
  }
  return `no answer within ${START_PATIENCE_MS / 1000} seconds`
}

// After a SIGKILL the server of the last run may still be there, or its process number may be somebody else's.
import { chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processFacts } from '#server/process-facts.js'
import { EmbeddedPostgresError } from './postgres-error.ts'

/** What postmaster.pid says of the server that wrote it. */
export type Postmaster = { pid: number; port: number; socketFolder: string }

const PATIENCE_MS = 60_000
/** No system gives a process this number. */
const NOBODY = 2_147_483_647

/** The server that runs in this cluster folder, or null. */
export function runningPostmaster(folder: string): Postmaster | null {
  const postmaster = readPostmaster(folder)
  return postmaster && isServerOf(folder, postmaster.pid) ? postmaster : null
}

/**
 * Makes way for a new server: shuts down one that lost its parent and waits for it, waits out a dead one that
 * nobody has collected yet, and frees a pid file whose number now belongs to another process. Of its socket
 * folders only the one in use by the caller is kept. To be called by the holder of the data folder only. Throws when the old server does not go.
 */
export async function settleOrphan(folder: string, keptSocketFolder: string | null = null): Promise<void> {
  const old = readPostmaster(folder)
  if (!old) return
  const patience = Date.now() + PATIENCE_MS
  while (isServerOf(folder, old.pid)) {
    if (Date.now() > patience)
      throw new EmbeddedPostgresError(
        `A PostgreSQL of an earlier run (process ${old.pid}) does not stop. End it with: kill -QUIT ${old.pid}`,
      )
    // Fast shutdown: to ask for it again while it is under way does nothing.
    signal(old.pid, 'SIGINT')
    await delay(50)
  }
  if (processFacts(old.pid)) disown(folder)
  forgetSocket(old)
  const isTemporary = basename(old.socketFolder).startsWith('rapport-')
  if (isTemporary && old.socketFolder !== keptSocketFolder)
    rmSync(old.socketFolder, { recursive: true, force: true })
}

function isServerOf(folder: string, pid: number): boolean {
  const facts = processFacts(pid)
  return facts !== null && !facts.isZombie && ` ${facts.command} `.includes(` -D ${folder} `)
}

function readPostmaster(folder: string): Postmaster | null {
  try {
    const [pid, , , port, socketFolder] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '' }
  } catch {
    return null
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It went in the meantime, which is what was wanted.
  }
}

/**
 * Postgres believes any living process with the number in its pid file to be a server. The number is replaced
 * and the file kept: its last line lets Postgres see whether old backends still use the shared memory.
 */
function disown(folder: string): void {
  const file = join(folder, 'postmaster.pid')
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) return
  const [, ...rest] = readFileSync(file, 'utf8').split('\n')
  const aside = `${file}.aside`
  writeFileSync(aside, [NOBODY, ...rest].join('\n'), { mode: stats.mode })
  chownSync(aside, stats.uid, stats.gid)
  renameSync(aside, file)
}

/** The socket has a pid file of its own, which Postgres believes just as much. */
function forgetSocket({ socketFolder, port }: Postmaster): void {
  if (!isAbsolute(socketFolder)) return
  const socket = join(socketFolder, `.s.PGSQL.${port}`)
  rmSync(`${socket}.lock`, { force: true })
  rmSync(socket, { force: true })
}

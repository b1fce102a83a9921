// The data folder belongs to one running Rapport at a time; it also keeps the secret.
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LockHolder, lockHolder, takeLock } from './folder-lock.js'

/** Somebody else is in the data folder, or it cannot be used; the message says who or why, and what to do. */
export class DataFolderError extends Error {
  override name = 'DataFolderError'
}

/**
 * Makes the folder if need be and takes it for this process; gives the function that lets it go again.
 * A holder that died, even by SIGKILL or power loss, does not stand in the way. Throws `DataFolderError`.
 */
export function takeDataFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { release, holder } = takeLock(join(folder, 'lock'))
    if (release) return release
    throw new DataFolderError(busyMessage(folder, holder))
  } catch (error) {
    if (error instanceof DataFolderError) throw error
    throw new DataFolderError(
      `The data folder ${folder} cannot be used: ${reason(error)}. Make it writable for this user, or set RAPPORT_DATA to another folder.`,
    )
  }
}

/** Whether a living process has the data folder. */
export function isDataFolderTaken(folder: string): boolean {
  return lockHolder(join(folder, 'lock')) !== null
}

/** The secret of this installation, made at first use and readable by its owner only. */
export function keptSecret(folder: string): string {
  const file = join(folder, 'secret')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const aside = `${file}-${process.pid}`
  writeFileSync(aside, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  try {
    // Linked, not written in place: of two processes that start at once both read the secret of the first.
    linkSync(aside, file)
  } catch (error) {
    if (!isAlreadyThere(error)) throw error
  } finally {
    rmSync(aside, { force: true })
  }
  return readFileSync(file, 'utf8')
}

function busyMessage(folder: string, holder: LockHolder): string {
  return `The data folder ${folder} is in use by another Rapport: process ${holder.pid} on ${holder.host}, since ${holder.takenAt}. Stop that one (kill ${holder.pid}), or give this one its own RAPPORT_DATA and PORT.`
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

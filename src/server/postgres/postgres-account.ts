// Postgres refuses to run as root: started by root, it runs as an unprivileged account of the machine.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { EmbeddedPostgresError } from './postgres-error.ts'

/** Whom the server runs as; null means as this process itself. */
export type PostgresAccount = { uid: number; gid: number } | null

/**
 * The account for a cluster: the one that owns it already, else `postgres`, else `nobody`. (initdb looks the
 * account up by number, so it must be one that the machine knows.) Throws when an ordinary user meets a
 * cluster of somebody else.
 */
export function accountFor(clusterFolder: string): PostgresAccount {
  const owner = ownerOf(clusterFolder)
  const self = process.getuid?.()
  if (self !== 0) {
    if (owner && owner.uid !== self)
      throw new EmbeddedPostgresError(
        `The database in ${clusterFolder} belongs to user number ${owner.uid}, but this process runs as ${self}. Start Rapport as it was started before, or hand the folder over: chown -R ${self} ${clusterFolder}`,
      )
    return null
  }
  if (owner && owner.uid !== 0) return owner
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (account) return account
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start Rapport as an ordinary user.',
  )
}

/** Spawn options that run a program as the account, from a folder that everybody may enter. */
export function asAccount(account: PostgresAccount): { uid?: number; gid?: number; cwd: string } {
  return account ? { uid: account.uid, gid: account.gid, cwd: '/' } : { cwd: '/' }
}

/** Whether the account may enter a folder, which takes rights on every folder above it as well. */
export function canEnter(account: PostgresAccount, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], asAccount(account)).status === 0
}

function ownerOf(folder: string): PostgresAccount {
  const stats = statSync(folder, { throwIfNoEntry: false })
  return stats ? { uid: stats.uid, gid: stats.gid } : null
}

function lookUp(name: string): PostgresAccount {
  const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return null
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

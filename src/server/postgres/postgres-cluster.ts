// Where the embedded database lives and how it is first made.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountFor, asAccount, canEnter, type PostgresAccount } from './postgres-account.ts'
import { type PostgresPrograms, postgresPrograms } from './postgres-binaries.ts'
import { EmbeddedPostgresError } from './postgres-error.ts'

export type PostgresCluster = {
  /** Holds the cluster, its socket and, where needed, a copy of the programs. The data folder, as a rule. */
  home: string
  /** PGDATA. */
  folder: string
  account: PostgresAccount
  programs: PostgresPrograms
}

/** The role that owns everything in the cluster, and the database Rapport uses. */
export const OWNER = 'rapport'
export const DATABASE = 'rapport'

const MAJOR = '18'
/** sun_path holds 104 bytes on macOS and 108 on Linux, each with a closing zero. */
const LONGEST_SOCKET = process.platform === 'darwin' ? 103 : 107
const SOCKET_NAME = '.s.PGSQL.5432'

/** Finds the cluster of a data folder, or makes an empty one. Throws `EmbeddedPostgresError`. */
export function openCluster(dataFolder: string): PostgresCluster {
  const home = clusterHome(dataFolder)
  const folder = join(home, 'postgres')
  const account = accountFor(folder)
  const programs = postgresPrograms(account, home)
  const cluster = { home, folder, account, programs }
  if (!existsSync(folder)) initialise(cluster)
  const major = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (major !== MAJOR)
    throw new EmbeddedPostgresError(
      `The database in ${folder} was made by PostgreSQL ${major}, but this Rapport brings ${MAJOR}. Make a backup with the Rapport that made it and restore it here into an empty data folder.`,
    )
  return cluster
}

/** The folder that holds a data folder's cluster, whether or not there is one yet. */
export function homeOf(dataFolder: string): string {
  const pointer = join(dataFolder, 'postgres-home')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataFolder
}

/** Makes the folder for the server's socket, which only its account may enter. */
export function socketFolder(cluster: PostgresCluster): string {
  const beside = join(cluster.home, 'socket')
  if (fitsSocket(beside)) {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    give(beside, cluster.account)
    return beside
  }
  // The name of a socket is limited however long paths may be; a random name in a public folder cannot be squatted.
  const short = [tmpdir(), '/tmp'].find((folder) => fitsSocket(join(folder, 'rapport-XXXXXX')))
  const made = mkdtempSync(join(short ?? '/tmp', 'rapport-'))
  give(made, cluster.account)
  return made
}

/** Removes a socket folder if it was made outside the home. */
export function forgetSocketFolder(cluster: PostgresCluster, folder: string): void {
  if (folder !== join(cluster.home, 'socket')) rmSync(folder, { recursive: true, force: true })
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET
}

/**
 * The data folder itself, unless root's server runs as an account that cannot get there (a checkout below
 * /root). Then the cluster lives below /var/lib, and the data folder says where.
 */
function clusterHome(dataFolder: string): string {
  const home = homeOf(dataFolder)
  if (home !== dataFolder || process.getuid?.() !== 0) return home
  // Passing through, no more: what is in the folder keeps its own rights.
  chmodSync(dataFolder, statSync(dataFolder).mode | 0o011)
  if (canEnter(accountFor(join(dataFolder, 'postgres')), dataFolder)) return dataFolder
  const elsewhere = join('/var/lib/rapport', randomUUID())
  mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
  writeFileSync(join(dataFolder, 'postgres-home'), `${elsewhere}\n`, { flush: true })
  return elsewhere
}

/** Made aside and renamed, so that a cluster that exists is whole. */
function initialise({ home, folder, account, programs }: PostgresCluster): void {
  const aside = join(home, `postgres-${process.pid}`)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { mode: 0o700 })
  give(aside, account)
  const options = ['-D', aside, '-U', OWNER, '--auth=trust', '--no-instructions', '--encoding=UTF8']
  // Without an LC_CTYPE that knows Chinese, upper(), regular expressions and trigrams treat it as noise.
  const locale = ['--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const made = spawnSync(programs.initdb, [...options, ...locale], {
    ...asAccount(account),
    encoding: 'utf8',
  })
  if (made.status !== 0) {
    rmSync(aside, { recursive: true, force: true })
    throw new EmbeddedPostgresError(
      `The embedded database could not be made in ${home}: ${made.error?.message ?? made.stderr.trim()}. Mend this, or set DATABASE_URL to a Postgres server of version 15 or later (as is needed on Alpine Linux).`,
    )
  }
  renameSync(aside, folder)
}

function give(path: string, account: PostgresAccount): void {
  if (account) chownSync(path, account.uid, account.gid)
}

// Starts PostgreSQL in the data folder for as long as this process lives. To be called by the holder of the
// data folder (data-folder.ts) only: it ends whatever server it finds there.

import { join } from 'node:path'
import { Client } from 'pg'
import { takeLock } from '#server/folder-lock.js'
import { DATABASE, forgetSocketFolder, homeOf, OWNER, openCluster, socketFolder } from './postgres-cluster.ts'
import { EmbeddedPostgresError } from './postgres-error.ts'
import { runningPostmaster, settleOrphan } from './postgres-orphan.ts'
import { type PostgresProcess, runPostgres } from './postgres-process.ts'

/** How to reach a server: the owner's role, over a Unix socket, without a password. */
export type SocketConnection = { host: string; port: number; user: string; database: string }

export type EmbeddedPostgres = {
  connection: SocketConnection
  /** Where the cluster lies: the data folder, or a folder below /var/lib when root's server could not get there. */
  home: string
  /** Resolves with the reason when the server died and could not be started again. */
  lost: Promise<string>
  /** Shuts down in order. Close the pools first: whoever is still connected is cut off. */
  stop(): Promise<void>
}

const RESTARTS_PER_MINUTE = 5

/**
 * Makes the cluster at first use, takes over from a run that was killed, starts the server and waits for it.
 * A server that dies (out of memory, SIGKILL) is started again on the same socket.
 * `overrides` are settings of postgresql.conf. Throws `EmbeddedPostgresError`.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const cluster = openCluster(dataFolder)
  const release = cluster.home === dataFolder ? () => {} : lockHome(cluster.home)
  await settleOrphan(cluster.folder)
  const socket = socketFolder(cluster)
  const first = await runPostgres(cluster, socket, overrides)
  const connection = { host: socket, port: 5432, user: OWNER, database: DATABASE }
  await ensureDatabase(connection)
  const kept = keepRunning(first, async () => {
    await settleOrphan(cluster.folder, socket)
    return runPostgres(cluster, socket, overrides)
  })
  return {
    connection,
    home: cluster.home,
    lost: kept.lost,
    async stop() {
      await kept.stop()
      forgetSocketFolder(cluster, socket)
      release()
    },
  }
}

/** The server that another process runs on this data folder, for commands that work beside it; null when none. */
export function runningPostgres(dataFolder: string): SocketConnection | null {
  const postmaster = runningPostmaster(join(homeOf(dataFolder), 'postgres'))
  if (!postmaster) return null
  return { host: postmaster.socketFolder, port: postmaster.port, user: OWNER, database: DATABASE }
}

/** A copied data folder would name the same home as its original. */
function lockHome(home: string): () => void {
  const { release, holder } = takeLock(join(home, 'lock'))
  if (release) return release
  throw new EmbeddedPostgresError(
    `The database in ${home} is in use by process ${holder.pid} on ${holder.host}. Stop that one first; a copied data folder needs a backup and restore instead.`,
  )
}

async function ensureDatabase(connection: SocketConnection): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

function keepRunning(first: PostgresProcess, start: () => Promise<PostgresProcess>) {
  let server = first
  let isStopping = false
  /** The reason why no server runs any more; null when it was stopped. */
  const watch = async (): Promise<string | null> => {
    const restarts: number[] = []
    while (!isStopping) {
      const log = await server.ended
      if (isStopping) break
      restarts.push(Date.now())
      if (restarts.filter((at) => at > Date.now() - 60_000).length > RESTARTS_PER_MINUTE) return log
      server = await start()
    }
    return null
  }
  const watched = watch().catch(String)
  return {
    lost: new Promise<string>((resolve) => {
      void watched.then((reason) => reason !== null && resolve(reason))
    }),
    async stop() {
      isStopping = true
      await server.stop()
      await watched
      // A restart under way when the stop came has put another server in place.
      await server.stop()
    },
  }
}

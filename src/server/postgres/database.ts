// The two doors to Postgres: the owner's, for migrations and jobs, and the application's, which row-level
// security binds.
import pg from 'pg'
import { takeDataFolder } from '#server/data-folder.ts'
import type { Settings } from '#server/settings.ts'
import { APP_ROLE, ensureAppRole } from './app-role.ts'
import { runningPostgres, type SocketConnection, startEmbeddedPostgres } from './embedded-postgres.ts'
import { checkForeignPostgres } from './foreign-postgres.ts'
import { valueTypes } from './postgres-values.ts'

export type Database = {
  /** Owns the tables; not bound by row-level security. For migrations, jobs, backup and sign-in. */
  owner: pg.Pool
  /** Speaks as `rapport_app`: sees the rows of the organisation set by `inOrg` and `transaction`, no others. */
  app: pg.Pool
  /** What the operator should know of his own server, a sentence each. */
  warnings: readonly string[]
  /** For libraries that make their own connections; as the owner. */
  connection: pg.PoolConfig
  /** Resolves with the reason when the embedded server is gone for good; the process cannot go on then. */
  lost: Promise<string>
  /** Waits for connections to come back, ends the embedded server and lets the data folder go. */
  close(): Promise<void>
}

export type OpenOptions = {
  /** For commands beside a running Rapport: use its embedded server if there is one, instead of refusing. */
  joinsRunning?: boolean
}

/** How to reach a server: a URL or a socket. */
export type PostgresAddress = { connectionString: string } | SocketConnection

const APP_CONNECTIONS = 20
const OWNER_CONNECTIONS = 6

/**
 * Opens the database that the settings name, starting the embedded one if they name none.
 * Throws `DataFolderError`, `EmbeddedPostgresError` or `ForeignPostgresError`, whose messages are for the operator.
 */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataFolder'>,
  { joinsRunning = false }: OpenOptions = {},
): Promise<Database> {
  const server = await reachServer(settings, joinsRunning)
  try {
    const warnings = settings.databaseUrl === null ? [] : await checkForeignPostgres(settings.databaseUrl)
    const pools = await openPools(server.address)
    return {
      ...pools,
      warnings,
      lost: server.lost,
      async close() {
        await pools.close()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Both pools on a server that runs already; makes the application's role if need be. */
export async function openPools(
  address: PostgresAddress,
): Promise<Pick<Database, 'owner' | 'app' | 'connection' | 'close'>> {
  await ensureAppRole(address)
  const owner = pool(address, { max: OWNER_CONNECTIONS })
  const app = pool(address, { max: APP_CONNECTIONS, role: APP_ROLE, pipeline: true })
  return {
    owner,
    app,
    connection: { ...address, options: sessionOptions(null) },
    async close() {
      await Promise.all([owner.end(), app.end()])
    },
  }
}

type Server = { address: PostgresAddress; lost: Promise<string>; stop(): Promise<void> }

const NEVER = new Promise<never>(() => {})

async function reachServer(
  { databaseUrl, dataFolder }: Pick<Settings, 'databaseUrl' | 'dataFolder'>,
  joinsRunning: boolean,
): Promise<Server> {
  const running = joinsRunning && databaseUrl === null ? runningPostgres(dataFolder) : null
  if (running) return { address: running, lost: NEVER, stop: async () => {} }
  // Beside a foreign server a command needs nothing that the data folder's holder has.
  const release = joinsRunning && databaseUrl !== null ? () => {} : takeDataFolder(dataFolder)
  if (databaseUrl !== null)
    return { address: { connectionString: databaseUrl }, lost: NEVER, stop: async () => release() }
  try {
    const embedded = await startEmbeddedPostgres(dataFolder)
    const stop = () => embedded.stop().finally(release)
    return { address: embedded.connection, lost: embedded.lost, stop }
  } catch (error) {
    release()
    throw error
  }
}

function pool(
  address: PostgresAddress,
  { max, role = null, pipeline = false }: { max: number; role?: string | null; pipeline?: boolean },
): pg.Pool {
  const made = new pg.Pool({
    ...address,
    max,
    // Statements that do not wait for each other's answers share a round trip. Streams (COPY) are the owner's.
    pipeline,
    types: valueTypes,
    options: sessionOptions(role),
    application_name: 'rapport',
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 30_000,
  })
  // A connection that breaks tells whoever uses it by failing his query, and the pool replaces it. Without
  // listeners the same news would end the process, once from an idle connection and once from one in use.
  made.on('error', () => {})
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

/** Set as the session begins, so that it costs no round trip and RESET comes back to it. */
function sessionOptions(role: string | null): string {
  const settings = {
    timezone: 'UTC',
    idle_in_transaction_session_timeout: '60000',
    ...(role ? { role } : {}),
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

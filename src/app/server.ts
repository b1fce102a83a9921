// A running Rapport: database, migrations, jobs and HTTP, in the order in which they need each other.
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { keptSecret } from '#server/data-folder.ts'
import type { LogOptions } from '#server/http/http-log.ts'
import { type Jobs, startDailyJobs } from '#server/jobs.ts'
import { type Database, openDatabase } from '#server/postgres/database.ts'
import { migrate } from '#server/postgres/migrate.ts'
import type { Settings } from '#server/settings.ts'
import { refreshMemberships } from '#sync/server/memberships.ts'
import { loadDemoIfEmpty } from './demo.server.ts'
import { type OpenServer, openServer } from './server-assembly.ts'
import { serverDeps } from './server-deps.ts'

export interface RunningServer {
  /** Where it answers on this machine. */
  readonly url: string
  /** Whether it serves the fictitious companies of the demo and nobody's own data. */
  readonly isDemo: boolean
  /** What the operator should know of his database, a sentence each. */
  readonly warnings: readonly string[]
  /** Resolves with the reason when the database is gone for good; there is nothing left to serve then. */
  readonly lost: Promise<string>
  /** Lets requests under way end, then stops everything. */
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
export const migrationsFolder = `${root}migrations`
const webFolder = `${root}dist`

/**
 * Starts everything and gives the address once requests are answered. Prints nothing but its log.
 * @throws the errors of the database, of migrations and of listening, whose messages are for the operator
 */
export async function startServer(
  settings: Settings,
  log: LogOptions = { level: 'warn' },
): Promise<RunningServer> {
  const database = await openDatabase(settings)
  const closers: (() => Promise<void>)[] = [() => database.close()]
  const closeAll = async () => {
    for (const close of closers.toReversed()) await close()
  }
  try {
    await migrate(database.owner, migrationsFolder)
    const isDemo = settings.isDemo && (await hasDemo(database))
    const server = await openServer({
      database,
      publicUrl: settings.publicUrl,
      secret: settings.secret ?? keptSecret(settings.dataFolder),
      isDemo,
      webFolder,
      importFolder: `${settings.dataFolder}/imports`,
      log,
    })
    closers.push(() => server.close())
    await beginDay(database, server)
    const jobs = await startJobs(database, server)
    closers.push(() => jobs.stop())
    const url = await listen(server.http, settings)
    return { url, isDemo, warnings: database.warnings, lost: database.lost, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

function startJobs(database: Database, server: OpenServer): Promise<Jobs> {
  const begin = { name: 'begin_day', run: () => beginDay(database, server) }
  return startDailyJobs(database.connection, [begin], (message) =>
    server.http.log.warn({ from: 'jobs' }, message),
  )
}

/** Loads the demo into an empty database before anybody can ask for anything. */
async function hasDemo({ owner, app }: Database): Promise<boolean> {
  const sync = serverDeps(app, { committed: () => {} })
  return (await loadDemoIfEmpty({ owner, sync })) === 'demo'
}

/** Assignments begin and end with days, also with those on which the server was down. */
async function beginDay({ owner }: Database, { accounts, sync }: OpenServer): Promise<void> {
  const { rows } = await owner.query<{ orgId: string }>(
    'select org_id as "orgId" from organisation order by org_id',
  )
  for (const { orgId } of rows) await refreshMemberships(sync, orgId)
  await accounts.sessions.clear()
}

async function listen(
  http: FastifyInstance,
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<string> {
  await http.listen({ host, port })
  const address = http.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no address')
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${['127.0.0.1', '0.0.0.0', '[::1]', '[::]'].includes(name) ? 'localhost' : name}:${address.port}`
}

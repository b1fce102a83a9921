// Puts the server together over a database that is open and migrated. It does not listen yet.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import { type GuessLimits, guessLimits, routeAccounts } from '#features/access/account-routes.server.ts'
import { routeColleagues } from '#features/access/colleague-routes.server.ts'
import { openDeviceGate } from '#features/access/device-gate.server.ts'
import { type Gate, openGate } from '#features/access/gate.server.ts'
import { routeMe } from '#features/access/me-routes.server.ts'
import { findActiveMember } from '#features/access/member-lookup.server.ts'
import { memberPasses } from '#features/access/member-pass.server.ts'
import { watchMembers } from '#features/access/member-watch.server.ts'
import { longestLeaseDays } from '#features/access/organisation.server.ts'
import { routeSetUp } from '#features/access/set-up.server.ts'
import { closeDoors } from '#features/access/sign-in-link.server.ts'
import { ImportDesk } from '#features/imports/import-desk.server.ts'
import { territoryMemberships } from '#features/territories/territory.server.ts'
import { type Accounts, openAccounts } from '#server/accounts/accounts.ts'
import { buildHttp } from '#server/http/http.ts'
import type { LogOptions } from '#server/http/http-log.ts'
import type { Database } from '#server/postgres/database.ts'
import { transaction } from '#server/postgres/transaction.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { openWakes } from '#sync/server/wake.ts'
import { routeImports } from './import-routes.server.ts'
import { routeMetrics } from './metrics.server.ts'
import { routeRest } from './rest.server.ts'
import { serverDeps } from './server-deps.ts'
import { routeSync } from './sync-routes.server.ts'

export interface OpenServerOptions {
  readonly database: Pick<Database, 'owner' | 'app' | 'connection'>
  readonly publicUrl: string
  readonly secret: string
  readonly isDemo: boolean
  /** Where lists that are handed in lie for a day; absent: among the system's temporary files. */
  readonly importFolder?: string
  readonly webFolder: string | null
  readonly log: LogOptions
  /** Given by tests that make thousands of attempts. */
  readonly limits?: GuessLimits
}

export interface OpenServer {
  readonly http: FastifyInstance
  readonly sync: ServerDeps
  readonly gate: Gate
  readonly accounts: Accounts
  /** Ends open requests and connections; the database stays open. */
  close(): Promise<void>
}

/** Everything but listening. */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const { database, publicUrl, secret, log, limits = guessLimits() } = options
  const { owner, app } = database
  const http = await buildHttp({
    publicUrl,
    webFolder: options.webFolder,
    log,
    isHealthy: () => answers(app),
  })
  const accounts = openAccounts({
    connection: database.connection,
    publicUrl,
    secret,
    isActive: async (orgId, memberId) => (await findActiveMember(app, orgId, memberId)) !== null,
    warn: (message) => http.log.warn({ from: 'accounts' }, message),
  })
  const gate = openGate({ app, accounts, now })
  const passes = memberPasses(secret)
  const wakes = await openWakes(database.connection)
  const watch = watchMembers({
    rule: territoryMemberships,
    changed: (memberId) => gate.forgetMember(memberId),
    left(orgId, memberId) {
      // He is out without it: this only keeps his sessions, tokens and links from coming back to life with him.
      Promise.all([
        accounts.sessions.endAll(orgId, memberId),
        transaction(app, orgId, (client) => closeDoors(client, { orgId, memberId, now: now() })),
      ]).catch((err: unknown) => http.log.error({ err }, 'doors of a member who left are still open'))
    },
  })
  const deps = serverDeps(app, {
    leaseDays: longestLeaseDays,
    now,
    committed(orgId, seq) {
      wakes.tell(orgId, seq)
      watch.committed(orgId)
    },
  })
  const sync: ServerDeps = { ...deps, memberships: watch.rule }
  routeSetUp(http, { owner, accounts, limits, isDemo: options.isDemo, sync })
  routeAccounts(http, { gate, accounts, limits })
  routeColleagues(http, { owner, gate, accounts, limits, publicUrl, sync })
  routeMe(http, { app, gate, accounts, passes, now, newId: uuidv7 })
  const devices = openDeviceGate({ app, gate, passes, leaseDays: longestLeaseDays, now })
  routeSync(http, { gate, devices, sync, wakes })
  routeRest(http, { gate, sync, publicUrl })
  routeMetrics(http, { gate, owner, app, registry: sync.registry })
  const { importFolder = join(tmpdir(), `rapport-imports-${process.pid}`) } = options
  routeImports(http, { gate, sync, desk: new ImportDesk(sync, importFolder) })
  return {
    http,
    sync,
    gate,
    accounts,
    async close() {
      await http.close()
      await Promise.all([accounts.close(), wakes.close()])
    },
  }
}

function now(): string {
  return new Date().toISOString()
}

async function answers(app: Pool): Promise<boolean> {
  try {
    await app.query('select 1')
    return true
  } catch {
    return false
  }
}

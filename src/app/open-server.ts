// Puts the server together over a database that is open and migrated. It does not listen yet.
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import { pinyinOf } from '#core/pinyin.ts'
import { type GuessLimits, guessLimits, routeAccounts } from '#features/access/account-routes.server.ts'
import { routeColleagues } from '#features/access/colleague-routes.server.ts'
import { type Gate, openGate } from '#features/access/gate.server.ts'
import { routeMe } from '#features/access/me-routes.server.ts'
import { findActiveMember } from '#features/access/member-lookup.server.ts'
import { watchMembers } from '#features/access/member-watch.server.ts'
import { defaultLeaseDays } from '#features/access/organisation.server.ts'
import { routeSetUp } from '#features/access/set-up.server.ts'
import { conflictItems } from '#features/conflicts/conflict.server.ts'
import { territoryMemberships } from '#features/territories/territory.server.ts'
import { earlyVisits } from '#features/visits/visit.server.ts'
import { type Accounts, openAccounts } from '#server/accounts.ts'
import type { Database } from '#server/database.ts'
import { buildHttp } from '#server/http.ts'
import type { LogOptions } from '#server/http-log.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { registry } from './registry.ts'
import { routeSync } from './sync-routes.server.ts'

export interface OpenServerOptions {
  readonly database: Pick<Database, 'owner' | 'app' | 'connection'>
  readonly publicUrl: string
  readonly secret: string
  readonly isDemo: boolean
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
  const watch = watchMembers(territoryMemberships)
  const sync: ServerDeps = {
    pool: app,
    registry,
    memberships: watch.rule,
    conflicts: conflictItems,
    early: new Map([['visit', earlyVisits]]),
    pinyin: pinyinOf,
    now,
    newId: uuidv7,
    leaseDays: defaultLeaseDays,
    committed(orgId) {
      for (const { id, hasLeft } of watch.take()) {
        gate.forgetMember(id)
        if (hasLeft)
          void accounts.sessions.endAll(orgId, id).catch((err) => http.log.error({ err }, 'sessions stay'))
      }
    },
  }
  routeSetUp(http, { owner, accounts, limits, isDemo: options.isDemo, sync })
  routeAccounts(http, { gate, accounts, limits })
  routeColleagues(http, { owner, gate, accounts, limits, publicUrl, sync })
  routeMe(http, { app, gate, accounts, now, newId: uuidv7 })
  routeSync(http, { gate, sync })
  return {
    http,
    sync,
    gate,
    accounts,
    async close() {
      await http.close()
      await accounts.close()
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

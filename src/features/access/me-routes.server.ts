// Who somebody is to the server, and his programs.
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Accounts } from '#server/accounts/accounts.ts'
import type { Lease } from '#sync/protocol.ts'
import { handOn } from './account-routes.server.ts'
import { createApiToken, listApiTokens, revokeApiToken } from './api-token.server.ts'
import { callerOf, type Gate, type SignedIn } from './gate.server.ts'
import type { MemberPasses } from './member-pass.server.ts'
import { organisationOf } from './organisation.server.ts'
import { idInPath } from './path-id.server.ts'

export interface MeRoutes {
  readonly app: Pool
  readonly gate: Gate
  readonly accounts: Accounts
  readonly passes: MemberPasses
  /** The server's clock, an instant in UTC. */
  readonly now: () => string
  /** A new UUIDv7. */
  readonly newId: () => string
}

export function routeMe(http: FastifyInstance, { app, gate, accounts, passes, now, newId }: MeRoutes): void {
  http.get('/api/me', async (request, reply) => {
    const signedIn = await gate.need(request)
    const { orgId, userId } = signedIn
    const lease = await leaseOf(app, signedIn, { now: now(), pass: passes.passOf(orgId, userId) })
    // Asked at every start of the app and when a lease is renewed: often enough to keep a session in use alive.
    if (signedIn.session) handOn(reply, await accounts.sessions.prolong(callerOf(request)))
    return {
      user: { email: signedIn.email, twoFactorEnabled: signedIn.session?.twoFactorEnabled ?? false },
      lease,
      // Programs have no device to open.
      unlock: signedIn.session && passes.unlockOf(orgId, userId),
    }
  })

  http.get('/api/tokens', async (request) => ({
    tokens: await listApiTokens(app, await gate.needPerson(request), now()),
  }))

  http.post('/api/tokens', async (request, reply) => {
    const person = await gate.needPerson(request)
    const given = typeof request.body === 'object' && request.body !== null ? request.body : {}
    // Without a word about its end a token lasts until it is revoked.
    const input = { days: null, ...given }
    reply.code(201)
    return createApiToken(app, person, { input, id: newId(), now: now() })
  })

  http.delete<{ Params: { id: string } }>('/api/tokens/:id', async (request) => {
    const person = await gate.needPerson(request)
    const { id } = request.params
    await revokeApiToken(app, person, { id: idInPath(id, 'api_token'), now: now() })
    gate.forgetToken(id)
    return {}
  })
}

/** Until when a device of this member may be read without asking again. */
async function leaseOf(
  app: Pool,
  { orgId, userId, name, email, roles }: SignedIn,
  { now, pass }: { readonly now: string; readonly pass: string },
): Promise<Lease> {
  const organisation = await organisationOf(app, orgId)
  const until = new Date(Date.parse(now) + organisation.leaseDays * 86_400_000).toISOString()
  return { orgId, orgName: organisation.name, userId, name, email, roles, from: now, until, pass }
}

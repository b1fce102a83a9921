// The administrator invites colleagues and helps them to a new password; the invited set theirs.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { dayOf } from '#core/calendar.ts'
import { checkFields } from '#core/check.ts'
import { maybe, ref } from '#core/field.ts'
import { notFound } from '#core/refused.ts'
import { type Accounts, readEmail } from '#server/accounts/accounts.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { actTogether, type NamedAct } from '#sync/server/act-together.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { type GuessLimits, handOn } from './account-routes.server.ts'
import { callerOf, type Gate } from './gate.server.ts'
import { member } from './member.entity.ts'
import { findActiveMember } from './member-lookup.server.ts'
import { idInPath } from './path-id.server.ts'
import {
  invitedBy,
  type LinkKind,
  listLinks,
  type MadeLink,
  makeLink,
  revokeLink,
  takeLink,
} from './sign-in-link.server.ts'

export interface ColleagueRoutes {
  readonly owner: Pool
  readonly gate: Gate
  readonly accounts: Accounts
  readonly limits: GuessLimits
  readonly publicUrl: string
  readonly sync: ServerDeps
}

const { name, email, roles } = member.fields
const invitationFields = { name, email, roles, territoryId: maybe(ref('territory')) }

/** `/api/invitations` and `/api/admin/members/:id/reset-link`. */
export function routeColleagues(http: FastifyInstance, routes: ColleagueRoutes): void {
  const { gate, sync } = routes
  const { pool: app, now } = sync

  http.post('/api/invitations', async (request, reply) => {
    const admin = await gate.needRole(request, 'admin')
    const { territoryId, ...given } = checkFields(invitationFields, request.body)
    readEmail(given.email)
    const memberId = sync.newId()
    const acts: NamedAct[] = [{ name: 'member.add', args: { id: memberId, ...given } }]
    if (territoryId !== null) acts.push(assignment(routes, memberId, territoryId))
    const link = newLink(routes, admin, { memberId, kind: 'invitation' })
    const { made, seq } = await transaction(sync.pool, admin.orgId, async (client) => {
      const seq = await actTogether(client, sync, { principal: admin, acts })
      return { made: await makeLink(client, link), seq }
    })
    sync.committed(admin.orgId, seq)
    reply.code(201)
    return { memberId, ...shown(routes, made) }
  })

  http.get('/api/invitations', async (request) => {
    const { orgId } = await gate.needRole(request, 'admin')
    return { invitations: await listLinks(app, orgId, now()) }
  })

  http.delete<{ Params: { token: string } }>('/api/invitations/:token', async (request) => {
    const { orgId, userId: actor } = await gate.needRole(request, 'admin')
    await revokeLink(app, orgId, { id: idInPath(request.params.token, 'sign_in_link'), actor, now: now() })
    return {}
  })

  http.post<{ Params: { id: string } }>('/api/admin/members/:id/reset-link', async (request, reply) => {
    // Not by a program: with one token somebody could otherwise become everybody.
    await gate.needPerson(request)
    const admin = await gate.needRole(request, 'admin')
    const memberId = idInPath(request.params.id, 'member')
    if ((await findActiveMember(app, admin.orgId, memberId)) === null) throw notFound('member')
    const link = newLink(routes, admin, { memberId, kind: 'reset' })
    reply.code(201)
    return shown(routes, await transaction(app, admin.orgId, (client) => makeLink(client, link)))
  })

  routeLinks(http, routes)
}

type Holder = { Params: { token: string } }

/** For those who hold a link and are not signed in. */
function routeLinks(http: FastifyInstance, { owner, accounts, gate, limits, sync }: ColleagueRoutes): void {
  const { pool: app, now } = sync
  const count = (request: FastifyRequest) => limits.guess(`link ${request.ip}`)

  http.get<Holder>('/api/invitations/:token', async (request) => {
    const attempt = count(request)
    const invited = await invitedBy(app, request.params.token, now())
    attempt.succeeded()
    return invited
  })

  http.post<Holder>('/api/invitations/:token', async (request, reply) => {
    const attempt = count(request)
    const given = { password: passwordIn(request.body), now: now() }
    const taken = await takeLink(owner, request.params.token, given)
    attempt.succeeded()
    await accounts.sessions.endAll(taken.orgId, taken.memberId)
    gate.forgetMember(taken.memberId)
    const input = { email: taken.email, password: given.password }
    const { cookies } = await accounts.act('sign-in/email', input, callerOf(request))
    handOn(reply, cookies)
    return {}
  })
}

/** Checked where it is used: its limits are the account's. */
function passwordIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'password' in body ? body.password : null
}

function assignment(
  { sync: { newId, now } }: ColleagueRoutes,
  memberId: string,
  territoryId: string,
): NamedAct {
  const args = { id: newId(), memberId, territoryId, sinceOn: dayOf(now()), untilOn: null }
  return { name: 'assignment.add', args }
}

function newLink(
  { sync: { newId, now } }: ColleagueRoutes,
  { orgId, userId }: Principal,
  { memberId, kind }: { readonly memberId: string; readonly kind: LinkKind },
) {
  return { orgId, memberId, kind, createdBy: userId, id: newId(), now: now() }
}

/** A link as the administrator sees it, this once. */
function shown({ publicUrl }: ColleagueRoutes, { id, secret, expiresAt }: MadeLink) {
  return { id, link: `${publicUrl}/invitation/${secret}`, expiresAt }
}

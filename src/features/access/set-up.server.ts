// The first act on an empty server: an organisation, its first administrator, the root of its territories.
import type { FastifyInstance } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import { checkFields } from '#core/check.ts'
import { text } from '#core/field.ts'
import { Refused } from '#core/refused.ts'
import { type Accounts, createAccount, readEmail, readPassword } from '#server/accounts/accounts.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { actTogether } from '#sync/server/act-together.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { type GuessLimits, handOn } from './account-routes.server.ts'
import { callerOf } from './gate.server.ts'
import { member } from './member.entity.ts'
import { isSetUpNeeded } from './organisation.server.ts'

const { name, email } = member.fields
const setUpFields = { organisation: text({ max: 60 }), name, email }

export interface SetUpRoutes {
  readonly owner: Pool
  readonly accounts: Accounts
  readonly limits: GuessLimits
  readonly isDemo: boolean
  readonly sync: ServerDeps
}

/** `/api/session/options` and `/api/set-up`, for those who are not signed in. */
export function routeSetUp(http: FastifyInstance, routes: SetUpRoutes): void {
  http.get('/api/session/options', async () => ({
    demo: routes.isDemo,
    setUpNeeded: await isSetUpNeeded(routes.owner),
  }))

  http.post('/api/set-up', async (request, reply) => {
    const attempt = routes.limits.guess(`set-up ${request.ip}`)
    const { password: given, ...rest } = objectOf(request.body)
    const input = checkFields(setUpFields, rest)
    const email = readEmail(input.email)
    const password = readPassword(given)
    await setUp(routes, { ...input, email, password }, { isFirst: true })
    attempt.succeeded()
    const { cookies } = await routes.accounts.act('sign-in/email', { email, password }, callerOf(request))
    handOn(reply, cookies)
    reply.code(201)
    return {}
  })
}

interface SetUp {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/**
 * Makes an organisation. Its audit chain begins with its administrator, entered by himself.
 * @param isFirst whether it must be the first of the server; further ones come by the command line
 * @throws Refused `set_up.done_already` when it must be and is not: of two at once, one is first;
 * `account.email_taken`
 */
export async function setUp(
  { owner, sync }: Pick<SetUpRoutes, 'owner' | 'sync'>,
  { organisation, name, email, password }: SetUp,
  { isFirst }: { readonly isFirst: boolean },
): Promise<{ readonly orgId: string; readonly memberId: string }> {
  const { newId, now } = sync
  const orgId = newId()
  const memberId = newId()
  const acts = [
    { name: 'member.add', args: { id: memberId, name, email, roles: ['admin'] } },
    { name: 'territory.create', args: { id: newId(), name: organisation, parentId: null } },
  ]
  const seq = await transaction(owner, orgId, async (client) => {
    if (isFirst) await mustBeFirst(client)
    await createOrganisation(client, { orgId, name: organisation, now: now() })
    await createAccount(client, { orgId, memberId, name, email, password })
    const principal: Principal = { orgId, userId: memberId, roles: ['admin'] }
    return actTogether(client, sync, { principal, acts })
  })
  sync.committed(orgId, seq)
  return { orgId, memberId }
}

/** The second waits here until the first has committed, and then sees it. */
async function mustBeFirst(client: PoolClient): Promise<void> {
  await client.query('lock table organisation in share row exclusive mode')
  const { rowCount } = await client.query('select 1 from organisation limit 1')
  if (rowCount !== 0) throw new Refused('set_up.done_already')
}

function objectOf(body: unknown): { readonly [name: string]: unknown } {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

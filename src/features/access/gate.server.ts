// Who a request comes from: by session cookie, or by personal API token.
import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'
import type { Accounts, Caller } from '#server/accounts/accounts.ts'
import { briefMemory } from '#server/brief-memory.ts'
import type { Principal } from '#sync/server/principal.ts'
import { holderOf, type TokenHolder } from './api-token.server.ts'
import { memberMemory } from './member-lookup.server.ts'

/** Somebody who has proven who he is, and by what. */
export interface SignedIn extends Principal {
  readonly name: string
  readonly email: string
  readonly via: 'session' | 'token'
  /** Of the session or of the token. */
  readonly credentialId: string
  /** Null for a token. */
  readonly session: { readonly authUserId: string; readonly twoFactorEnabled: boolean } | null
}

/** Somebody who has signed in himself, not one of his programs. */
interface Person extends SignedIn {
  readonly session: NonNullable<SignedIn['session']>
}

export interface Gate {
  /** Null when the request proves nothing; a token that is not valid is never made good by a cookie. */
  find(request: FastifyRequest): Promise<SignedIn | null>
  /** @throws Refused `session.required` */
  need(request: FastifyRequest): Promise<SignedIn>
  /**
   * For what a person does about his own account, which his programs may not.
   * @throws Refused `session.required`; `token.not_enough` for a token
   */
  needPerson(request: FastifyRequest): Promise<Person>
  /** @throws Refused `session.required`; `not_allowed` without the role */
  needRole(request: FastifyRequest, role: Role): Promise<SignedIn>
  /** From the next request on, this member is looked up anew. Call it when his row changes. */
  forgetMember(memberId: string): void
  forgetToken(tokenId: string): void
}

const rememberedMs = 15_000
const remembered = 20_000

export interface GateOptions {
  readonly app: Pool
  readonly accounts: Accounts
  readonly now: () => string
}

/** One for the whole process. */
export function openGate({ app, accounts, now }: GateOptions): Gate {
  const members = memberMemory(app)
  const tokens = briefMemory<TokenHolder>({
    forMs: rememberedMs,
    most: remembered,
    lookUp: (token) => holderOf(app, token, now()),
  })

  async function byToken(token: string): Promise<SignedIn | null> {
    const holder = await tokens.get(token)
    const member = holder && (await members.get(`${holder.orgId}/${holder.memberId}`))
    if (!member) return null
    const { id: userId, orgId, roles, name, email } = member
    return { orgId, userId, roles, name, email, via: 'token', credentialId: holder.tokenId, session: null }
  }

  async function bySession(caller: Caller): Promise<SignedIn | null> {
    const session = await accounts.sessions.of(caller)
    const member = session && (await members.get(`${session.orgId}/${session.memberId}`))
    if (!member) return null
    const { id: userId, orgId, roles, name, email } = member
    return { orgId, userId, roles, name, email, via: 'session', credentialId: session.id, session }
  }

  async function find(request: FastifyRequest): Promise<SignedIn | null> {
    const { authorization } = request.headers
    if (authorization === undefined) return bySession(callerOf(request))
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    return token === undefined ? null : byToken(token)
  }

  async function need(request: FastifyRequest): Promise<SignedIn> {
    const signedIn = await find(request)
    if (signedIn === null) throw new Refused('session.required')
    return signedIn
  }

  return {
    find,
    need,
    async needPerson(request) {
      const signedIn = await need(request)
      const { session } = signedIn
      if (session === null) throw new Refused('token.not_enough')
      return { ...signedIn, session }
    },
    async needRole(request, role) {
      const signedIn = await need(request)
      if (!signedIn.roles.includes(role)) throw new Refused('not_allowed', { role })
      return signedIn
    },
    forgetMember(memberId) {
      members.forget(({ id }) => id === memberId)
      tokens.forget((holder) => holder.memberId === memberId)
    },
    forgetToken(tokenId) {
      tokens.forget((holder) => holder.tokenId === tokenId)
    },
  }
}

/** Where a request comes from, as the accounts want to know it. */
export function callerOf({ headers, ip }: FastifyRequest): Caller {
  return { cookie: headers.cookie, address: ip, agent: headers['user-agent'] }
}

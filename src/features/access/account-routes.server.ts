// What a person does with his own account: sign in and out, password, second factor, his devices.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '#core/refused.ts'
import type { AccountAct, Accounts } from '#server/accounts/accounts.ts'
import { rateLimit } from '#server/http/rate-limit.ts'
import { callerOf, type Gate } from './gate.server.ts'
import { idInPath } from './path-id.server.ts'

const quarterHour = 900_000

/** One for the process; every attempt at guessing counts against it. */
export interface GuessLimits {
  /** Ten wrong passwords for one account from one address in a quarter of an hour, a hundred from there for all. */
  signIn(address: string, email: string): { succeeded(): void }
  /** For passwords that confirm an act, codes and links. */
  guess(what: string): { succeeded(): void }
}

export function guessLimits(now?: () => number): GuessLimits {
  const clock = now ? { now } : {}
  const narrow = rateLimit({ most: 10, windowMs: quarterHour, ...clock })
  const wide = rateLimit({ most: 100, windowMs: quarterHour, ...clock })
  return {
    signIn(address, email) {
      const key = `${address} ${email.trim().toLowerCase()}`
      wide.count([address])
      narrow.count([key])
      return {
        succeeded() {
          narrow.forget(key)
          wide.giveBack(address)
        },
      }
    },
    guess(what) {
      narrow.count([what])
      return { succeeded: () => narrow.forget(what) }
    },
  }
}

export interface AccountRoutes {
  readonly gate: Gate
  readonly accounts: Accounts
  readonly limits: GuessLimits
}

/** Below `/api/auth/`; nothing else of the accounts is on the network. */
export function routeAccounts(http: FastifyInstance, { gate, accounts, limits }: AccountRoutes): void {
  async function perform(act: AccountAct, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { body, cookies } = await accounts.act(act, request.body, callerOf(request))
    handOn(reply, cookies)
    return body
  }

  http.post('/api/auth/sign-in/email', async (request, reply) => {
    const attempt = limits.signIn(request.ip, emailIn(request.body))
    const answer = await perform('sign-in/email', request, reply)
    attempt.succeeded()
    return answer
  })
  http.post('/api/auth/sign-out', (request, reply) => perform('sign-out', request, reply))
  // Better-auth itself ends a sign-in after five wrong codes and locks the account after ten.
  for (const act of ['two-factor/verify-totp', 'two-factor/verify-backup-code'] as const) {
    http.post(`/api/auth/${act}`, (request, reply) => perform(act, request, reply))
  }
  const confirmed = ['change-password', 'two-factor/enable', 'two-factor/disable'] as const
  for (const act of [...confirmed, 'two-factor/generate-backup-codes'] as const) {
    http.post(`/api/auth/${act}`, async (request, reply) => {
      const { userId } = await gate.needPerson(request)
      const attempt = limits.guess(`password ${userId}`)
      const answer = await perform(act, request, reply)
      attempt.succeeded()
      return answer
    })
  }
  routeSessions(http, { gate, accounts })
}

function routeSessions(
  http: FastifyInstance,
  { gate, accounts: { sessions } }: Omit<AccountRoutes, 'limits'>,
): void {
  http.get('/api/auth/list-sessions', async (request) => {
    const { session, credentialId } = await gate.needPerson(request)
    const lines = await sessions.list(session.authUserId)
    return { sessions: lines.map((line) => ({ ...line, isThisOne: line.id === credentialId })) }
  })
  http.delete<{ Params: { id: string } }>('/api/auth/sessions/:id', async (request) => {
    const { session } = await gate.needPerson(request)
    if (!(await sessions.end(session.authUserId, idInPath(request.params.id, 'session'))))
      throw notFound('session')
    return {}
  })
  http.post('/api/auth/revoke-other-sessions', async (request) => {
    const { session, credentialId } = await gate.needPerson(request)
    await sessions.endOthers(session.authUserId, credentialId)
    return {}
  })
}

/** Hands `Set-Cookie` headers on. */
export function handOn(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies])
}

/** Unchecked: only a key to count by. */
function emailIn(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('email' in body)) return ''
  return typeof body.email === 'string' ? body.email.slice(0, 254) : ''
}

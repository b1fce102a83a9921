// Who is signed in, found by cookie without a query for most requests, and on which devices somebody is.
import type { Pool } from 'pg'
import { briefMemory } from '#server/brief-memory.ts'
import { type Auth, addressHeader, cookiePrefix } from './accounts-auth.ts'

/** What a request says about where it comes from. */
export type Caller = {
  readonly cookie: string | undefined
  readonly address: string
  readonly agent: string | undefined
}

type OpenSession = {
  readonly id: string
  readonly authUserId: string
  readonly orgId: string
  readonly memberId: string
  readonly twoFactorEnabled: boolean
}

/** A device on which somebody is signed in, as it is shown to him. */
type SessionLine = {
  readonly id: string
  readonly createdAt: string
  readonly usedAt: string
  readonly address: string | null
  readonly agent: string | null
}

export type Sessions = {
  /** The session of a caller, null without one. */
  of(caller: Caller): Promise<OpenSession | null>
  /** Lets the session of a caller last from now; gives the `Set-Cookie` headers to hand on. */
  prolong(caller: Caller): Promise<readonly string[]>
  list(authUserId: string): Promise<readonly SessionLine[]>
  /** Ends one session of this account; false when he has none of that id. */
  end(authUserId: string, id: string): Promise<boolean>
  endOthers(authUserId: string, id: string): Promise<void>
  /** Ends all sessions of a member, wherever he is. */
  endAll(orgId: string, memberId: string): Promise<void>
  /** Takes away sessions and half-finished sign-ins whose time is over. */
  clear(): Promise<void>
  /** Looks at the database again before it believes in a session of this account. */
  forget(authUserId: string): void
  forgetMember(orgId: string, memberId: string): void
}

/** How long another process may go on believing in a session that was ended through this one. */
const rememberedMs = 15_000
const remembered = 20_000

/** Sessions in the schema `auth`, on which the search path of `pool` is set. */
export function openSessions(auth: Auth, pool: Pool, publicUrl: string): Sessions {
  const name = `${publicUrl.startsWith('https:') ? '__Secure-' : ''}${cookiePrefix}.session_token`
  const memory = briefMemory<OpenSession>({
    forMs: rememberedMs,
    most: remembered,
    lookUp: (cookie) => readSession(auth, cookie),
  })
  return {
    async of({ cookie }) {
      const own = ownCookie(cookie, name)
      return own === null ? null : memory.get(own)
    },
    async prolong(caller) {
      const { headers } = await auth.api.getSession({ headers: headersOf(caller), returnHeaders: true })
      return headers.getSetCookie()
    },
    async list(authUserId) {
      const { rows } = await pool.query<SessionRow>(
        `select id, "createdAt", "updatedAt", "ipAddress", "userAgent" from session
         where "userId" = $1 and "expiresAt" > now() order by "updatedAt" desc, id`,
        [authUserId],
      )
      return rows.map(lineOf)
    },
    async end(authUserId, id) {
      const ended = await pool.query('delete from session where "userId" = $1 and id = $2', [authUserId, id])
      memory.forget((session) => session.id === id)
      return ended.rowCount === 1
    },
    async endOthers(authUserId, id) {
      await pool.query('delete from session where "userId" = $1 and id <> $2', [authUserId, id])
      memory.forget((session) => session.authUserId === authUserId && session.id !== id)
    },
    async endAll(orgId, memberId) {
      const account = 'select id from "user" where "orgId" = $1 and "memberId" = $2'
      await pool.query(`delete from session where "userId" in (${account})`, [orgId, memberId])
      this.forgetMember(orgId, memberId)
    },
    async clear() {
      await pool.query('delete from session where "expiresAt" < now()')
      await pool.query('delete from verification where "expiresAt" < now()')
    },
    forget: (authUserId) => memory.forget((session) => session.authUserId === authUserId),
    forgetMember: (orgId, memberId) =>
      memory.forget((session) => session.orgId === orgId && session.memberId === memberId),
  }
}

/** What better-auth is told of a caller: nothing else of what he sent reaches it. */
export function headersOf({ cookie, address, agent }: Caller): Headers {
  const headers = new Headers({ [addressHeader]: address })
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (agent !== undefined) headers.set('user-agent', agent.slice(0, 300))
  return headers
}

/** Only the cookie of the session: the key under which it is remembered must not differ by others. */
function ownCookie(cookie: string | undefined, name: string): string | null {
  const own = cookie?.split(';').find((each) => each.trim().startsWith(`${name}=`))
  return own?.trim() ?? null
}

async function readSession(auth: Auth, cookie: string): Promise<OpenSession | null> {
  const found = await auth.api.getSession({
    headers: new Headers({ cookie }),
    query: { disableRefresh: true },
  })
  if (found === null) return null
  const { session, user } = found
  return {
    id: session.id,
    authUserId: user.id,
    orgId: user.orgId,
    memberId: user.memberId,
    twoFactorEnabled: user.twoFactorEnabled === true,
  }
}

type SessionRow = {
  readonly id: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

function lineOf(row: SessionRow): SessionLine {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    usedAt: row.updatedAt.toISOString(),
    address: row.ipAddress,
    agent: row.userAgent,
  }
}

// Who a device speaks for: its member, as long as he is signed in; and one who has left, for what he did before.
import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'
import { inOrg } from '#server/postgres/transaction.ts'
import type { Principal } from '#sync/server/principal.ts'
import type { Gate } from './gate.server.ts'
import type { MemberPasses } from './member-pass.server.ts'

export interface DeviceGate {
  /**
   * The member of the device that asks.
   * @throws Refused `session.required`, also where somebody else is signed in; `member.inactive` to the device of
   * somebody who has left, and to nobody else
   */
  need(request: FastifyRequest): Promise<Principal>
  /** The same, and for a while after he has left also he, with the moment of it. @throws Refused as `need` does */
  needAuthor(request: FastifyRequest): Promise<Principal>
}

export interface DeviceGateOptions {
  readonly app: Pool
  readonly gate: Gate
  readonly passes: MemberPasses
  /** How long after he has left a member's work may still arrive, in days. */
  readonly leaseDays: number
  /** An instant in UTC. */
  readonly now: () => string
}

export function openDeviceGate({ app, gate, passes, leaseDays, now }: DeviceGateOptions): DeviceGate {
  async function signedInOrLeft(request: FastifyRequest): Promise<Principal> {
    const header = request.headers['x-rapport-member']
    const holder = typeof header === 'string' ? passes.holderOf(header) : null
    const signedIn = await gate.find(request)
    const isSomebodyElse = holder !== null && holder.memberId !== signedIn?.userId
    if (signedIn && !isSomebodyElse) return signedIn
    const left = holder && (await findLeaver(app, holder.orgId, holder.memberId))
    if (!left) throw new Refused('session.required')
    return left
  }

  return {
    async need(request) {
      const found = await signedInOrLeft(request)
      if (found.leftAt !== undefined) throw new Refused('member.inactive')
      return found
    },
    async needAuthor(request) {
      const found = await signedInOrLeft(request)
      if (found.leftAt === undefined) return found
      const days = (Date.parse(now()) - Date.parse(found.leftAt)) / 86_400_000
      if (days > leaseDays) throw new Refused('member.inactive')
      return found
    },
  }
}

interface LeaverRow {
  readonly [column: string]: unknown
  readonly roles: readonly Role[]
  readonly left_at: string
}

/** Somebody who has left, since he last saw what is his own; null for everybody else. */
async function findLeaver(app: Pool, orgId: string, memberId: string): Promise<Principal | null> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<LeaverRow>(
      `select m.roles, max(s.until_at) as left_at
       from member m join scope_member s on s.org_id = m.org_id and s.user_id = m.id and s.scope = m.id
       where m.org_id = $1 and m.id = $2 and not m.is_active
       group by m.roles having bool_and(s.until_at is not null)`,
      [orgId, memberId],
    ),
  )
  const [row] = rows
  return row ? { orgId, userId: memberId, roles: row.roles, leftAt: row.left_at } : null
}

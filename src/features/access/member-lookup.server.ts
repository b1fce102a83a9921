import type { Pool } from 'pg'
import type { Role } from '#core/role.ts'
import { type BriefMemory, briefMemory } from '#server/brief-memory.ts'
import { inOrg } from '#server/postgres/transaction.ts'

/** What a request needs to know of the member it comes from. */
export interface ActiveMember {
  readonly orgId: string
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/** How long another process may go on with roles that were changed through this one. */
const rememberedMs = 15_000
const remembered = 20_000

/** Members who may work now, remembered briefly under `organisation/member`. */
export function memberMemory(app: Pool): BriefMemory<ActiveMember> {
  return briefMemory<ActiveMember>({
    forMs: rememberedMs,
    most: remembered,
    lookUp: (key) => {
      const [orgId = '', id = ''] = key.split('/')
      return findActiveMember(app, orgId, id)
    },
  })
}

/** The member, null where there is none or he has left. */
export async function findActiveMember(app: Pool, orgId: string, id: string): Promise<ActiveMember | null> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<Omit<ActiveMember, 'orgId'>>(
      'select id, name, email, roles from member where org_id = $1 and id = $2 and is_active',
      [orgId, id],
    ),
  )
  const [row] = rows
  return row ? { orgId, ...row } : null
}

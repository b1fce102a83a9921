// Bugs put into the real server half from outside, each one that somebody could write: between it and the wire, or in
// what it has just committed. The invariants must notice them.
import { uuidv7 } from 'uuidv7'
import type { PullPage } from '#sync/protocol.ts'
import type { TestDatabase } from './postgres.ts'
import type { TamperedServer } from './postgres-server.ts'

export const serverBugs = {
  /** Without idempotency: what was taken in is forgotten when it comes again. */
  'repeats-count': {
    before: async ({ owner }, orgId, { device, mutations }) => {
      const from = mutations[0]?.n ?? 1
      await owner.query('delete from applied where org_id = $1 and device = $2 and n >= $3', [
        orgId,
        device,
        from,
      ])
      await owner.query('update device set next_n = least(next_n, $3) where org_id = $1 and device = $2', [
        orgId,
        device,
        from,
      ])
    },
  },
  /** A number taken when a transaction begins: it shows under one that readers have passed already. */
  'late-number': {
    committed: (database, orgId) =>
      all(database, orgId, 'update feed set seq = feed.seq - 2 from org_counter c where feed.seq = c.seq'),
  },
  /** Entering a scope brings only what changes from then on. */
  'entering-sends-nothing': {
    committed: (database, orgId) =>
      all(
        database,
        orgId,
        'update scope_member m set since_seq = -c.seq from org_counter c where m.since_seq = c.seq and c.seq > 1',
      ),
  },
  'leaving-sends-nothing': { pulled: (page) => ({ ...page, left: [] }) },
  /** Nobody is told what his value has replaced. */
  'last-write-wins': {
    push: (request) => ({ ...request, mutations: request.mutations.map((each) => ({ ...each, base: {} })) }),
  },
  'cursor-goes-back': {
    pulled: (page) => (page.cursor % 3 === 0 ? { ...page, cursor: Math.max(1, page.cursor - 2) } : page),
  },
  /** Rows of a colleague's customer come along. */
  'sight-too-wide': { pulled: withForeignRow },
  'audit-rewritten': {
    committed: async (database, orgId) => {
      await database.owner.query(`update audit set reason = '改过' where org_id = $1 and n = 3`, [orgId])
    },
  },
} as const satisfies { readonly [name: string]: TamperedServer }

function withForeignRow(page: PullPage): PullPage {
  const [first] = page.rows
  if (!first) return page
  const [entity, , seq, , values] = first
  return { ...page, rows: [...page.rows, [entity, uuidv7(), seq, uuidv7(), values]] }
}

async function all({ owner }: TestDatabase, orgId: string, update: string): Promise<void> {
  const table = /update (\w+)/.exec(update)?.[1] === 'feed' ? 'feed' : 'm'
  await owner.query(`${update} and c.org_id = $1 and ${table}.org_id = $1`, [orgId])
}

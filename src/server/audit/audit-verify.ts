// Walks the audit from its first entry and says where it was tampered with.
import type { Pool, PoolClient } from 'pg'
import { transaction } from '#server/postgres/transaction.ts'
import { type AuditChange, type AuditEntry, digestOf, genesisOf, link } from './audit.ts'

export type AuditVerdict =
  | { readonly isIntact: true; readonly entries: number; readonly head: string }
  | { readonly isIntact: false; readonly n: number; readonly what: AuditFault }

/** `changed`: the entry is not what was written. `missing`: taken out. `head`: the end is not where it was. */
export type AuditFault = 'changed' | 'missing' | 'head'

type Row = {
  n: number
  at: string
  received_at: string
  actor: string | null
  device: string | null
  device_n: number | null
  mutation: string
  changes: AuditChange[]
  reason: string | null
  hash: Buffer
}
type Head = { audit_n: number; audit_head: Buffer }

const pageLength = 2000

/** Checks every entry of one organisation, in order, in one picture of the database. */
export async function verifyAudit(pool: Pool, orgId: string): Promise<AuditVerdict> {
  return transaction(pool, orgId, (client) => walk(client, orgId), { isolation: 'repeatable read' })
}

/** Checks all organisations. `owner` must be the owner's pool, which sees them all. */
export async function verifyAudits(owner: Pool): Promise<ReadonlyMap<string, AuditVerdict>> {
  const { rows } = await owner.query<{ org_id: string }>('select org_id from organisation order by org_id')
  const verdicts = new Map<string, AuditVerdict>()
  for (const { org_id } of rows) verdicts.set(org_id, await verifyAudit(owner, org_id))
  return verdicts
}

async function walk(client: PoolClient, orgId: string): Promise<AuditVerdict> {
  let hash = genesisOf(orgId)
  let n = 0
  for (;;) {
    const rows = await page(client, orgId, n)
    for (const row of rows) {
      if (row.n !== n + 1) return { isIntact: false, n: n + 1, what: 'missing' }
      hash = link(hash, digestOf(entryOf(row)))
      if (!hash.equals(row.hash)) return { isIntact: false, n: row.n, what: 'changed' }
      n = row.n
    }
    if (rows.length < pageLength) break
  }
  const head = await headOf(client, orgId)
  if (!head || head.audit_n < n) return { isIntact: false, n, what: 'head' }
  if (head.audit_n > n) return { isIntact: false, n: n + 1, what: 'missing' }
  if (!head.audit_head.equals(hash)) return { isIntact: false, n, what: 'head' }
  return { isIntact: true, entries: n, head: hash.toString('hex') }
}

async function page(client: PoolClient, orgId: string, after: number): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select n, at, received_at, actor, device, device_n, mutation, changes, reason, hash
     from audit where org_id = $1 and n > $2 order by n limit ${pageLength}`,
    [orgId, after],
  )
  return rows
}

async function headOf(client: PoolClient, orgId: string): Promise<Head | undefined> {
  const { rows } = await client.query<Head>('select audit_n, audit_head from org_counter where org_id = $1', [
    orgId,
  ])
  return rows[0]
}

function entryOf(row: Row): AuditEntry {
  return {
    at: row.at,
    receivedAt: row.received_at,
    actor: row.actor,
    device: row.device,
    deviceN: row.device_n,
    mutation: row.mutation,
    changes: row.changes,
    reason: row.reason,
  }
}

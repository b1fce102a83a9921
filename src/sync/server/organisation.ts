// The beginning of an organisation: its counters, before anything else can be written in it.
import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { genesisOf } from '#server/audit/audit.ts'

/** Inside a transaction of that organisation. Its members come by `apply` or in bulk afterwards. */
export async function createOrganisation(
  client: PoolClient,
  { orgId, name, now }: { readonly orgId: string; readonly name: string; readonly now: string },
): Promise<void> {
  await client.query('insert into organisation (org_id, name, created_at) values ($1, $2, $3)', [
    orgId,
    name,
    now,
  ])
  await client.query('insert into org_counter (org_id, epoch, audit_head) values ($1, $2, $3)', [
    orgId,
    randomUUID(),
    genesisOf(orgId),
  ])
}

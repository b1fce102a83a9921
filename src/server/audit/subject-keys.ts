// The keys by which personal values in the audit can be read, one a person.
import type { PoolClient } from 'pg'
import type { Json } from '#core/json.ts'
import { prepared } from '#server/postgres/sql.ts'
import type { AuditChange, SubjectKeys } from './audit.ts'
import { newKey, unseal } from './seal.ts'

type Row = { subject_id: string; key: Buffer | null }

/** The keys of these people; made for those who have none yet. */
export async function subjectKeys(
  client: PoolClient,
  orgId: string,
  subjects: readonly string[],
): Promise<SubjectKeys> {
  if (subjects.length === 0) return new Map()
  const keys = await read(client, orgId, subjects)
  const missing = subjects.filter((subject) => !keys.has(subject)).sort()
  if (missing.length === 0) return keys
  const made = await prepared<Row>(
    client,
    `insert into subject_key (org_id, subject_id, key) select $1, * from unnest($2::uuid[], $3::bytea[])
     on conflict do nothing returning subject_id, key`,
    [orgId, missing, missing.map(newKey)],
  )
  for (const { subject_id, key } of made) keys.set(subject_id, key)
  if (made.length === missing.length) return keys
  // Another transaction has made one of them in between: its key counts.
  return new Map([...keys, ...(await read(client, orgId, missing))])
}

/** Forgets a person's key: what the audit says of him cannot be read any more, and its chain still holds. */
export async function eraseSubject(
  client: PoolClient,
  { orgId, subject, now }: { readonly orgId: string; readonly subject: string; readonly now: string },
): Promise<void> {
  await client.query(
    `insert into subject_key (org_id, subject_id, key, erased_at) values ($1, $2, null, $3)
     on conflict (org_id, subject_id) do update set key = null, erased_at = excluded.erased_at`,
    [orgId, subject, now],
  )
}

/** The personal values of a change, field → [before, after]; null where they have been erased. */
export function openChange(
  orgId: string,
  change: AuditChange,
  keys: SubjectKeys,
): { readonly [field: string]: readonly [Json, Json] } | null {
  if (!change.sealed) return {}
  const key = keys.get(change.sealed.subject)
  if (!key || change.sealed.box === null) return null
  // Sealed by `auditChange` as exactly this.
  return JSON.parse(unseal(key, change.sealed.box, `${orgId}:${change.entity}:${change.id}`)) as {
    readonly [field: string]: readonly [Json, Json]
  }
}

async function read(
  client: PoolClient,
  orgId: string,
  subjects: readonly string[],
): Promise<Map<string, Buffer | null>> {
  const rows = await prepared<Row>(
    client,
    'select subject_id, key from subject_key where org_id = $1 and subject_id = any($2)',
    [orgId, subjects],
  )
  return new Map(rows.map(({ subject_id, key }) => [subject_id, key]))
}

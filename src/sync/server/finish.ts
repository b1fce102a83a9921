// The last statement of every transaction that writes: it raises the organisation's counter and writes everything
// that bears the new number. The counter's lock is held from here to the commit and no longer, so numbers become
// visible in their order and a reader at number N never meets a smaller one that came later.
import type { PoolClient } from 'pg'
import { scopeOf } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { type Change, scopesOf } from '#core/transaction.ts'
import { type AuditEntry, digestOf } from '#server/audit/audit.ts'
import { prepared } from '#server/postgres/sql.ts'
import type { Membership } from './principal.ts'

/** One mutation that was taken in, with the server's word on it. */
export interface AppliedLine {
  readonly device: string
  readonly n: number
  readonly fingerprint: string
  readonly memberId: string
  readonly name: string
  readonly version: number
  readonly at: string
  readonly judgedAt: string
  readonly refusal: { readonly code: string; readonly details: JsonObject } | null
  readonly args: JsonObject
  readonly base: JsonObject
}

/** Everything the last statement writes. */
export interface Ending {
  readonly orgId: string
  readonly now: string
  readonly changes: readonly Change[]
  readonly entries: readonly AuditEntry[]
  readonly applied: readonly AppliedLine[]
  readonly devices: readonly { readonly device: string; readonly next_n: number }[]
  readonly opened: readonly Membership[]
  readonly closed: readonly Membership[]
  /** Members whose rights changed. */
  readonly renewed: readonly string[]
}

export function noEnding(orgId: string, now: string): Ending {
  const none: readonly never[] = []
  return {
    orgId,
    now,
    changes: none,
    entries: none,
    applied: none,
    devices: none,
    opened: none,
    closed: none,
    renewed: none,
  }
}

/** Gives the number that the transaction has in the feed. */
export async function finish(client: PoolClient, ending: Ending): Promise<number> {
  const rows = await prepared<{ seq: number }>(client, statement, [
    ending.orgId,
    ending.now,
    JSON.stringify(feedLines(ending)),
    JSON.stringify(ending.entries.map(auditLine)),
    JSON.stringify(ending.applied.map(appliedLine)),
    JSON.stringify(ending.devices),
    JSON.stringify(ending.opened),
    JSON.stringify(ending.closed),
    ending.renewed,
  ])
  const seq = rows[0]?.seq
  if (seq === undefined) throw new Error(`organisation ${ending.orgId} has no counter`)
  return seq
}

const statement = `
with recursive
counter as materialized (
  select seq + 1 as seq, audit_n, audit_head from org_counter where org_id = $1 for update
),
entry as materialized (
  select * from json_to_recordset($4::json) as e(
    i int, at timestamptz, received_at timestamptz, actor uuid, device uuid, device_n bigint,
    mutation text, changes text, reason text, digest text)
),
link (i, hash) as (
  select 0, audit_head from counter
  union all
  select e.i, sha256(l.hash || decode(e.digest, 'hex')) from link l join entry e on e.i = l.i + 1
),
raised as (
  update org_counter o set
    seq = c.seq,
    audit_n = c.audit_n + (select count(*) from entry),
    audit_head = (select hash from link order by i desc limit 1)
  from counter c where o.org_id = $1
),
lines as (
  insert into feed (org_id, entity, row_id, scope, seq, deleted)
  select $1, f.entity, f.row_id, f.scope, c.seq, f.deleted
  from counter c, json_to_recordset($3::json) as f(entity text, row_id uuid, scope uuid, deleted boolean)
  on conflict (org_id, entity, row_id, scope) do update set seq = excluded.seq, deleted = excluded.deleted
),
audited as (
  insert into audit (org_id, n, at, received_at, actor, device, device_n, mutation, changes, reason, hash)
  select $1, c.audit_n + e.i, e.at, e.received_at, e.actor, e.device, e.device_n, e.mutation,
         e.changes::jsonb, e.reason, l.hash
  from counter c, entry e join link l on l.i = e.i
),
taken as (
  insert into applied (org_id, device, n, fingerprint, member_id, name, version, at, judged_at, received_at,
                       status, seq, code, details, args, base)
  select $1, a.device, a.n, decode(a.fingerprint, 'hex'), a.member_id, a.name, a.version, a.at, a.judged_at, $2,
         case when a.code is null then 'accepted' else 'refused' end,
         case when a.code is null then c.seq end, a.code, a.details::json, a.args::json, a.base::json
  from counter c, json_to_recordset($5::json) as a(
    device uuid, n bigint, fingerprint text, member_id uuid, name text, version int, at timestamptz,
    judged_at timestamptz, code text, details text, args text, base text)
),
advanced as (
  update device set next_n = d.next_n
  from json_to_recordset($6::json) as d(device uuid, next_n bigint)
  where device.org_id = $1 and device.device = d.device
),
opened as (
  insert into scope_member (org_id, user_id, scope, since_seq, since_at)
  select $1, m.user_id, m.scope, c.seq, $2
  from counter c, json_to_recordset($7::json) as m(user_id uuid, scope uuid)
),
closed as (
  update scope_member s set until_seq = c.seq, until_at = $2
  from counter c, json_to_recordset($8::json) as m(user_id uuid, scope uuid)
  where s.org_id = $1 and s.user_id = m.user_id and s.scope = m.scope and s.until_seq is null
),
renewed as (
  insert into member_epoch (org_id, member_id, epoch)
  select $1, unnest($9::uuid[]), 1
  on conflict (org_id, member_id) do update set epoch = member_epoch.epoch + 1
)
select seq from counter`

interface FeedLine {
  readonly entity: string
  readonly row_id: string
  readonly scope: string
  readonly deleted: boolean
}

/** A line for the scope a row is in, and one that says it is gone for each scope it has left. */
function feedLines({ changes, orgId }: Ending): readonly FeedLine[] {
  return changes.flatMap((change) => {
    const { entity, id, after } = change
    const now = after ? scopeOf(entity, after, orgId) : null
    return scopesOf(change, orgId).map((scope) => ({
      entity: entity.name,
      row_id: id,
      scope,
      deleted: scope !== now,
    }))
  })
}

// What people wrote travels as text inside the JSON: Postgres unescapes every string of a JSON that it takes apart,
// and would refuse the whole statement for a U+0000 in an input that is only to be kept as it came.
function auditLine(entry: AuditEntry, index: number) {
  return {
    i: index + 1,
    at: entry.at,
    received_at: entry.receivedAt,
    actor: entry.actor,
    device: entry.device,
    device_n: entry.deviceN,
    mutation: entry.mutation,
    changes: JSON.stringify(entry.changes),
    reason: entry.reason,
    digest: digestOf(entry).toString('hex'),
  }
}

function appliedLine({ refusal, args, base, memberId, judgedAt, ...line }: AppliedLine) {
  return {
    ...line,
    member_id: memberId,
    judged_at: judgedAt,
    code: refusal?.code ?? null,
    details: refusal && JSON.stringify(refusal.details),
    // What was accepted stands in the audit and needs no second copy.
    args: refusal && JSON.stringify(args),
    base: refusal && JSON.stringify(base),
  }
}

// Who sees which scope, kept as intervals and worked out anew wherever a change touches it.
import type { PoolClient } from 'pg'
import { dayOf } from '#core/calendar.ts'
import type { Change } from '#core/transaction.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { finish, noEnding } from './finish.ts'
import type { Membership, MembershipRule, ServerDeps } from './principal.ts'

export interface MembershipDiff {
  readonly opened: readonly Membership[]
  readonly closed: readonly Membership[]
}

/** Whose sight must be worked out anew; `everybody` outweighs the rest. */
export interface Affected {
  readonly scopes: readonly string[]
  readonly users: readonly string[]
  readonly everybody: boolean
}

/** What these changes touch; null where they touch nobody's sight. */
export function affectedBy(rule: MembershipRule, changes: readonly Change[]): Affected | null {
  const touched = changes.flatMap((change) => rule.touchedBy(change) ?? [])
  if (touched.length === 0) return null
  const scopes = touched.flatMap((each) => each.scopes ?? []).filter((scope) => scope != null)
  return {
    scopes: [...new Set(scopes)],
    users: [...new Set(touched.flatMap((each) => each.users ?? []))],
    everybody: touched.some((each) => each.everybody === true),
  }
}

/**
 * What is to be opened and closed. Takes the organisation's counter first and keeps it, so that two alignments
 * cannot each overlook the other; so it comes last before the end of the transaction.
 */
export async function membershipDiff(
  client: PoolClient,
  { orgId, rule, now }: { readonly orgId: string; readonly rule: MembershipRule; readonly now: () => string },
  affected: Affected,
): Promise<MembershipDiff> {
  await client.query('select 1 from org_counter where org_id = $1 for update', [orgId])
  // Only now: while waiting, the next day may have begun and been worked out already.
  const day = dayOf(now())
  if (affected.everybody) return diff(client, rule, [orgId, day, null, null])
  const parts: MembershipDiff[] = []
  if (affected.scopes.length > 0) {
    const { rows } = await client.query<{ scope: string }>(rule.related, [orgId, affected.scopes])
    const scopes = new Set([...affected.scopes, ...rows.map(({ scope }) => scope)])
    parts.push(await diff(client, rule, [orgId, day, [...scopes], null]))
  }
  if (affected.users.length > 0) parts.push(await diff(client, rule, [orgId, day, null, affected.users]))
  return {
    opened: distinct(parts.flatMap(({ opened }) => opened)),
    closed: distinct(parts.flatMap(({ closed }) => closed)),
  }
}

/** Which of these members see which of these scopes on a day. */
export async function membersOn(
  client: PoolClient,
  { orgId, rule, day }: { readonly orgId: string; readonly rule: MembershipRule; readonly day: string },
  { scopes, users }: { readonly scopes: readonly string[]; readonly users: readonly string[] },
): Promise<readonly Membership[]> {
  const { rows } = await client.query<Membership>(rule.desired, [orgId, day, scopes, users])
  return rows
}

/**
 * Works out everybody's sight anew: at start-up and when a day begins in Shanghai, because assignments begin and
 * end with days. Gives the number of memberships that changed.
 */
export async function refreshMemberships(deps: ServerDeps, orgId: string): Promise<number> {
  const everybody: Affected = { scopes: [], users: [], everybody: true }
  const about = { orgId, rule: deps.memberships, now: deps.now }
  const result = await transaction(deps.pool, orgId, async (client) => {
    const { opened, closed } = await membershipDiff(client, about, everybody)
    const count = opened.length + closed.length
    if (count === 0) return { count, seq: null }
    return { count, seq: await finish(client, { ...noEnding(orgId, deps.now()), opened, closed }) }
  })
  if (result.seq !== null) deps.committed(orgId, result.seq)
  return result.count
}

type Row = Membership & { is_wanted: boolean }

async function diff(
  client: PoolClient,
  rule: MembershipRule,
  values: readonly [string, string, readonly string[] | null, readonly string[] | null],
): Promise<MembershipDiff> {
  // Not by name: the plan must follow which of the two lists is given.
  const { rows } = await client.query<Row>(
    `select coalesce(d.user_id, c.user_id) as user_id, coalesce(d.scope, c.scope) as scope,
            d.user_id is not null as is_wanted
     from (${rule.desired}) d
     full join (
       select user_id, scope from scope_member
       where org_id = $1 and until_seq is null
         and ($3::uuid[] is null or scope = any($3)) and ($4::uuid[] is null or user_id = any($4))
     ) c on c.user_id = d.user_id and c.scope = d.scope
     where d.user_id is null or c.user_id is null`,
    [...values],
  )
  return { opened: rows.filter((row) => row.is_wanted), closed: rows.filter((row) => !row.is_wanted) }
}

function distinct(all: readonly Membership[]): readonly Membership[] {
  return [...new Map(all.map((each) => [`${each.user_id}:${each.scope}`, each])).values()]
}

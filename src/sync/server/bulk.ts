// Many rows at once, past the mutations: the demo and whole lists that were checked before.
import { dayOf } from '#core/calendar.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Change } from '#core/transaction.ts'
import { transaction } from '#server/transaction.ts'
import { auditEntries } from './audit-entries.ts'
import { finish, noEnding } from './finish.ts'
import { flush } from './flush.ts'
import { affectedBy, membershipDiff } from './memberships.ts'
import type { ServerDeps } from './principal.ts'

/** On whose behalf, and under which name it stands in the audit. */
export interface BulkAct {
  readonly orgId: string
  readonly actor: string | null
  readonly name: string
  readonly reason?: string
}

/** Rows in one transaction, which is one number in the feed and one entry of the audit. */
const together = 2000

/** Inserts whole rows (the kernel's fields included), in this order, with feed, memberships and audit. */
export async function insertRows(
  deps: ServerDeps,
  act: BulkAct,
  rows: readonly (readonly [Entity, AnyRow])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += together) {
    const changes = rows
      .slice(from, from + together)
      .map(([entity, after]): Change => ({ entity, id: after.id, before: null, after }))
    await writeChanges(deps, act, changes)
  }
}

/**
 * Writes changes in one transaction, with feed, memberships and one entry of the audit. Whoever calls it has made
 * sure that they may be written; nothing is judged here.
 */
export async function writeChanges(
  deps: ServerDeps,
  { orgId, actor, name, reason = '' }: BulkAct,
  changes: readonly Change[],
): Promise<void> {
  const { memberships, registry, conflicts } = deps
  const now = deps.now()
  const done = { name, device: null, n: 0, actor, sentAt: now, at: now, reason: reason || null, changes }
  const seq = await transaction(deps.pool, orgId, async (client) => {
    await flush(client, changes, { orgId, registry })
    const entries = await auditEntries(client, [done], { orgId, now, rule: conflicts })
    const affected = affectedBy(memberships, changes)
    const about = { orgId, rule: memberships, day: dayOf(now) }
    const diff = affected ? await membershipDiff(client, about, affected) : { opened: [], closed: [] }
    const renewed = changes.flatMap((change) => memberships.rightsOf(change) ?? [])
    return finish(client, {
      ...noEnding(orgId, now),
      ...diff,
      changes,
      entries,
      renewed: [...new Set(renewed)],
    })
  })
  deps.committed(orgId, seq)
}

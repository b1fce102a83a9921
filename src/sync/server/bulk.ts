// Many rows at once, past the mutations: the demo and whole lists that were checked before.
import type { PoolClient } from 'pg'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Change } from '#core/transaction.ts'
import { transaction } from '#server/postgres/transaction.ts'
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
  act: BulkAct,
  changes: readonly Change[],
): Promise<void> {
  const seq = await transaction(deps.pool, act.orgId, (client) =>
    writeWithin(client, deps, { act, changes, told: [changes], now: deps.now() }),
  )
  deps.committed(act.orgId, seq)
}

/** What is to be written, and how it is told: one entry of the audit for each of `told`. */
export interface BulkChanges {
  readonly act: BulkAct
  readonly changes: readonly Change[]
  readonly told: readonly (readonly Change[])[]
  readonly now: string
}

/**
 * The same within the caller's transaction. From here on it holds the lock of the organisation's counter, so nothing
 * should follow; after its commit the caller says so to `deps.committed`. Gives the number in the feed.
 */
export async function writeWithin(
  client: PoolClient,
  deps: ServerDeps,
  { act, changes, told, now }: BulkChanges,
): Promise<number> {
  const { memberships, registry, conflicts } = deps
  const { orgId, actor, name, reason = '' } = act
  const done = { name, device: null, n: 0, actor, sentAt: now, at: now, reason: reason || null }
  await flush(client, changes, { orgId, registry })
  const performed = told.map((each) => ({ ...done, changes: each }))
  const entries = await auditEntries(client, performed, { orgId, now, rule: conflicts })
  const affected = affectedBy(memberships, changes)
  const about = { orgId, rule: memberships, now: deps.now }
  const diff = affected ? await membershipDiff(client, about, affected) : { opened: [], closed: [] }
  const renewed = changes.flatMap((change) => memberships.rightsOf(change) ?? [])
  return finish(client, {
    ...noEnding(orgId, now),
    ...diff,
    changes,
    entries,
    renewed: [...new Set(renewed)],
  })
}

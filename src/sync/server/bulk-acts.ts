// A past that was lived elsewhere: acts that ran in memory, written down as if each had come in by itself.
import type { PoolClient } from 'pg'
import type { Change } from '#core/transaction.ts'
import { auditEntries } from './audit-entries.ts'
import { BatchRows } from './batch-rows.ts'
import { finish, noEnding } from './finish.ts'
import { flush, inOrderOfReference } from './flush.ts'
import { membershipDiff } from './memberships.ts'
import type { ServerDeps } from './principal.ts'

/** An act that was carried out, with what it changed. */
export interface DoneAct {
  readonly name: string
  /** The member who did it, and when: an instant. */
  readonly actor: string
  readonly at: string
  readonly changes: readonly Change[]
}

const rowsTogether = 2000
/** The audit's chain is walked within the statement, which takes the square of its length. */
const entriesTogether = 250

/**
 * Writes these acts in their order, within the caller's transaction of an organisation that has no rows yet: the
 * rows as they stand in the end, one entry of the audit an act, and who sees what today. Nothing is judged here.
 *
 * @returns the number in the feed
 */
export async function writeActs(
  client: PoolClient,
  deps: ServerDeps,
  { orgId, acts }: { readonly orgId: string; readonly acts: readonly DoneAct[] },
): Promise<number> {
  const now = deps.now()
  const ending = noEnding(orgId, now)
  const net = new BatchRows(client, orgId)
  for (const { changes } of acts) net.accept(changes)
  for (const changes of slices(pointedToFirst(net.changes(), deps), rowsTogether)) {
    await flush(client, changes, { orgId, registry: deps.registry })
    await finish(client, { ...ending, changes })
  }
  const about = { orgId, now, rule: deps.conflicts }
  for (const part of slices(acts, entriesTogether)) {
    const told = part.map(({ at, ...act }) => ({ ...act, device: null, n: 0, sentAt: at, reason: null }))
    await finish(client, { ...ending, entries: await auditEntries(client, told, about) })
  }
  const everybody = { scopes: [], users: [], everybody: true }
  const today = { orgId, rule: deps.memberships, now: deps.now }
  return finish(client, { ...ending, ...(await membershipDiff(client, today, everybody)) })
}

/** Slices are flushed one after the other, so what is pointed to must stand in an earlier one. */
function pointedToFirst(changes: readonly Change[], { registry }: ServerDeps): readonly Change[] {
  const order = inOrderOfReference(registry)
  return order.flatMap((entity) => changes.filter((change) => change.entity.name === entity.name))
}

function* slices<T>(all: readonly T[], length: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += length) yield all.slice(from, from + length)
}

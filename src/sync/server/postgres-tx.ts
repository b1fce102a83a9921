// Runs a mutation over Postgres: the same function that ran on the device, with the rows its author may see.
import type { AnyRow } from '#core/entity.ts'
import { scopeOf } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import type { AnyMutation, Context } from '#core/mutation.ts'
import { notFound } from '#core/refused.ts'
import { type Change, type Read, scopesOf, Transaction } from '#core/transaction.ts'
import type { BatchRows } from './batch-rows.ts'
import type { Sight } from './sight.ts'

/** What one act sees and what it is. */
export interface Setting {
  readonly context: Context
  readonly rows: BatchRows
  readonly sight: Sight
}

/**
 * Runs a mutation to its end and gives what it writes; nothing is written yet.
 * @throws Refused what the mutation refuses; `not_found` for a write beyond its author's reach
 */
export async function runOnPostgres(
  mutation: AnyMutation,
  args: JsonObject,
  { context, rows, sight }: Setting,
): Promise<readonly Change[]> {
  const tx = new Transaction(context)
  const steps = mutation.start(tx, args, context)
  let step = steps.next()
  while (!step.done) {
    const found = await rows.read(step.value)
    step = steps.next(await visible(found, step.value, { context, sight }))
  }
  const changes = tx.changes()
  await mustBeWithinReach(changes, { context, sight })
  return changes
}

/** The scopes that these changes make: bundles that are named by the id of their own first row. */
export function newScopes(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ entity, id, before, after }) =>
    before === null && after !== null && entity.scope !== 'organisation' && entity.scope.by === 'id'
      ? [id]
      : [],
  )
}

type Looking = Pick<Setting, 'context' | 'sight'>

/** A row beyond reach answers as one that is not there. */
async function visible(
  found: readonly AnyRow[],
  { entity }: Read,
  { context, sight }: Looking,
): Promise<readonly AnyRow[]> {
  if (found.length === 0) return found
  const scoped = found.map((row) => ({ row, scope: scopeOf(entity, row, context.orgId) }))
  await sight.load(scoped.map(({ scope }) => scope))
  return scoped.filter(({ scope }) => sight.sees(scope)).map(({ row }) => row)
}

/** Both where a row was and where it goes. What one makes oneself is judged by the memberships that follow from it. */
async function mustBeWithinReach(changes: readonly Change[], { context, sight }: Looking): Promise<void> {
  for (const scope of newScopes(changes)) sight.grant(scope)
  await sight.load(changes.flatMap((change) => scopesOf(change, context.orgId)))
  for (const change of changes) {
    const isWithin = scopesOf(change, context.orgId).every((scope) => sight.mayWrite(scope))
    if (!isWithin) throw notFound(change.entity.name)
  }
}

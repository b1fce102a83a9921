// Acts that belong with something else in one transaction: an invitation with its link, the first acts of an
// organisation with its beginning.
import type { PoolClient } from 'pg'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import { refusalOf } from './flush.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { Batch } from './take-in.ts'

/** A mutation by name, with its arguments. */
export interface NamedAct {
  readonly name: string
  readonly args: JsonObject
}

/**
 * Takes in these acts within the caller's transaction. From here on it holds the lock of the organisation's counter,
 * so little should follow; after its commit the caller says so to `deps.committed`.
 *
 * @returns the number in the feed
 * @throws Refused what the first act that is refused is refused with; the transaction must then be rolled back
 */
export async function actTogether(
  client: PoolClient,
  deps: ServerDeps,
  { principal, acts }: { readonly principal: Principal; readonly acts: readonly NamedAct[] },
): Promise<number> {
  const mutations = acts.map(({ name, args }, index) => ({
    n: index + 1,
    name,
    version: deps.registry.mutations.get(name)?.version ?? 1,
    args,
    at: deps.now(),
    base: {},
    deps: [],
  }))
  const batch = new Batch(deps, client, principal.orgId)
  const sending = { principal, device: deps.newId(), isSingle: true, sentAt: null, mutations }
  const [progress] = await batch.run([sending], null).catch((error: unknown) => {
    throw refusalOf(error) ?? error
  })
  const { outcomes, fault } = progress?.finished(batch.seq) ?? { outcomes: [], fault: null }
  if (fault !== null) throw fault
  for (const outcome of outcomes) {
    if (outcome.status === 'refused') throw new Refused(outcome.code, outcome.details)
  }
  if (batch.seq === null) throw new Error('acts together were not taken in')
  return batch.seq
}

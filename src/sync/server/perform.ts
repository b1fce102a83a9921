// One mutation on the server: its rights, its function, the clashes with what others did.
import { checkFields } from '#core/check.ts'
import { type AnyMutation, type Context, mustBeAllowed, upgradeArgs } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { reachOf } from '#core/role.ts'
import type { Change } from '#core/transaction.ts'
import type { SentMutation } from '../protocol.ts'
import type { BatchRows } from './batch-rows.ts'
import { conflictChanges, readersOf, settleClashes } from './clashes.ts'
import { newScopes, runOnPostgres } from './postgres-tx.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { type ScopeIntervals, Sight } from './sight.ts'

/** What a mutation did, for the audit and for the end of the transaction. */
export interface Performed {
  readonly name: string
  readonly device: string | null
  readonly n: number
  readonly actor: string
  /** The device's clock as it was sent, and the moment by which its author's sight was judged. */
  readonly sentAt: string
  readonly at: string
  readonly reason: string | null
  readonly changes: readonly Change[]
  /** Scopes made within the author's territory; he must turn out to see them. */
  readonly made: readonly string[]
  /** The entity of the first of them. */
  readonly entity: string
}

interface Acting {
  readonly principal: Principal
  readonly mutation: SentMutation
  readonly at: string
  readonly now: string
}

/** @throws Refused */
export async function perform(
  deps: ServerDeps,
  { principal, mutation: sent, at, now }: Acting,
  { rows, intervals }: { readonly rows: BatchRows; readonly intervals: ScopeIntervals },
): Promise<Performed> {
  const mutation = deps.registry.mutations.get(sent.name)
  if (!mutation) throw new Refused('mutation.unknown', { name: sent.name })
  mustBeAllowed(mutation, principal.roles)
  const args = upgradeArgs(mutation, sent.version, sent.args)
  const { orgId, userId, roles } = principal
  const reach = reachOf(mutation.rights, roles)
  if (reach === null) throw new Refused('not_allowed', { name: sent.name })
  const context: Context = { orgId, userId, roles, at, now, pinyin: deps.pinyin }
  const counted = clamped(at, now, deps.leaseDays)
  const sight = new Sight(intervals, { orgId, userId, reach, at: counted })
  const written = await runOnPostgres(mutation, args, { context, rows, sight })
  const author = { userId, at }
  const { changes, clashes } = settleClashes(written, sent.base, author)
  const readers =
    clashes.length === 0 ? [] : await readersOf(clashes, { principal, intervals, rule: deps.memberships })
  const told = conflictChanges(clashes, { rule: deps.conflicts, newId: deps.newId, author, readers })
  const made = sight.isBounded ? newScopes(changes) : []
  return {
    name: sent.name,
    device: null,
    n: sent.n,
    actor: userId,
    sentAt: sent.at,
    at: counted,
    reason: reasonIn(mutation, args),
    changes: [...changes, ...told],
    made,
    entity: changes.find(({ id }) => id === made[0])?.entity.name ?? '',
  }
}

const dayLength = 86_400_000

/** An act that took longer than the lease to arrive is judged as of the earliest moment that still counts. */
function clamped(at: string, now: string, leaseDays: number): string {
  const earliest = new Date(Date.parse(now) - leaseDays * dayLength).toISOString()
  return at < earliest ? earliest : at
}

/** The reason given with the act, where the mutation asks for one that is not about a person. */
function reasonIn(mutation: AnyMutation, args: SentMutation['args']): string | null {
  const field = mutation.args.reason
  if (!field || field.facts.personal) return null
  const { reason } = checkFields({ reason: field }, { reason: args.reason })
  return typeof reason === 'string' ? reason : null
}

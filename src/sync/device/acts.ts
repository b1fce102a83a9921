import type { AnyRow } from '#core/entity.ts'
import { fieldOf } from '#core/entity.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { type AnyMutation, type Context, runInMemory, upgradeArgs } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import type { PinyinOf } from '#core/search-text.ts'
import { type Change, changedFields, type Transaction } from '#core/transaction.ts'
import type { Lease, SentMutation } from '../protocol.ts'
import type { PendingState } from './device.ts'
import type { Rows } from './rows.ts'

/** What is sealed on the disk of one act: all of it except its place in the queue. */
export type Act = Pick<SentMutation, 'name' | 'version' | 'args' | 'at' | 'base'>

/** An act that is not settled. */
export interface Entry {
  /** Its own name on the disk; survives a renumbering. */
  readonly id: string
  readonly act: Act
  /** Negative until the disk has given it its place. */
  n: number
  /** Acts that must be accepted for this one to make sense: themselves until they all have numbers. */
  deps: readonly Entry[] | readonly number[]
  state: PendingState
  /** The number in the feed under which the server accepted it. */
  seq?: number
  /** `entity:id` of the rows it wrote when it was last replayed. */
  written: ReadonlySet<string>
}

/** Who acts, as mutations want to know it. */
export interface Actor {
  readonly registry: Registry
  readonly lease: () => Lease
  readonly pinyin: () => PinyinOf | null
  readonly report: (error: unknown) => void
}

/**
 * Runs an act on the rows as they are now and lays what it writes over them.
 * @throws Refused what the mutation refuses; nothing is laid then
 */
export function perform(actor: Actor, rows: Rows, act: Act): Transaction {
  const mutation = mutationOf(actor, act.name)
  const { orgId, userId, roles } = actor.lease()
  const context: Context = { orgId, userId, roles, at: act.at, now: act.at, pinyin: actor.pinyin() }
  const args = upgradeArgs(mutation, act.version, act.args)
  const tx = runInMemory(mutation, args, { context, read: rows.read })
  for (const { entity, id, after } of tx.changes()) rows.tables.get(entity.name)?.lay(id, after)
  return tx
}

/** @throws Refused where there is no such mutation, or not without the server */
function mutationOf(actor: Actor, name: string): AnyMutation {
  const mutation = actor.registry.mutations.get(name)
  if (!mutation) throw new Refused('mutation.unknown', { name })
  if (mutation.runs === 'server') throw new Refused('device.online_only', { name })
  return mutation
}

/**
 * Takes unsent work off and does it again, in order, on the rows as they are now. What no longer works out is
 * left out of the view; it stays in the queue, for the server has the last word.
 */
export function replay(actor: Actor, rows: Rows, entries: readonly Entry[]): void {
  for (const table of rows.tables.values()) table.bare()
  for (const entry of entries) {
    try {
      entry.written = rowsWritten(perform(actor, rows, entry.act).changes())
    } catch (error) {
      if (!(error instanceof Refused)) actor.report(error)
    }
  }
}

/** `entity:id` of the rows that are written. */
export function rowsWritten(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.map(({ entity, id }) => `${entity.name}:${id}`))
}

/** Most that one act may depend on. */
const depsLimit = 200

/**
 * Of these acts, those that a row which this one reads or writes was written by last. Earlier writers of the row
 * need not be named: the last one depends on them.
 */
export function depsOf(tx: Transaction, entries: readonly Entry[]): readonly Entry[] {
  const rows = new Set([...tx.rowsRead(), ...rowsWritten(tx.changes())])
  const last = new Map<string, Entry>()
  for (const entry of entries) {
    for (const row of entry.written) if (rows.has(row)) last.set(row, entry)
  }
  return [...new Set(last.values())].slice(-depsLimit)
}

/** What the person saw of the fields that are changed, before they were. */
export function baseOf(changes: readonly Change[]): { readonly [row: string]: JsonObject } {
  const base: { [row: string]: JsonObject } = {}
  for (const change of changes) {
    const { entity, id, before, after } = change
    if (!before || !after) continue
    const seen = changedFields(change).filter((name) => fieldOf(entity, name)?.facts.serverOnly !== true)
    base[`${entity.name}:${id}`] = Object.fromEntries(seen.map((name) => [name, seenValue(before, name)]))
  }
  return base
}

function seenValue(row: AnyRow, name: string): Json {
  return row[name] ?? null
}

import { checkFields } from './check.ts'
import type { AnyRow } from './entity.ts'
import type { Fields, ValuesOf } from './field.ts'
import type { JsonObject } from './json.ts'
import { Refused } from './refused.ts'
import type { Rights, Role } from './role.ts'
import { reachOf } from './role.ts'
import type { PinyinOf } from './search-text.ts'
import { type Act, type Read, type Steps, Transaction, type Tx } from './transaction.ts'

/** Everything a mutation may know besides its arguments and the rows. */
export interface Context extends Act {
  readonly roles: readonly Role[]
  /** When it is judged: the server's clock on the server, the device's on the device. */
  readonly now: string
  /** Pinyin of Chinese text; null on a device that has not loaded the dictionary (the server always has it). */
  readonly pinyin: PinyinOf | null
}

export interface MutationOptions<A extends Fields> {
  /** What it does, in one sentence, for the API's description. */
  readonly about: string
  readonly rights: Rights
  readonly args: A
  /** Raised when arguments change shape; what older devices still send is brought up by `earlier`. */
  readonly version?: number
  /** Arguments of version n to those of version n + 1. */
  readonly earlier?: { readonly [version: number]: (args: JsonObject) => JsonObject }
  /** `server`: needs rows that a device does not hold; offered on line only and never optimistic. */
  readonly runs?: 'everywhere' | 'server'
  readonly run: (tx: Tx, args: ValuesOf<A>, context: Context) => Steps<void>
}

/** A named act on the rows: what can be done, by whom, and what then holds. */
export interface Mutation<A extends Fields = Fields> extends Required<MutationOptions<A>> {
  readonly name: string
}

/** `name` is the wire name, `subject.verb`; it never changes once released. */
export function mutation<A extends Fields>(name: string, options: MutationOptions<A>): Mutation<A> {
  return { version: 1, earlier: {}, runs: 'everywhere', ...options, name }
}

/** A mutation as the registry holds it: its arguments are checked before `run` sees them. */
export type AnyMutation = Pick<
  Mutation,
  'name' | 'about' | 'rights' | 'args' | 'version' | 'earlier' | 'runs'
> & {
  readonly start: (tx: Tx, args: JsonObject, context: Context) => Steps<void>
}

/** Hides the type of the arguments, so that mutations can stand in one list. */
export function registered<A extends Fields>({ run, ...mutation }: Mutation<A>): AnyMutation {
  return {
    ...mutation,
    start: (tx, args, context) => run(tx, checkFields(mutation.args, args), context),
  }
}

/**
 * The arguments as this version of the program writes them.
 * @throws Refused `mutation.unknown_version` for a version that is newer, or older than can be brought up
 */
export function upgradeArgs(mutation: AnyMutation, version: number, args: JsonObject): JsonObject {
  let current = args
  for (let at = version; at < mutation.version; at += 1) {
    const step = mutation.earlier[at]
    if (!step) throw new Refused('mutation.unknown_version', { name: mutation.name, version })
    current = step(current)
  }
  if (version > mutation.version) {
    throw new Refused('mutation.unknown_version', { name: mutation.name, version })
  }
  return current
}

/** @throws Refused `not_allowed` when none of the roles may do this at all */
export function mustBeAllowed(mutation: AnyMutation, held: readonly Role[]): void {
  if (reachOf(mutation.rights, held) === null) throw new Refused('not_allowed', { name: mutation.name })
}

/** Answers one read from rows in memory. */
export type MemoryReader = (read: Read) => readonly AnyRow[]

/**
 * Runs a mutation to its end over rows in memory and returns what it would write; nothing is applied.
 * @throws Refused what the mutation refuses
 */
export function runInMemory(
  mutation: AnyMutation,
  args: JsonObject,
  { context, read }: { readonly context: Context; readonly read: MemoryReader },
): Transaction {
  mustBeAllowed(mutation, context.roles)
  const tx = new Transaction(context)
  const steps = mutation.start(tx, args, context)
  let step = steps.next()
  while (!step.done) step = steps.next(read(step.value))
  return tx
}

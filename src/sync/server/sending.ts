// What came in, on its way through one transaction.
import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/json.ts'
import type { Outcome, SentMutation } from '../protocol.ts'
import type { Principal } from './principal.ts'

/** Mutations of one device (or one act from outside) that wait to be taken in, in their order. */
export interface Sending {
  readonly principal: Principal
  readonly device: string
  /** An act from outside: its device exists only for it, so that a repeat is known by it. */
  readonly isSingle: boolean
  /** The clock of the sender; null where acts carry the server's. */
  readonly sentAt: string | null
  readonly mutations: readonly SentMutation[]
}

/** How far a sending has come. */
export interface Taken {
  readonly outcomes: readonly Outcome[]
  /** The next number expected from the device. */
  readonly next: number
  /** Why it stopped before its end, if it did: a fault of ours, not a refusal. */
  readonly fault: unknown
}

/** The same for the same mutation, whatever the order of its keys. An act from outside is the same at any time. */
export function fingerprintOf(
  { isSingle }: Sending,
  { name, version, args, at, base, deps }: SentMutation,
): string {
  const what = isSingle ? { name, version, args } : { name, version, args, at, base, deps: [...deps] }
  return createHash('sha256').update(canonicalJson(what)).digest('hex')
}

const clockTolerance = 10 * 60_000

/** By how much a sender's clock is ahead, in milliseconds; 0 within the ten minutes that are let pass. */
export function clockOffset(sentAt: string | null, now: string): number {
  if (sentAt === null) return 0
  const offset = Date.parse(sentAt) - Date.parse(now)
  return Math.abs(offset) > clockTolerance ? offset : 0
}

/** The moment by which an act is judged: a clock that is off is set right, and nothing happens in the future. */
export function judgedAt(at: string, offset: number, now: string): string {
  const moment = new Date(Date.parse(at) - offset).toISOString()
  return moment < now ? moment : now
}

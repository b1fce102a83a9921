import { dayOf, daysBetween } from '#core/calendar.ts'
import type { NewRowOf, RowOf } from '#core/entity.ts'
import { Refused } from '#core/refused.ts'
import type { commitment } from './commitment.entity.ts'

type Commitment = RowOf<typeof commitment>
type NewCommitment = NewRowOf<typeof commitment>

/** A commitment as it begins. */
export function openCommitment(
  given: Pick<NewCommitment, 'id' | 'customerId' | 'visitId' | 'ownerId' | 'promisedBy' | 'what' | 'dueOn'>,
): NewCommitment {
  return { ...given, status: 'open', settledAt: null, proof: null, reason: null, confirmedAt: null }
}

/** Where an open commitment stands against its day; `undated` has none, `settled` is no longer open. */
export type Due = 'settled' | 'undated' | 'later' | 'soon' | 'today' | 'overdue'

/** Days before its day from which a commitment counts as due soon. */
const soonDays = 2

/** Overdue means that the due day has passed in full, in Shanghai. */
export function dueOf({ status, dueOn }: Pick<Commitment, 'status' | 'dueOn'>, now: string): Due {
  if (status !== 'open') return 'settled'
  if (dueOn === null) return 'undated'
  const today = dayOf(now)
  if (dueOn < today) return 'overdue'
  if (dueOn === today) return 'today'
  return daysBetween(today, dueOn) <= soonDays ? 'soon' : 'later'
}

/**
 * Only an open commitment can be settled.
 * @throws Refused `commitment.not_open` with the state it is in
 */
export function mustBeOpen({ status }: Pick<Commitment, 'status'>): void {
  if (status !== 'open') throw new Refused('commitment.not_open', { status })
}

import { addDays, instantAt } from '#core/calendar.ts'
import {
  breakCommitment,
  confirmCommitment,
  keepCommitment,
  releaseCommitment,
} from '#features/commitments/commitment.mutations.ts'
import { type Act, act, type By } from './act.ts'
import type { Random } from './random.ts'
import type { Year } from './span.ts'
import { ourPromises, theirPromises } from './talk.ts'

/** A commitment that came out of a visit, with how it is shown to have been kept. */
export interface Promised {
  readonly id: string
  readonly promisedBy: 'us' | 'customer'
  readonly what: string
  readonly dueOn: string
  readonly proof: string | null
}

/** What was promised in a visit on this day: mostly nothing, sometimes by us, seldom by the customer. */
export function promisesOf(
  topic: string,
  day: string,
  { random, at }: { random: Random; at: string },
): readonly Promised[] {
  const id = () => random.id(Date.parse(at))
  const promised: Promised[] = []
  if (random.chance(0.3)) {
    const { what, days, proof } = random.pick(ourPromises)
    promised.push({
      id: id(),
      promisedBy: 'us',
      what: what.replace('{topic}', topic),
      dueOn: addDays(day, days),
      proof,
    })
  }
  if (random.chance(0.08)) {
    const { what, days } = random.pick(theirPromises)
    promised.push({ id: id(), promisedBy: 'customer', what, dueOn: addDays(day, days), proof: null })
  }
  return promised
}

/** Most are kept in time, some late, a few not at all; what fell due in the last days is partly still open. */
export function keepPromises(
  promised: readonly Promised[],
  by: (at: string) => By,
  year: Year,
): readonly Act[] {
  return promised.filter((each) => !isStillOpen(each, year)).flatMap((each) => settlement(each, by, year))
}

function isStillOpen({ dueOn }: Promised, { today, random }: Year): boolean {
  if (dueOn < addDays(today, -4)) return false
  return random.chance(dueOn >= today ? 0.75 : 0.35)
}

function settlement({ id, dueOn, proof }: Promised, by: (at: string) => By, year: Year): readonly Act[] {
  const { now, random } = year
  const lateness = random.weighted({ '-2': 3, '-1': 5, '0': 5, '2': 1, '6': 0.5 })
  const settledOn = addDays(dueOn, Number(lateness))
  const at = instantAt(settledOn, '16:10')
  if (at >= now) return []
  const end = random.weighted({ kept: 91, broken: 4, released: 5 })
  if (end === 'broken') {
    return [act(by(at), breakCommitment, { id, reason: '资料尚未获批，已向客户说明' })]
  }
  if (end === 'released') {
    return [act(by(at), releaseCommitment, { id, reason: '客户表示已从其他渠道取得' })]
  }
  const kept = act(by(at), keepCommitment, { id, proof })
  const confirmedAt = instantAt(addDays(settledOn, 1), '10:20')
  if (confirmedAt >= now || random.chance(0.45)) return [kept]
  return [kept, act(by(confirmedAt), confirmCommitment, { id })]
}

// What a manager sees of the work of his reps: visits, the customers they reached, what was promised.
// Nothing here counts sales, sets targets or ranks people.
import { addDays, addMonths, dayOf, firstOfMonth, mondayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { dueOf } from '#features/commitments/commitment.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { territoriesOf } from '#features/territories/territory.rules.ts'
import { visit } from './visit.entity.ts'
import { type Progress, progressOf, type Visit } from './visit.queries.ts'
import { isUnreported } from './visit.rules.ts'

type Customer = RowOf<typeof customer>
type Commitment = RowOf<typeof commitment>

/** A customer counts as covered for this many days after a visit. */
const coverageDays = 30

/** Days of the picture: this week and the three before it. */
export const pictureDays = 28

/** Promises settled within this many days make the rate of those kept. */
const keptDays = 90

export interface DayOfWork {
  readonly day: string
  readonly done: readonly Visit[]
  /** Planned and not reported although the day has passed. */
  readonly unreported: readonly Visit[]
  /** Still ahead. */
  readonly ahead: readonly Visit[]
}

export interface MemberWork {
  readonly week: Progress & { readonly visits: readonly Visit[] }
  readonly month: Progress & { readonly visits: readonly Visit[] }
  readonly customers: readonly Customer[]
  /** His customers with a completed visit in the last `coverageDays` days, whoever made it. */
  readonly covered: readonly Customer[]
  readonly uncovered: readonly Customer[]
  readonly unreported: readonly Visit[]
  readonly open: readonly Commitment[]
  readonly overdue: readonly Commitment[]
  readonly kept: readonly Commitment[]
  readonly broken: readonly Commitment[]
  /** When the last report was saved; null for none. */
  readonly lastReportAt: string | null
  readonly days: readonly DayOfWork[]
}

/** The work of one member as of `now`. */
export function workOf(view: View, memberId: string, now: string): MemberWork {
  const today = dayOf(now)
  const own = view.where(visit, 'ownerId', memberId)
  const between = (from: string, until: string) =>
    own.filter((each) => each.visitOn >= from && each.visitOn < until && each.status !== 'cancelled')
  const week = between(mondayOf(today), addDays(mondayOf(today), 7))
  const month = between(firstOfMonth(today), addMonths(today, 1))
  return {
    week: { ...progressOf(week), visits: week },
    month: { ...progressOf(month), visits: month },
    ...coverageOf(view, memberId, today),
    unreported: own.filter((each) => isUnreported(each, now)).sort(latestFirst),
    ...promisesOf(view, memberId, now),
    lastReportAt: own.reduce<string | null>(latestReport, null),
    days: picture(own, now),
  }
}

/** Monday of the first week in the picture. */
function pictureFrom(today: string): string {
  return addDays(mondayOf(today), 7 - pictureDays)
}

function coverageOf(view: View, memberId: string, today: string) {
  const since = addDays(today, -coverageDays)
  const customers = [...territoriesOf(view, memberId, today)].flatMap((id) =>
    view.where(customer, 'territoryId', id),
  )
  const isCovered = ({ id }: Customer) =>
    view
      .where(visit, 'customerId', id)
      .some((each) => each.status === 'completed' && each.visitOn > since && each.visitOn <= today)
  const covered = customers.filter(isCovered)
  const reached = new Set(covered)
  return { customers, covered, uncovered: customers.filter((each) => !reached.has(each)) }
}

function promisesOf(view: View, memberId: string, now: string) {
  const since = addDays(dayOf(now), -keptDays)
  const own = view.where(commitment, 'ownerId', memberId)
  const settled = (status: Commitment['status']) =>
    own.filter((each) => each.status === status && each.settledAt !== null && dayOf(each.settledAt) > since)
  const open = own.filter((each) => each.status === 'open').sort(byDue)
  return {
    open,
    overdue: open.filter((each) => dueOf(each, now) === 'overdue'),
    kept: settled('kept'),
    broken: settled('broken'),
  }
}

function picture(own: readonly Visit[], now: string): readonly DayOfWork[] {
  const from = pictureFrom(dayOf(now))
  const inPicture = own.filter(({ visitOn }) => visitOn >= from && visitOn < addDays(from, pictureDays))
  return Array.from({ length: pictureDays }, (_, index) => {
    const day = addDays(from, index)
    const visits = inPicture.filter(({ visitOn }) => visitOn === day)
    return {
      day,
      done: visits.filter(({ status }) => status === 'completed'),
      unreported: visits.filter((each) => isUnreported(each, now)),
      ahead: visits.filter((each) => each.status === 'planned' && !isUnreported(each, now)),
    }
  })
}

function latestReport(latest: string | null, { completedAt }: Visit): string | null {
  return completedAt !== null && (latest === null || completedAt > latest) ? completedAt : latest
}

function latestFirst(a: Visit, b: Visit): number {
  return a.startsAt < b.startsAt ? 1 : -1
}

// Those without a day come last.
function byDue(a: Commitment, b: Commitment): number {
  return (a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1
}

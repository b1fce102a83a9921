// What 今日 shows of one member's work: promises to keep, visits of the day, reports owed, the days ahead.
import { addDays, dayOf, mondayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import { grouped } from '#core/grouped.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { type Due, dueOf } from '#features/commitments/commitment.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { visitsOfDay } from '#features/visits/visit.queries.ts'
import { isUnreported } from '#features/visits/visit.rules.ts'

/** A customer as one line names him. */
export interface Whom {
  readonly id: string
  readonly name: string
  readonly title: RowOf<typeof customer>['title']
  readonly institution: string | null
  readonly department: string | null
}

export interface VisitItem {
  readonly visit: RowOf<typeof visit>
  readonly whom: Whom | null
}

export interface PromiseItem {
  readonly commitment: RowOf<typeof commitment>
  readonly due: Due
  readonly whom: Whom | null
}

/** One day of the week's strip: how many visits are done, still to come or were missed, and promises due. */
export interface WeekDay {
  readonly day: string
  readonly done: number
  readonly planned: number
  readonly due: number
}

export interface DayAhead {
  readonly day: string
  readonly visits: readonly VisitItem[]
  readonly promises: readonly PromiseItem[]
}

export interface TodayPicture {
  /** Overdue, due today or soon; the longest overdue first. */
  readonly promises: readonly PromiseItem[]
  readonly visits: readonly VisitItem[]
  /** Planned visits of earlier days that have no report yet, the newest first. */
  readonly unreported: readonly VisitItem[]
  /** The next days on which something is planned or due. */
  readonly ahead: readonly DayAhead[]
  readonly week: readonly WeekDay[]
}

export interface Whose {
  readonly memberId: string
  /** ISO instant. */
  readonly now: string
}

/** Days ahead that 今日 looks; reports are asked for as far back. */
const horizon = 7

export function todayOf(view: View, { memberId, now }: Whose): TodayPicture {
  const today = dayOf(now)
  const open = view
    .where(commitment, 'status', 'open')
    .filter(({ ownerId }) => ownerId === memberId)
    .map((row) => ({ commitment: row, due: dueOf(row, now) }))
  const byDay = grouped(open, (item) => item.commitment.dueOn)
  const shown = (item: Omit<PromiseItem, 'whom'>): PromiseItem => ({
    ...item,
    whom: whomOf(view, item.commitment.customerId),
  })
  const visits = new Map<string, readonly VisitItem[]>()
  const own = (day: string) => {
    const found = visits.get(day) ?? ownVisits(view, memberId, day)
    visits.set(day, found)
    return found
  }
  const dueOn = (day: string) => byDay.get(day) ?? []
  const days = Array.from({ length: horizon }, (_, index) => addDays(today, index + 1))
  return {
    promises: open
      .filter(({ due }) => due === 'overdue' || due === 'today' || due === 'soon')
      .sort(byDueDay)
      .map(shown),
    visits: own(today),
    unreported: Array.from({ length: horizon }, (_, index) => addDays(today, -1 - index))
      .flatMap((day) => own(day).toReversed())
      .filter((item) => isUnreported(item.visit, now)),
    ahead: days
      .map((day) => ({
        day,
        visits: own(day).filter((item) => item.visit.status === 'planned'),
        promises: dueOn(day)
          .filter(({ due }) => due === 'later')
          .sort(byDueDay)
          .map(shown),
      }))
      .filter(({ visits, promises }) => visits.length + promises.length > 0),
    week: Array.from({ length: 7 }, (_, index) => addDays(mondayOf(today), index)).map((day) => ({
      day,
      done: own(day).filter((item) => item.visit.status === 'completed').length,
      planned: own(day).filter((item) => item.visit.status === 'planned').length,
      due: dueOn(day).length,
    })),
  }
}

export interface TeamToday {
  readonly visits: number
  readonly done: number
  readonly overdue: number
}

/** The day of everybody whose customers this member sees, himself left out. */
export function teamToday(view: View, { memberId, now }: Whose): TeamToday {
  const visits = view
    .where(visit, 'visitOn', dayOf(now))
    .filter(({ ownerId, status }) => ownerId !== memberId && status !== 'cancelled')
  const overdue = view
    .where(commitment, 'status', 'open')
    .filter((row) => row.ownerId !== memberId && dueOf(row, now) === 'overdue')
  const done = visits.filter(({ status }) => status === 'completed')
  return { visits: visits.length, done: done.length, overdue: overdue.length }
}

/** Null where the customer has left this device's sight. */
export function whomOf(view: View, customerId: string): Whom | null {
  const row = view.get(customer, customerId)
  if (row === undefined) return null
  const place = row.institutionId === null ? undefined : view.get(institution, row.institutionId)
  const ward = row.departmentId === null ? undefined : view.get(department, row.departmentId)
  const { id, name, title } = row
  return { id, name, title, institution: place?.name ?? null, department: ward?.name ?? null }
}

function ownVisits(view: View, memberId: string, day: string): readonly VisitItem[] {
  return visitsOfDay(view, memberId, day).map((row) => ({ visit: row, whom: whomOf(view, row.customerId) }))
}

// Those without a day come last; ids are by time of making, so that the order is the same everywhere.
function byDueDay(a: Pick<PromiseItem, 'commitment'>, b: Pick<PromiseItem, 'commitment'>): number {
  const [first, second] = [a.commitment.dueOn ?? '9', b.commitment.dueOn ?? '9']
  if (first === second) return a.commitment.id < b.commitment.id ? -1 : 1
  return first < second ? -1 : 1
}

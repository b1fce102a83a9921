// What the calendar shows: each day's visits with whom they are to, and where they stand.
import { addDays, addMonths, firstOfMonth, mondayOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import {
  overlapping,
  type Progress,
  progressOf,
  type Standing,
  standingOf,
  type Visit,
  visitsOfDays,
} from '#features/visits/visit.queries.ts'
import { type Whom, whomOf } from './today.queries.ts'

export interface PlanItem {
  readonly visit: Visit
  readonly whom: Whom | null
  readonly standing: Standing
  /** Shares time with another visit of the same day. */
  readonly isDouble: boolean
}

export interface PlanDay {
  readonly day: string
  readonly items: readonly PlanItem[]
}

export interface Plan {
  readonly days: readonly PlanDay[]
  /** Of the week, or of the month alone where its weeks reach into others. */
  readonly progress: Progress
}

export const planViews = ['week', 'month'] as const
export type PlanView = (typeof planViews)[number]

/** The days that are drawn: a week from Monday, or all weeks that a month touches. */
export function daysShown(view: PlanView, day: string): { readonly from: string; readonly count: number } {
  if (view === 'week') return { from: mondayOf(day), count: 7 }
  const from = mondayOf(firstOfMonth(day))
  const until = addDays(mondayOf(addDays(addMonths(day, 1), -1)), 7)
  return { from, count: Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) }
}

interface PlanAsked {
  readonly ownerId: string
  readonly shown: PlanView
  readonly day: string
  readonly now: string
}

export function planOf(view: View, { ownerId, shown, day, now }: PlanAsked): Plan {
  const days = [...visitsOfDays(view, ownerId, daysShown(shown, day))].map(([date, visits]) => {
    const double = overlapping(visits)
    const items = visits.map((each) => ({
      visit: each,
      whom: whomOf(view, each.customerId),
      standing: standingOf(each, now),
      isDouble: double.has(each.id),
    }))
    return { day: date, items }
  })
  const counted = shown === 'week' ? days : days.filter((each) => each.day.slice(0, 7) === day.slice(0, 7))
  return { days, progress: progressOf(counted.flatMap(({ items }) => items.map((item) => item.visit))) }
}

/** The first visit of that day and owner that would share time with one from `startsAt`, itself left out. */
export function clashOf(
  view: View,
  ownerId: string,
  planned: Pick<Visit, 'id' | 'startsAt' | 'minutes' | 'visitOn'>,
): { readonly visit: Visit; readonly whom: Whom | null } | null {
  const [visits = []] = visitsOfDays(view, ownerId, { from: planned.visitOn, count: 1 }).values()
  const others = visits.filter(({ id }) => id !== planned.id)
  const start = Date.parse(planned.startsAt)
  const end = start + planned.minutes * 60_000
  const clash = others.find((each) => {
    const from = Date.parse(each.startsAt)
    return each.status !== 'missed' && from < end && start < from + each.minutes * 60_000
  })
  return clash ? { visit: clash, whom: whomOf(view, clash.customerId) } : null
}

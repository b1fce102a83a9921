// Hours of a day as heights: half an hour is the step in which visits are moved.
import { instantAt, timeOf } from '#core/calendar.ts'
import type { Visit } from '#features/visits/visit.queries.ts'

/** Minutes. */
export const step = 30

export interface Hours {
  /** First hour drawn and the one at which the drawing ends. */
  readonly from: number
  readonly until: number
}

/** 8 to 20, wider where a visit lies outside. */
export function hoursOf(visits: readonly Pick<Visit, 'startsAt' | 'minutes'>[]): Hours {
  let from = 8
  let until = 20
  for (const { startsAt, minutes } of visits) {
    const start = minutesOf(timeOf(startsAt))
    from = Math.min(from, Math.floor(start / 60))
    until = Math.max(until, Math.min(24, Math.ceil((start + minutes) / 60)))
  }
  return { from, until }
}

/** Minutes since midnight. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** `HH:mm` of so many minutes since midnight, kept within the day. */
export function timeAt(minutes: number): string {
  const within = Math.max(0, Math.min(24 * 60 - step, minutes))
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

/** The half hour at a part (0 to 1) of the height of a column. */
export function timeAtPart(part: number, { from, until }: Hours): string {
  const minutes = from * 60 + part * (until - from) * 60
  return timeAt(Math.min(until * 60 - step, Math.max(from * 60, Math.floor(minutes / step) * step)))
}

/** Where a visit begins and how tall it is, as parts of the column. */
export function partOf(time: string, minutes: number, { from, until }: Hours) {
  const whole = (until - from) * 60
  return { top: (minutesOf(time) - from * 60) / whole, height: Math.max(step, minutes) / whole }
}

/** A visit moved to another day keeps its time where no other is given. */
export function movedTo(startsAt: string, day: string, time: string | null): string {
  return instantAt(day, time ?? timeOf(startsAt))
}

import { dayOf } from '#core/calendar.ts'
import { Refused } from '#core/refused.ts'

/** Clocks of phones differ; a visit that began this much after "now" is still taken as done. */
const clockTolerance = 10 * 60_000

/** Minutes that a visit is planned for when nobody says otherwise. */
export const defaultMinutes = 15

/**
 * What is reported has happened.
 * @throws Refused `visit.in_future`
 */
export function mustHaveHappened(startsAt: string, at: string): void {
  if (Date.parse(startsAt) > Date.parse(at) + clockTolerance) {
    throw new Refused('visit.in_future', { startsAt })
  }
}

/** What can become of a visit in each state. */
const nextStates = {
  planned: ['completed', 'missed', 'cancelled'],
  completed: [],
  missed: ['planned', 'completed'],
  cancelled: ['planned'],
} as const

type VisitStatus = keyof typeof nextStates

/** Whether a visit may pass from one state to the other. */
function canBecome(from: VisitStatus, to: VisitStatus): boolean {
  return nextStates[from].some((state) => state === to)
}

/**
 * @throws Refused `visit.already_completed` or `visit.not_possible`, with the state it is in
 */
export function mustBecome(from: VisitStatus, to: VisitStatus): void {
  if (canBecome(from, to)) return
  throw new Refused(from === 'completed' ? 'visit.already_completed' : 'visit.not_possible', {
    status: from,
    wanted: to,
  })
}

/** A planned visit whose day has passed in full without a report. */
export function isUnreported(visit: { status: string; visitOn: string }, now: string): boolean {
  return visit.status === 'planned' && visit.visitOn < dayOf(now)
}

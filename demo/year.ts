import { addDays, instantAt, weekdayOf } from '#core/calendar.ts'
import {
  cancelVisit,
  completeVisit,
  missVisit,
  planVisit,
  recordVisit,
} from '#features/visits/visit.mutations.ts'
import { type Act, act, type By } from './act.ts'
import type { DemoCustomer, Portfolio } from './customers.ts'
import { keepPromises, type Promised, promisesOf } from './promises.ts'
import type { Random } from './random.ts'
import type { Year } from './span.ts'
import { cancelledReasons, missedReasons, notes, objectives } from './talk.ts'

const daysBack = 365
const daysAhead = 14
const times = [
  '08:30',
  '09:00',
  '09:30',
  '10:00',
  '10:30',
  '11:00',
  '14:00',
  '14:30',
  '15:00',
  '15:30',
  '16:00',
  '16:30',
]

interface Appointment {
  readonly customer: DemoCustomer
  readonly day: string
  readonly startsAt: string
}

/** A year of one rep's work up to now, and his plan for the next two weeks. */
export function workYear({ field, customers }: Portfolio, year: Year): readonly Act[] {
  const { today, isWorkday, random } = year
  const acts: Act[] = []
  const promised: Promised[] = []
  const by = (at: string): By => ({ userId: field.rep.id, roles: ['rep'], at })
  for (let offset = -daysBack; offset <= daysAhead; offset += 1) {
    const day = addDays(today, offset)
    // The day one looks at the demo shows something even on a Sunday.
    if (!isWorkday(day) && offset !== 0) continue
    for (const appointment of dayOfWork(day, customers, { random, count: visitsOn(offset, random) })) {
      const done = visitActs(appointment, by, year)
      acts.push(...done.acts)
      promised.push(...done.promised)
    }
  }
  acts.push(...keepPromises(promised, by, year))
  return acts
}

function visitsOn(offset: number, random: Random): number {
  if (offset === 0) return 5
  return offset > 0 ? random.whole(2, 5) : random.whole(5, 8)
}

/** Two or three hospitals a day, and those there who are seen often more often. */
function dayOfWork(
  day: string,
  customers: readonly DemoCustomer[],
  { random, count }: { random: Random; count: number },
): readonly Appointment[] {
  const places = random.some([...new Set(customers.map(({ institutionId }) => institutionId))], 3)
  const there = customers.filter(({ institutionId }) => places.includes(institutionId))
  const lots = there.flatMap((customer) =>
    Array.from({ length: Math.ceil(customer.rhythm * 2) }, () => customer),
  )
  const chosen = [...new Set(random.some(lots, count * 2))].slice(0, count)
  const slots = random.some(times, chosen.length).sort()
  return chosen.map((customer, index) => ({
    customer,
    day,
    startsAt: instantAt(day, slots[index] ?? '09:00'),
  }))
}

function visitActs(
  { customer, day, startsAt }: Appointment,
  by: (at: string) => By,
  { today, now, random }: Year,
): { acts: readonly Act[]; promised: readonly Promised[] } {
  const topic = random.pick(customer.specialty.topics)
  const objective = random.pick(objectives).replace('{topic}', topic)
  const id = random.id(Date.parse(startsAt))
  const channel = random.weighted({ face_to_face: 72, phone: 7, wechat: 12, online: 6, meeting: 3 })
  const minutes = random.weighted({ '5': 3, '10': 5, '15': 6, '20': 3, '30': 1 })
  const length = Number(minutes)
  const plannedOn = addDays(day, -random.whole(1, 6) - (weekdayOf(day) === 1 ? 2 : 0))
  const planned = earlier(instantAt(plannedOn, '17:40'), now)
  const plan = act(by(planned), planVisit, {
    id,
    customerId: customer.id,
    ownerId: null,
    institutionId: null,
    channel,
    startsAt,
    minutes: length,
    objective,
  })
  // Today's work lies ahead whatever the hour, so that there is something to report.
  if (day >= today) return { acts: [plan], promised: [] }
  const endedAt = new Date(Date.parse(startsAt) + (length + random.whole(2, 90)) * 60_000).toISOString()
  const fate = random.weighted({ done: 80, recorded: 12, missed: 5, cancelled: 3 })
  if (fate === 'missed') {
    return {
      acts: [plan, act(by(endedAt), missVisit, { id, reason: random.pick(missedReasons) })],
      promised: [],
    }
  }
  if (fate === 'cancelled') {
    const at = new Date(Date.parse(startsAt) - 3 * 3_600_000).toISOString()
    return {
      acts: [plan, act(by(at), cancelVisit, { id, reason: random.pick(cancelledReasons) })],
      promised: [],
    }
  }
  const commitments = promisesOf(topic, day, { random, at: endedAt })
  const report = {
    id,
    channel,
    startsAt,
    minutes: length,
    result: random.weighted({ reached: 58, partly: 32, not_reached: 10 }),
    note: random.pick(notes).replace('{topic}', `“${topic}”`),
    commitments: commitments.map(({ id, promisedBy, what, dueOn }) => ({ id, promisedBy, what, dueOn })),
  }
  const acts =
    fate === 'done'
      ? [plan, act(by(endedAt), completeVisit, report)]
      : [
          act(by(endedAt), recordVisit, {
            ...report,
            customerId: customer.id,
            institutionId: null,
            objective,
          }),
        ]
  return { acts, promised: commitments }
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

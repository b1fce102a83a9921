import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { aCustomer, aVisit, idOf, repId, territoryId } from '#tests/kit/field-rows.ts'
import { visit } from './visit.entity.ts'
import {
  endOf,
  longUnvisited,
  overlapping,
  placed,
  progressOf,
  standingOf,
  visitsOfDays,
} from './visit.queries.ts'

const now = '2026-11-23T07:00:00.000Z'

describe('where a visit stands', () => {
  test('a planned visit waits for its report once its day has passed in full', () => {
    expect(standingOf({ status: 'planned', visitOn: '2026-11-23' }, now)).toBe('planned')
    expect(standingOf({ status: 'planned', visitOn: '2026-11-22' }, now)).toBe('unreported')
    expect(standingOf({ status: 'completed', visitOn: '2026-11-22' }, now)).toBe('completed')
  })
})

describe('the days of a calendar', () => {
  test('hold one’s own visits in order, without those called off', () => {
    const rows = new MemoryRows()
    rows.put(visit, aVisit({ id: idOf(11), startsAt: instantAt('2026-11-24', '15:00') }))
    rows.put(visit, aVisit({ id: idOf(12), startsAt: instantAt('2026-11-24', '09:00') }))
    rows.put(visit, aVisit({ id: idOf(13), startsAt: instantAt('2026-11-24', '10:00'), status: 'cancelled' }))
    rows.put(visit, aVisit({ id: idOf(14), startsAt: instantAt('2026-11-24', '10:00'), ownerId: idOf(9) }))
    const days = visitsOfDays(rows, repId, { from: '2026-11-23', count: 3 })
    expect([...days.keys()]).toEqual(['2026-11-23', '2026-11-24', '2026-11-25'])
    expect(days.get('2026-11-24')?.map(({ id }) => id)).toEqual([idOf(12), idOf(11)])
  })

  test('count what is done of what was planned, and each customer once', () => {
    const visits = [
      aVisit({ id: idOf(11), status: 'completed' }),
      aVisit({ id: idOf(12), status: 'completed' }),
      aVisit({ id: idOf(13), status: 'missed', customerId: idOf(101) }),
      aVisit({ id: idOf(14), status: 'cancelled' }),
    ]
    const { done, planned, customerIds } = progressOf(visits)
    expect({ done, planned, customers: [...customerIds] }).toEqual({
      done: 2,
      planned: 3,
      customers: [idOf(100)],
    })
  })
})

test('customers to think of: never seen first, then longest ago; those with a visit ahead are left out', () => {
  const rows = new MemoryRows()
  for (const n of [100, 101, 102]) rows.put(customer, aCustomer({ id: idOf(n) }))
  rows.put(customer, aCustomer({ id: idOf(103), territoryId: idOf(99) }))
  const seen = (n: number, day: string) =>
    aVisit({ id: idOf(n), customerId: idOf(n + 80), status: 'completed', startsAt: instantAt(day, '09:00') })
  rows.put(visit, seen(20, '2026-10-01'))
  rows.put(visit, aVisit({ id: idOf(30), customerId: idOf(101), startsAt: instantAt('2026-11-25', '09:00') }))
  const found = longUnvisited(rows, new Set([territoryId]), { now, limit: 10 })
  expect(found.map((each) => [each.customer.id, each.lastOn])).toEqual([
    [idOf(102), null],
    [idOf(100), '2026-10-01'],
  ])
})

describe('visits at the same time', () => {
  const some = fc.array(
    fc.record({ start: fc.integer({ min: 0, max: 600 }), minutes: fc.integer({ min: 1, max: 120 }) }),
    { maxLength: 12 },
  )
  const visitsFrom = (drawn: readonly { start: number; minutes: number }[]) =>
    drawn.map(({ start, minutes }, index) =>
      aVisit({
        id: idOf(index),
        minutes,
        startsAt: new Date(Date.parse(instantAt('2026-11-23', '08:00')) + start * 60_000).toISOString(),
      }),
    )

  test('are drawn beside each other and never on top of each other', () => {
    fc.assert(
      fc.property(some, (drawn) => {
        const all = placed(visitsFrom(drawn), 30)
        expect(all).toHaveLength(drawn.length)
        for (const a of all) {
          expect(a.lane).toBeLessThan(a.lanes)
          for (const b of all) {
            if (a === b || a.lane !== b.lane) continue
            const [first, second] = a.visit.startsAt <= b.visit.startsAt ? [a, b] : [b, a]
            const drawnEnd = Date.parse(first.visit.startsAt) + Math.max(first.visit.minutes, 30) * 60_000
            expect(Date.parse(second.visit.startsAt)).toBeGreaterThanOrEqual(drawnEnd)
          }
        }
      }),
    )
  })

  test('are found in pairs, exactly those that share time', () => {
    fc.assert(
      fc.property(some, (drawn) => {
        const visits = visitsFrom(drawn)
        const expected = visits.filter((a) =>
          visits.some((b) => a !== b && a.startsAt < endOf(b) && b.startsAt < endOf(a)),
        )
        expect([...overlapping(visits)].sort()).toEqual(expected.map(({ id }) => id).sort())
      }),
    )
  })

  test('one after the other is no conflict', () => {
    const visits = visitsFrom([
      { start: 0, minutes: 15 },
      { start: 15, minutes: 15 },
    ])
    expect(overlapping(visits).size).toBe(0)
  })
})

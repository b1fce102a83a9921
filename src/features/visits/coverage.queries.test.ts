import { expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import {
  aCommitment,
  aCustomer,
  anAssignment,
  aTerritory,
  aVisit,
  idOf,
  repId,
  territoryId,
} from '#tests/kit/field-rows.ts'
import { pictureDays, workOf } from './coverage.queries.ts'
import { visit } from './visit.entity.ts'

// A Monday, 15:00 in Shanghai.
const now = '2026-11-23T07:00:00.000Z'

function world(): MemoryRows {
  const rows = new MemoryRows()
  rows.put(territory, aTerritory({ id: territoryId }))
  rows.put(assignment, anAssignment({ id: idOf(3) }))
  for (const n of [100, 101, 102]) rows.put(customer, aCustomer({ id: idOf(n) }))
  return rows
}

const done = (n: number, customerId: string, day: string) =>
  aVisit({
    id: idOf(n),
    customerId,
    status: 'completed',
    startsAt: instantAt(day, '09:00'),
    completedAt: instantAt(day, '10:00'),
  })

test('a customer is covered for thirty days after a visit, whoever made it', () => {
  const rows = world()
  rows.put(visit, { ...done(11, idOf(100), '2026-10-25'), ownerId: idOf(9) })
  rows.put(visit, done(12, idOf(101), '2026-10-24'))
  const { covered, uncovered, customers } = workOf(rows, repId, now)
  expect(customers).toHaveLength(3)
  expect(covered.map(({ id }) => id)).toEqual([idOf(100)])
  expect(uncovered.map(({ id }) => id)).toEqual([idOf(101), idOf(102)])
})

test('the week runs from Monday, the month from its first; what was called off counts nowhere', () => {
  const rows = world()
  rows.put(visit, done(11, idOf(100), '2026-11-22'))
  rows.put(visit, done(12, idOf(100), '2026-11-23'))
  rows.put(visit, aVisit({ id: idOf(13), startsAt: instantAt('2026-11-29', '09:00') }))
  rows.put(visit, aVisit({ id: idOf(14), startsAt: instantAt('2026-11-29', '09:00'), status: 'cancelled' }))
  rows.put(visit, done(15, idOf(100), '2026-10-31'))
  const { week, month, lastReportAt } = workOf(rows, repId, now)
  expect([week.done, week.planned]).toEqual([1, 2])
  expect([month.done, month.planned]).toEqual([2, 3])
  expect(lastReportAt).toBe(instantAt('2026-11-23', '10:00'))
})

test('the picture has four whole weeks, the present one last, and tells ahead from unreported', () => {
  const rows = world()
  rows.put(visit, aVisit({ id: idOf(11), startsAt: instantAt('2026-11-20', '09:00') }))
  rows.put(visit, aVisit({ id: idOf(12), startsAt: instantAt('2026-11-25', '09:00') }))
  rows.put(visit, done(13, idOf(100), '2026-11-02'))
  const { days, unreported } = workOf(rows, repId, now)
  expect(days).toHaveLength(pictureDays)
  expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2026-11-02', '2026-11-29'])
  expect(days[0]?.done).toHaveLength(1)
  expect(days.find(({ day }) => day === '2026-11-20')?.unreported.map(({ id }) => id)).toEqual([idOf(11)])
  expect(days.find(({ day }) => day === '2026-11-25')?.ahead.map(({ id }) => id)).toEqual([idOf(12)])
  expect(unreported.map(({ id }) => id)).toEqual([idOf(11)])
})

test('promises: overdue once their day has passed; kept and broken of the last ninety days', () => {
  const rows = world()
  rows.put(commitment, aCommitment({ id: idOf(21), dueOn: '2026-11-22' }))
  rows.put(commitment, aCommitment({ id: idOf(22), dueOn: '2026-11-23' }))
  rows.put(commitment, aCommitment({ id: idOf(23) }))
  rows.put(commitment, aCommitment({ id: idOf(24), status: 'kept', settledAt: instantAt('2026-08-26') }))
  rows.put(commitment, aCommitment({ id: idOf(25), status: 'kept', settledAt: instantAt('2026-08-25') }))
  rows.put(commitment, aCommitment({ id: idOf(26), status: 'broken', settledAt: instantAt('2026-11-01') }))
  const { open, overdue, kept, broken } = workOf(rows, repId, now)
  expect(open.map(({ id }) => id)).toEqual([idOf(21), idOf(22), idOf(23)])
  expect(overdue.map(({ id }) => id)).toEqual([idOf(21)])
  expect(kept.map(({ id }) => id)).toEqual([idOf(24)])
  expect(broken.map(({ id }) => id)).toEqual([idOf(26)])
})

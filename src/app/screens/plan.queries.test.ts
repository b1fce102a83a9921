import { expect, test } from 'vitest'
import { instantAt, weekdayOf } from '#core/calendar.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { aVisit, idOf, repId } from '#tests/kit/field-rows.ts'
import { clashOf, daysShown, planOf } from './plan.queries.ts'

const now = '2026-11-23T07:00:00.000Z'

test('a month is drawn in whole weeks from Monday', () => {
  expect(daysShown('month', '2026-11-23')).toEqual({ from: '2026-10-26', count: 42 })
  expect(daysShown('month', '2027-02-15')).toEqual({ from: '2027-02-01', count: 28 })
  for (const month of ['2026-01', '2026-02', '2026-08', '2027-05']) {
    const { from, count } = daysShown('month', `${month}-15`)
    expect([weekdayOf(from), count % 7]).toEqual([1, 0])
  }
})

test('a month counts its own days only, though it shows those of its weeks', () => {
  const rows = new MemoryRows()
  rows.put(visit, aVisit({ id: idOf(11), status: 'completed', startsAt: instantAt('2026-10-30', '09:00') }))
  rows.put(visit, aVisit({ id: idOf(12), status: 'completed', startsAt: instantAt('2026-11-02', '09:00') }))
  const plan = planOf(rows, { ownerId: repId, shown: 'month', day: '2026-11-23', now })
  expect(plan.days.flatMap(({ items }) => items)).toHaveLength(2)
  expect(plan.progress.done).toBe(1)
})

test('a clash names the visit at the same time, never the one that is being moved', () => {
  const rows = new MemoryRows()
  const there = aVisit({ id: idOf(11), startsAt: instantAt('2026-11-24', '10:00'), minutes: 30 })
  rows.put(visit, there)
  const at = (time: string, id: string) =>
    clashOf(rows, repId, { id, startsAt: instantAt('2026-11-24', time), minutes: 15, visitOn: '2026-11-24' })
  expect(at('10:15', idOf(12))?.visit.id).toBe(idOf(11))
  expect(at('10:30', idOf(12))).toBeNull()
  expect(at('10:15', idOf(11))).toBeNull()
})

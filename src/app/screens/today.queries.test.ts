import { expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import type { AnyRow, Entity, NewRowOf } from '#core/entity.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { openCommitment } from '#features/commitments/commitment.rules.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { teamToday, todayOf } from './today.queries.ts'

const me = 'member-1'
const colleague = 'member-2'
// Wednesday afternoon in Shanghai.
const now = '2026-11-25T06:00:00.000Z'

type NewVisit = NewRowOf<typeof visit>
type NewCommitment = NewRowOf<typeof commitment>

function viewOf(rows: readonly (readonly [Entity, AnyRow])[]): MemoryRows {
  const memory = new MemoryRows()
  for (const [entity, row] of rows) memory.put(entity, row)
  return memory
}

const kernel = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }

function planned(day: string, time: string, over: Partial<NewVisit> = {}): readonly [Entity, AnyRow] {
  const row: NewVisit = {
    id: `${day} ${time}`,
    customerId: 'customer-1',
    ownerId: me,
    institutionId: null,
    channel: 'phone',
    status: 'planned',
    startsAt: instantAt(day, time),
    minutes: 15,
    visitOn: day,
    objective: null,
    result: null,
    note: null,
    completedAt: null,
    reason: null,
    ...over,
  }
  return [visit, { ...kernel, ...row }]
}

function promised(dueOn: string | null, over: Partial<NewCommitment> = {}): readonly [Entity, AnyRow] {
  const row = openCommitment({
    id: `due ${dueOn}`,
    customerId: 'customer-1',
    visitId: null,
    ownerId: me,
    promisedBy: 'us',
    what: 'send the guideline',
    dueOn,
  })
  return [commitment, { ...kernel, ...row, ...over }]
}

function today(...rows: readonly (readonly [Entity, AnyRow])[]) {
  return todayOf(viewOf(rows), { memberId: me, now })
}

test('promises come with the longest overdue first and stop at those due soon', () => {
  const picture = today(
    promised('2026-11-27'),
    promised('2026-11-30'),
    promised('2026-11-20'),
    promised(null),
  )
  expect(picture.promises.map(({ commitment, due }) => [commitment.dueOn, due])).toEqual([
    ['2026-11-20', 'overdue'],
    ['2026-11-27', 'soon'],
  ])
})

test('a promise that is kept or a colleague’s is not asked for', () => {
  const picture = today(
    promised('2026-11-20', { status: 'kept' }),
    promised('2026-11-21', { ownerId: colleague }),
  )
  expect(picture.promises).toEqual([])
})

test('the day’s visits are in the order of time, without those called off', () => {
  const picture = today(
    planned('2026-11-25', '16:00'),
    planned('2026-11-25', '09:00', { status: 'completed' }),
    planned('2026-11-25', '11:00', { status: 'cancelled' }),
    planned('2026-11-25', '12:00', { ownerId: colleague }),
  )
  expect(picture.visits.map((item) => item.visit.id)).toEqual(['2026-11-25 09:00', '2026-11-25 16:00'])
})

test('a planned visit of an earlier day owes its report, the newest first; one of today does not', () => {
  const picture = today(
    planned('2026-11-23', '09:00'),
    planned('2026-11-24', '09:00'),
    planned('2026-11-24', '10:00', { status: 'missed' }),
    planned('2026-11-25', '09:00'),
  )
  expect(picture.unreported.map((item) => item.visit.id)).toEqual(['2026-11-24 09:00', '2026-11-23 09:00'])
})

test('the days ahead show what is planned and what falls due, and nothing else', () => {
  const picture = today(
    planned('2026-11-26', '09:00'),
    promised('2026-11-30'),
    planned('2026-12-03', '09:00'),
  )
  expect(picture.ahead.map(({ day, visits, promises }) => [day, visits.length, promises.length])).toEqual([
    ['2026-11-26', 1, 0],
    ['2026-11-30', 0, 1],
  ])
})

test('the week runs from Monday to Sunday and counts what is done, to come and due', () => {
  const picture = today(
    planned('2026-11-23', '09:00', { status: 'completed' }),
    planned('2026-11-29', '09:00'),
    promised('2026-11-27'),
  )
  expect(picture.week.map(({ day }) => day.slice(8))).toEqual(['23', '24', '25', '26', '27', '28', '29'])
  expect(picture.week[0]).toEqual({ day: '2026-11-23', done: 1, planned: 0, due: 0 })
  expect(picture.week[4]?.due).toBe(1)
  expect(picture.week[6]?.planned).toBe(1)
})

test('a customer who has left this device’s sight is shown without a name, not dropped', () => {
  expect(today(planned('2026-11-25', '09:00')).visits[0]?.whom).toBeNull()
})

test('a manager’s team is everybody but himself', () => {
  const rows = [
    planned('2026-11-25', '09:00'),
    planned('2026-11-25', '10:00', { ownerId: colleague, status: 'completed' }),
    planned('2026-11-25', '11:00', { ownerId: colleague }),
    promised('2026-11-20', { ownerId: colleague }),
    promised('2026-11-21'),
  ]
  expect(teamToday(viewOf(rows), { memberId: me, now })).toEqual({ visits: 2, done: 1, overdue: 1 })
})

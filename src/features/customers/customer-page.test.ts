import { expect, test } from 'vitest'
import { MemoryRows } from '#core/memory-rows.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { aCommitment, aCustomer, aVisit, idOf } from '#tests/kit/field-rows.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer } from './customer.entity.ts'
import { customerPage, type TimelineEntry } from './customer-page.queries.ts'

// 10:00 on a Monday in Shanghai.
const now = '2026-11-23T02:00:00.000Z'
const id = idOf(100)

function page(fill: (rows: MemoryRows) => void) {
  const rows = new MemoryRows()
  rows.put(customer, aCustomer({ id }))
  fill(rows)
  const found = customerPage(rows, id, now)
  if (found === null) throw new Error('the customer is there')
  return found
}

const told = (entry: TimelineEntry) =>
  entry.kind === 'visit'
    ? ['visit', entry.visit.id, ...entry.made.map((each) => each.id)]
    : [entry.kind, entry.commitment.id]

test('a customer who is not on the device has no page', () => {
  expect(customerPage(new MemoryRows(), id, now)).toBeNull()
})

test('open promises are told by who gave them, the most urgent first, without a day last', () => {
  const { ours, theirs } = page((rows) => {
    const put = (n: number, dueOn: string | null, promisedBy: 'us' | 'customer' = 'us') =>
      rows.put(commitment, aCommitment({ id: idOf(n), dueOn, promisedBy }))
    put(1, null)
    put(2, '2026-11-30')
    put(3, '2026-11-22')
    put(4, '2026-11-23', 'customer')
    rows.put(commitment, aCommitment({ id: idOf(5), status: 'kept', settledAt: now }))
  })
  expect(ours.map(({ commitment: { id: at }, due }) => [at, due])).toEqual([
    [idOf(3), 'overdue'],
    [idOf(2), 'later'],
    [idOf(1), 'undated'],
  ])
  expect(theirs.map(({ due }) => due)).toEqual(['today'])
})

test('the next visit is the earliest one planned for today or later; earlier plans owe a report', () => {
  const { next, unreported, lastVisitOn } = page((rows) => {
    const put = (n: number, startsAt: string, status: 'planned' | 'completed' | 'missed') =>
      rows.put(visit, aVisit({ id: idOf(n), startsAt, status }))
    put(1, '2026-11-25T02:00:00.000Z', 'planned')
    put(2, '2026-11-23T01:00:00.000Z', 'planned')
    put(3, '2026-11-19T02:00:00.000Z', 'planned')
    put(4, '2026-11-20T02:00:00.000Z', 'planned')
    put(5, '2026-10-08T02:00:00.000Z', 'completed')
    put(6, '2026-09-08T02:00:00.000Z', 'completed')
    put(7, '2026-11-21T02:00:00.000Z', 'missed')
  })
  expect(next?.id).toBe(idOf(2))
  expect(unreported.map((each) => each.id)).toEqual([idOf(4), idOf(3)])
  expect(lastVisitOn).toBe('2026-10-08')
})

test('the history runs backwards month by month, a promise with the visit in which it was made', () => {
  const { timeline } = page((rows) => {
    rows.put(visit, aVisit({ id: idOf(1), startsAt: '2026-11-10T02:00:00.000Z', status: 'completed' }))
    // 00:30 on the first of November in Shanghai, still October by the clock of London.
    rows.put(visit, aVisit({ id: idOf(2), startsAt: '2026-10-31T16:30:00.000Z', status: 'completed' }))
    rows.put(visit, aVisit({ id: idOf(3), startsAt: '2026-10-31T15:30:00.000Z', status: 'missed' }))
    rows.put(visit, aVisit({ id: idOf(4), startsAt: '2026-11-30T02:00:00.000Z', status: 'planned' }))
    const settledAt = '2026-11-12T02:00:00.000Z'
    rows.put(commitment, aCommitment({ id: idOf(11), visitId: idOf(1), status: 'kept', settledAt }))
    const createdAt = '2026-11-11T02:00:00.000Z'
    rows.put(commitment, aCommitment({ id: idOf(12), visitId: null, createdAt }))
    // Made in a visit of a colleague that is not on this device.
    rows.put(commitment, aCommitment({ id: idOf(13), visitId: idOf(99), createdAt }))
  })
  expect(timeline.map(({ month, entries }) => [month, entries.map(told)])).toEqual([
    [
      '2026-11-01',
      [
        ['settled', idOf(11)],
        ['made', idOf(12)],
        ['made', idOf(13)],
        ['visit', idOf(1), idOf(11)],
        ['visit', idOf(2)],
      ],
    ],
    ['2026-10-01', [['visit', idOf(3)]]],
  ])
})

test('the main place comes first, places that have ended last', () => {
  const { workplaces } = page((rows) => {
    const put = (n: number, untilOn: string | null, isPrimary = false) =>
      rows.put(affiliation, {
        ...aCustomer({ id: idOf(n) }),
        customerId: id,
        institutionId: idOf(50),
        departmentId: null,
        position: null,
        isPrimary,
        sinceOn: null,
        untilOn,
      })
    put(1, '2026-11-22')
    put(2, null)
    put(3, '2026-11-23')
    put(4, null, true)
  })
  expect(workplaces.map(({ affiliation: { id: at }, hasEnded }) => [at, hasEnded])).toEqual([
    [idOf(4), false],
    [idOf(2), false],
    [idOf(3), false],
    [idOf(1), true],
  ])
})

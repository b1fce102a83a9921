import { expect, test } from 'vitest'
import { customer } from '#features/customers/customer.entity.ts'
import { now, otherRep, rep, Stage, testId } from '#tests/kit/stage.ts'
import { commitment } from './commitment.entity.ts'
import {
  breakCommitment,
  confirmCommitment,
  editCommitment,
  keepCommitment,
  makeCommitment,
  releaseCommitment,
  reopenCommitment,
} from './commitment.mutations.ts'
import { dueOf } from './commitment.rules.ts'

const id = testId('promise')
const customerId = testId('李明华')

function stageWithPromise(): Stage {
  const stage = new Stage()
  const at = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }
  stage.rows.put(customer, { id: customerId, name: '李明华', territoryId: testId('north'), ...at })
  return stage.act(rep, makeCommitment, {
    id,
    customerId,
    visitId: null,
    promisedBy: 'us',
    what: '寄指南',
    dueOn: '2026-11-25',
  })
}

test('a commitment is kept with its proof and then confirmed by the customer', () => {
  const stage = stageWithPromise()
  expect(stage.refusal(rep, confirmCommitment, { id }).code).toBe('commitment.not_kept')
  stage.act(rep, keepCommitment, { id, proof: '已送达' }).act(rep, confirmCommitment, { id })
  expect(stage.rows.get(commitment, id)).toMatchObject({
    status: 'kept',
    proof: '已送达',
    settledAt: now,
    confirmedAt: now,
  })
})

test('kept twice is kept once; a proof that comes with the second is not lost, and none takes none away', () => {
  const stage = stageWithPromise()
    .act(rep, keepCommitment, { id, proof: null })
    .act(otherRep, keepCommitment, { id, proof: '第二次' }, '2026-11-23T03:00:00.000Z')
    .act(rep, keepCommitment, { id, proof: null }, '2026-11-23T04:00:00.000Z')
  expect(stage.rows.get(commitment, id)).toMatchObject({ proof: '第二次', settledAt: now })
})

test('what is settled in one way is not settled in another', () => {
  const stage = stageWithPromise().act(rep, breakCommitment, { id, reason: '未获批' })
  const refusal = stage.refusal(rep, keepCommitment, { id, proof: null })
  expect([refusal.code, refusal.details]).toEqual(['commitment.not_open', { status: 'broken' }])
  expect(stage.refusal(rep, editCommitment, { id, changes: { what: '别的' } }).code).toBe(
    'commitment.not_open',
  )
})

test('settling is taken back without a trace on the commitment itself', () => {
  const stage = stageWithPromise()
    .act(rep, releaseCommitment, { id, reason: '不再需要' })
    .act(rep, reopenCommitment, { id })
  expect(stage.rows.get(commitment, id)).toMatchObject({ status: 'open', reason: null, settledAt: null })
})

test.each([
  ['2026-11-22', 'overdue'],
  ['2026-11-23', 'today'],
  ['2026-11-25', 'soon'],
  ['2026-11-26', 'later'],
  [null, 'undated'],
] as const)('due on %s on the morning of the 23rd is %s', (dueOn, due) => {
  expect(dueOf({ status: 'open', dueOn }, now)).toBe(due)
})

test('overdue begins with the next Shanghai day, not with the next day in UTC', () => {
  const open = { status: 'open', dueOn: '2026-11-23' } as const
  expect(dueOf(open, '2026-11-23T15:59:00.000Z')).toBe('today')
  expect(dueOf(open, '2026-11-23T16:00:00.000Z')).toBe('overdue')
  expect(dueOf({ ...open, status: 'kept' }, '2026-12-01T00:00:00.000Z')).toBe('settled')
})

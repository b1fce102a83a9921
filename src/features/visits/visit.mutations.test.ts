import { expect, test } from 'vitest'
import { member } from '#features/access/member.entity.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { createCustomer } from '#features/customers/customer.mutations.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { aMember } from '#tests/kit/field-rows.ts'
import { manager, now, otherRep, rep, Stage, testId } from '#tests/kit/stage.ts'
import { visit } from './visit.entity.ts'
import {
  cancelVisit,
  completeVisit,
  editVisit,
  missVisit,
  planVisit,
  recordVisit,
  replanVisit,
  rescheduleVisit,
  takeOverVisit,
} from './visit.mutations.ts'

const id = testId('visit')
const customerId = testId('李明华')

function stageWithPlan(): Stage {
  const stage = new Stage()
  const bare = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }
  const territoryId = testId('north')
  stage.rows.put(territory, { id: territoryId, name: '北区', parentId: null, ...bare })
  stage.act(rep, createCustomer, {
    id: customerId,
    name: '李明华',
    sex: null,
    role: 'physician',
    title: null,
    specialty: null,
    phone: null,
    email: null,
    note: null,
    territoryId,
    affiliation: null,
  })
  return stage.act(rep, planVisit, {
    id,
    customerId,
    ownerId: null,
    institutionId: null,
    channel: 'face_to_face',
    startsAt: '2026-11-23T01:00:00.000Z',
    minutes: 15,
    objective: '介绍指南更新',
  })
}

const report = {
  id,
  channel: 'face_to_face',
  startsAt: '2026-11-23T01:00:00.000Z',
  minutes: 10,
  result: 'reached',
  note: '约定下周讨论',
  commitments: [{ id: testId('promise'), promisedBy: 'us', what: '寄指南', dueOn: '2026-11-25' }],
} as const

test('a planned visit is completed once, with what was promised in it', () => {
  const { rows } = stageWithPlan().act(rep, completeVisit, report)
  expect(rows.get(visit, id)).toMatchObject({ status: 'completed', note: '约定下周讨论', completedAt: now })
  expect(rows.get(commitment, testId('promise'))).toMatchObject({
    status: 'open',
    visitId: id,
    customerId,
    ownerId: rep.userId,
  })
})

test('the same report sent again changes nothing; another one is refused and shows what stands', () => {
  const stage = stageWithPlan().act(rep, completeVisit, report).act(rep, completeVisit, report)
  const refusal = stage.refusal(rep, completeVisit, { ...report, note: '别的内容' })
  expect(refusal.code).toBe('visit.already_completed')
  expect(refusal.details).toMatchObject({ standing: { note: '约定下周讨论' } })
})

test('the same report with another promise adds the promise', () => {
  const second = { id: testId('second promise'), promisedBy: 'us', what: '约会议', dueOn: null } as const
  const { rows } = stageWithPlan()
    .act(rep, completeVisit, report)
    .act(rep, completeVisit, { ...report, commitments: [...report.commitments, second] })
  expect(rows.all(commitment).map(({ what }) => what)).toEqual(['寄指南', '约会议'])
})

test('a visit that is missed twice keeps the reason that came with the second', () => {
  const stage = stageWithPlan()
    .act(rep, missVisit, { id, reason: '没见到' })
    .act(manager, missVisit, { id, reason: '临时手术' })
  expect(stage.rows.get(visit, id)).toMatchObject({ status: 'missed', reason: '临时手术' })
})

test('what has not happened yet cannot be reported, ten minutes of a wrong clock aside', () => {
  const stage = stageWithPlan()
  const later = (startsAt: string) => ({ ...report, startsAt })
  expect(stage.refusal(rep, completeVisit, later('2026-11-23T02:10:01.000Z')).code).toBe('visit.in_future')
  expect(() => stage.act(rep, completeVisit, later('2026-11-23T02:10:00.000Z'))).not.toThrow()
})

test('a visit is reported by the one whose visit it is; a manager may correct it', () => {
  const stage = stageWithPlan()
  expect(stage.refusal(otherRep, completeVisit, report).code).toBe('visit.not_yours')
  stage.act(rep, completeVisit, report).act(manager, editVisit, { id, changes: { note: '更正' } })
  expect(stage.rows.get(visit, id)).toMatchObject({
    note: '更正',
    ownerId: rep.userId,
    updatedBy: manager.userId,
  })
})

test('a rep plans for himself, a manager for others too', () => {
  const stage = stageWithPlan()
  const plan = {
    id: testId('second'),
    customerId,
    ownerId: otherRep.userId,
    institutionId: null,
    channel: 'phone',
    startsAt: now,
    minutes: 5,
    objective: null,
  } as const
  expect(stage.refusal(rep, planVisit, plan).code).toBe('visit.not_yours')
  expect(stage.refusal(manager, planVisit, plan).code).toBe('not_found')
  stage.rows.put(member, aMember({ id: otherRep.userId }))
  expect(stage.act(manager, planVisit, plan).rows.get(visit, plan.id)?.ownerId).toBe(otherRep.userId)
})

test('moving a visit moves it to another Shanghai day as well', () => {
  const { rows } = stageWithPlan().act(rep, rescheduleVisit, {
    id,
    startsAt: '2026-11-24T16:30:00.000Z',
    minutes: null,
  })
  expect(rows.get(visit, id)).toMatchObject({ visitOn: '2026-11-25', minutes: 15 })
})

test('a missed visit can still be reported, a cancelled one has to be planned again', () => {
  const stage = stageWithPlan().act(rep, missVisit, { id, reason: '临时手术' })
  expect(() => stage.act(rep, completeVisit, report)).not.toThrow()
  const other = stageWithPlan().act(rep, cancelVisit, { id, reason: null })
  expect(other.refusal(rep, completeVisit, report).code).toBe('visit.not_possible')
  expect(other.act(rep, replanVisit, { id }).rows.get(visit, id)).toMatchObject({
    status: 'planned',
    reason: null,
  })
})

test('what was completed is neither moved, cancelled nor taken over', () => {
  const stage = stageWithPlan().act(rep, completeVisit, report)
  expect(stage.refusal(rep, rescheduleVisit, { id, startsAt: now, minutes: null }).code).toBe(
    'visit.not_planned',
  )
  expect(stage.refusal(rep, cancelVisit, { id, reason: null }).code).toBe('visit.already_completed')
  expect(stage.refusal(otherRep, takeOverVisit, { id }).code).toBe('visit.already_completed')
})

test('a planned visit of a colleague is taken over before it is reported', () => {
  const stage = stageWithPlan().act(otherRep, takeOverVisit, { id }).act(otherRep, completeVisit, report)
  expect(stage.rows.get(visit, id)).toMatchObject({ status: 'completed', ownerId: otherRep.userId })
})

test('result and note belong to a visit that took place', () => {
  const refusal = stageWithPlan().refusal(rep, editVisit, { id, changes: { note: '还没去' } })
  expect(refusal.code).toBe('visit.not_completed')
})

test('an unplanned visit is recorded at the customer’s place of work', () => {
  const stage = stageWithPlan()
  const place = testId('hospital')
  const whom = stage.rows.get(customer, customerId)
  if (!whom) throw new Error('the customer is there')
  stage.rows.put(customer, { ...whom, institutionId: place })
  stage.act(rep, recordVisit, {
    ...report,
    id: testId('new'),
    customerId,
    institutionId: null,
    objective: null,
  })
  expect(stage.rows.get(visit, testId('new'))).toMatchObject({ status: 'completed', institutionId: place })
})

test('a customer whom one does not see cannot be visited', () => {
  const refusal = stageWithPlan().refusal(rep, recordVisit, {
    ...report,
    customerId: testId('nobody'),
    institutionId: null,
    objective: null,
  })
  expect(refusal.code).toBe('not_found')
})

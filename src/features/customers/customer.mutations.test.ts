import { expect, test } from 'vitest'
import { department } from '#features/institutions/department.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { anAssignment, aTerritory } from '#tests/kit/field-rows.ts'
import { manager, now, rep, Stage, steward, testId } from '#tests/kit/stage.ts'
import { affiliation } from './affiliation.entity.ts'
import {
  addAffiliation,
  editAffiliation,
  endAffiliation,
  makeAffiliationPrimary,
  removeAffiliation,
} from './affiliation.mutations.ts'
import { customer } from './customer.entity.ts'
import { alignCustomers, createCustomer, editCustomer, removeCustomer } from './customer.mutations.ts'

const kept = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }
const north = testId('north')
const south = testId('south')
const id = testId('customer')
const [first, second] = [testId('first place'), testId('second place')]

function stageWithCustomer(): Stage {
  const stage = new Stage()
  stage.rows.put(territory, { id: north, name: '北区', parentId: null, ...kept })
  stage.rows.put(territory, { id: south, name: '南区', parentId: null, ...kept })
  for (const name of ['心内', '急诊'])
    stage.rows.put(department, { id: testId(name), institutionId: testId('协和'), name, ...kept })
  return stage.act(rep, createCustomer, {
    id,
    name: '曾晓敏',
    sex: 'female',
    role: 'department_head',
    title: 'chief_physician',
    specialty: '心力衰竭',
    phone: null,
    email: null,
    note: null,
    territoryId: north,
    affiliation: { id: first, institutionId: testId('协和'), departmentId: testId('心内'), position: '主任' },
  })
}

function addSecond(stage: Stage, isPrimary: boolean): Stage {
  return stage.act(rep, addAffiliation, {
    id: second,
    customerId: id,
    institutionId: testId('同济'),
    departmentId: null,
    position: null,
    isPrimary,
    sinceOn: null,
    untilOn: null,
  })
}

test('a customer is created with keys to be found by and a primary place of work', () => {
  const { rows } = stageWithCustomer()
  expect(rows.get(customer, id)).toMatchObject({
    sortKey: 'zeng xiao min',
    initials: 'zxm',
    institutionId: testId('协和'),
    departmentId: testId('心内'),
  })
  expect(rows.get(affiliation, first)).toMatchObject({ isPrimary: true, position: '主任' })
})

test('a new name brings new keys, anything else leaves them', () => {
  const stage = stageWithCustomer().act(rep, editCustomer, {
    id,
    changes: { name: '单晓敏', phone: '010-1' },
  })
  expect(stage.rows.get(customer, id)).toMatchObject({ sortKey: 'shan xiao min', phone: '010-1' })
  const before = stage.rows.get(customer, id)
  stage.act(rep, editCustomer, { id, changes: { phone: null } })
  expect(stage.rows.get(customer, id)).toMatchObject({ phone: null, bigrams: before?.bigrams })
})

test('of several places of work exactly one is primary, and lists show that one', () => {
  const stage = addSecond(stageWithCustomer(), false)
  expect(stage.rows.get(affiliation, second)?.isPrimary).toBe(false)
  stage.act(rep, makeAffiliationPrimary, { id: second })
  expect(
    stage.rows
      .all(affiliation)
      .filter(({ isPrimary }) => isPrimary)
      .map((each) => each.id),
  ).toEqual([second])
  expect(stage.rows.get(customer, id)).toMatchObject({ institutionId: testId('同济'), departmentId: null })
})

test('a change of department of the primary place is seen in lists', () => {
  const { rows } = stageWithCustomer().act(rep, editAffiliation, {
    id: first,
    changes: { departmentId: testId('急诊') },
  })
  expect(rows.get(customer, id)?.departmentId).toBe(testId('急诊'))
})

test('when the primary place ends, another one follows; one that has ended cannot become primary', () => {
  const stage = addSecond(stageWithCustomer(), false).act(rep, endAffiliation, {
    id: first,
    untilOn: '2026-11-30',
  })
  expect(stage.rows.get(affiliation, second)?.isPrimary).toBe(true)
  expect(stage.refusal(rep, makeAffiliationPrimary, { id: first }).code).toBe('affiliation.has_ended')
})

test('the only place stays primary when it ends, and leaves nothing behind when it is removed', () => {
  const stage = stageWithCustomer().act(rep, endAffiliation, { id: first, untilOn: '2026-11-30' })
  expect(stage.rows.get(customer, id)?.institutionId).toBe(testId('协和'))
  stage.act(rep, removeAffiliation, { id: first })
  expect(stage.rows.get(customer, id)?.institutionId).toBeNull()
})

test('a manager aligns customers with another territory, a rep cannot', () => {
  const stage = stageWithCustomer()
  expect(stage.refusal(rep, alignCustomers, { ids: [id], territoryId: south }).code).toBe('not_allowed')
  const toSouth = { ids: [id], territoryId: south }
  expect(stage.refusal(manager, alignCustomers, toSouth).code).toBe('not_found')
  const top = testId('top')
  stage.rows.put(territory, aTerritory({ id: top, name: '大区' }))
  stage.rows.put(territory, aTerritory({ id: south, name: '南区', parentId: top }))
  stage.rows.put(assignment, anAssignment({ id: testId('a'), memberId: manager.userId, territoryId: top }))
  stage.act(manager, alignCustomers, toSouth)
  expect(stage.rows.get(customer, id)?.territoryId).toBe(south)
  expect(stage.refusal(manager, alignCustomers, { ids: [id], territoryId: testId('nowhere') }).code).toBe(
    'not_found',
  )
})

test('a customer with a history is not removed; one entered by mistake goes with his places', () => {
  const stage = stageWithCustomer()
  stage.rows.put(visit, { id: testId('visit'), customerId: id, ...kept })
  const refusal = stage.refusal(steward, removeCustomer, { id })
  expect([refusal.code, refusal.details]).toEqual(['customer.has_history', { visits: 1, commitments: 0 }])
  stage.rows.drop(visit, testId('visit'))
  stage.act(steward, removeCustomer, { id })
  expect([stage.rows.all(customer), stage.rows.all(affiliation)]).toEqual([[], []])
})

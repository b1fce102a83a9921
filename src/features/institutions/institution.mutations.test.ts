import { expect, test } from 'vitest'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import { now, rep, Stage, steward, testId } from '#tests/kit/stage.ts'
import { department } from './department.entity.ts'
import { institution } from './institution.entity.ts'
import {
  addDepartment,
  createInstitution,
  editInstitution,
  removeDepartment,
  removeInstitution,
} from './institution.mutations.ts'

const id = testId('hospital')
const ward = testId('ward')
const kept = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }

function stageWithHospital(): Stage {
  return new Stage()
    .act(steward, createInstitution, {
      id,
      name: '长沙市中心医院',
      kind: 'general_hospital',
      level: '3A',
      province: null,
      city: '长沙市',
      district: null,
      address: null,
      longitude: null,
      latitude: null,
      phone: null,
      territoryId: null,
    })
    .act(rep, addDepartment, { id: ward, institutionId: id, name: '心内科' })
}

test('a hospital is found by its pinyin and its fragments', () => {
  const { rows } = stageWithHospital()
  expect(rows.get(institution, id)).toMatchObject({
    initials: 'csszxyy',
    pinyin: 'changshashizhongxinyiyuan',
  })
  expect(rows.get(institution, id)?.bigrams).toContain('中心')
})

test('shared master data is the steward’s to change; a rep adds a missing department', () => {
  const stage = stageWithHospital()
  expect(stage.refusal(rep, editInstitution, { id, changes: { level: '3B' } }).code).toBe('not_allowed')
  expect(stage.rows.get(department, ward)?.name).toBe('心内科')
})

test('a department is there once', () => {
  const again = { id: testId('again'), institutionId: id, name: '心内科' }
  expect(stageWithHospital().refusal(rep, addDepartment, again).code).toBe('department.exists')
})

test('where people work nothing is removed', () => {
  const stage = stageWithHospital()
  stage.rows.put(affiliation, { id: testId('a'), institutionId: id, departmentId: ward, ...kept })
  expect(stage.refusal(steward, removeDepartment, { id: ward }).details).toEqual({ people: 1 })
  expect(stage.refusal(steward, removeInstitution, { id }).code).toBe('institution.has_people')
  stage.rows.drop(affiliation, testId('a'))
  stage.act(steward, removeInstitution, { id })
  expect([stage.rows.all(institution), stage.rows.all(department)]).toEqual([[], []])
})

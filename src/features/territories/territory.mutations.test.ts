import { expect, test } from 'vitest'
import { member } from '#features/access/member.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { admin, manager, now, rep, Stage, testId } from '#tests/kit/stage.ts'
import {
  assignMember,
  createTerritory,
  editAssignment,
  moveTerritory,
  removeTerritory,
} from './territory.mutations.ts'
import { holdsOn, subtreeOf, territoriesOf } from './territory.rules.ts'

const [root, north, beijing] = [testId('root'), testId('north'), testId('beijing')]
const kept = { createdAt: now, createdBy: null, updatedAt: now, updatedBy: null }

function tree(): Stage {
  const stage = new Stage()
    .act(admin, createTerritory, { id: root, name: '全国', parentId: null })
    .act(admin, createTerritory, { id: north, name: '华北', parentId: root })
    .act(admin, createTerritory, { id: beijing, name: '北京', parentId: north })
  stage.rows.put(member, {
    id: rep.userId,
    name: '小李',
    email: 'li@example.org',
    roles: ['rep'],
    isActive: true,
    ...kept,
  })
  return stage
}

const assignment = {
  id: testId('a'),
  memberId: rep.userId,
  territoryId: north,
  sinceOn: '2026-11-01',
  untilOn: null,
}

test('whoever works a territory works all below it, on the days of the assignment', () => {
  const { rows } = tree().act(admin, assignMember, { ...assignment, untilOn: '2026-11-23' })
  expect(subtreeOf(rows, root)).toEqual(new Set([root, north, beijing]))
  expect(territoriesOf(rows, rep.userId, '2026-11-23')).toEqual(new Set([north, beijing]))
  expect(territoriesOf(rows, rep.userId, '2026-11-24')).toEqual(new Set())
})

test('first and last day are included', () => {
  const days = { sinceOn: '2026-11-01', untilOn: '2026-11-30' }
  expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((day) => holdsOn(days, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('a territory is not moved below itself', () => {
  const stage = tree()
  expect(stage.refusal(admin, moveTerritory, { id: north, parentId: beijing }).code).toBe(
    'territory.below_itself',
  )
  expect(stage.refusal(admin, moveTerritory, { id: north, parentId: north }).code).toBe(
    'territory.below_itself',
  )
  stage.act(admin, moveTerritory, { id: beijing, parentId: root })
  expect(subtreeOf(stage.rows, north)).toEqual(new Set([north]))
})

test('a territory that is in use is not removed, and says by what', () => {
  const stage = tree()
  stage.rows.put(customer, { id: testId('c'), territoryId: beijing, ...kept })
  expect(stage.refusal(admin, removeTerritory, { id: beijing }).details).toEqual({
    territories: 0,
    assignments: 0,
    customers: 1,
    institutions: 0,
  })
  stage.rows.drop(customer, testId('c'))
  stage.act(admin, removeTerritory, { id: beijing })
  expect(subtreeOf(stage.rows, root)).toEqual(new Set([root, north]))
})

test('an assignment does not end before it begins', () => {
  const stage = tree().act(admin, assignMember, assignment)
  const ends = (untilOn: string) => ({ id: assignment.id, changes: { untilOn } })
  expect(stage.refusal(admin, editAssignment, ends('2026-10-31')).code).toBe('assignment.ends_early')
  expect(() => stage.act(admin, editAssignment, ends('2026-11-01'))).not.toThrow()
})

test('only an administrator changes who works where', () => {
  expect(tree().refusal(manager, assignMember, assignment).code).toBe('not_allowed')
})

import { expect, test } from 'vitest'
import type { Change } from '#core/transaction.ts'
import { territoryMemberships } from '#features/territories/territory.server.ts'
import { member } from './member.entity.ts'
import { watchMembers } from './member-watch.server.ts'

function watching() {
  const seen = { now: 0, changed: [] as string[], left: [] as string[] }
  const watch = watchMembers({
    rule: territoryMemberships,
    changed: (id) => seen.changed.push(id),
    left: (orgId, id) => seen.left.push(`${orgId} ${id}`),
    now: () => seen.now,
  })
  return { watch, seen }
}

function changeOf(isActive: boolean): Change {
  const row = { id: 'li', createdAt: '', createdBy: null, updatedAt: '', updatedBy: null, roles: ['rep'] }
  return { entity: member, id: 'li', before: { ...row, isActive: true }, after: { ...row, isActive } }
}

test('a commit of somebody else that comes first does not use the change up', () => {
  const { watch, seen } = watching()
  watch.rule.rightsOf(changeOf(true))
  watch.committed('another organisation')
  watch.committed('his organisation')
  expect(seen.changed).toEqual(['li', 'li'])
  expect(seen.left).toEqual([])
})

test('who has left is signed out once an organisation', () => {
  const { watch, seen } = watching()
  watch.rule.rightsOf(changeOf(false))
  for (const orgId of ['another', 'his', 'his']) watch.committed(orgId)
  expect(seen.left).toEqual(['another li', 'his li'])
})

test('a minute later nothing is left of it', () => {
  const { watch, seen } = watching()
  watch.rule.rightsOf(changeOf(true))
  seen.now = 60_000
  watch.committed('his')
  expect(seen.changed).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { MemoryRows } from '#core/memory-rows.ts'
import { member } from '#features/access/member.entity.ts'
import { aMember, anAssignment, aTerritory, idOf } from '#tests/kit/field-rows.ts'
import { assignment } from './assignment.entity.ts'
import { territory } from './territory.entity.ts'
import { postingsOfTerritory, teamOf, territoryTree } from './territory.queries.ts'

const today = '2026-11-23'
const [east, shanghai, nanjing] = [idOf(31), idOf(32), idOf(33)]
const [manager, wang, li] = [idOf(41), idOf(42), idOf(43)]

function world(): MemoryRows {
  const rows = new MemoryRows()
  rows.put(territory, aTerritory({ id: east, name: '华东' }))
  rows.put(territory, aTerritory({ id: shanghai, name: '上海', parentId: east }))
  rows.put(territory, aTerritory({ id: nanjing, name: '南京', parentId: east }))
  rows.put(member, aMember({ id: manager, name: '周岚', roles: ['manager'] }))
  rows.put(member, aMember({ id: wang, name: '王敏' }))
  rows.put(member, aMember({ id: li, name: '李强', isActive: false }))
  rows.put(assignment, anAssignment({ id: idOf(51), memberId: manager, territoryId: east }))
  rows.put(assignment, anAssignment({ id: idOf(52), memberId: wang, territoryId: shanghai }))
  rows.put(assignment, anAssignment({ id: idOf(53), memberId: li, territoryId: nanjing }))
  return rows
}

describe('the tree', () => {
  test('lists each territory below its parent, brothers by name', () => {
    expect(territoryTree(world()).map(({ path, depth }) => [path, depth])).toEqual([
      ['华东', 0],
      ['华东 / 南京', 1],
      ['华东 / 上海', 1],
    ])
  })

  test('orders numbered territories by their number', () => {
    const rows = new MemoryRows()
    for (const [n, name] of [
      [1, '三区'],
      [2, '一区'],
      [3, '二区'],
    ] as const) {
      rows.put(territory, aTerritory({ id: idOf(n), name }))
    }
    expect(territoryTree(rows).map((each) => each.territory.name)).toEqual(['一区', '二区', '三区'])
  })

  test('begins with what is in sight where the parent is not', () => {
    const rows = new MemoryRows()
    rows.put(territory, aTerritory({ id: shanghai, name: '上海', parentId: east }))
    expect(territoryTree(rows).map(({ depth }) => depth)).toEqual([0])
  })
})

describe('a team', () => {
  test('is who works below the manager today, without himself and without those who have left', () => {
    expect(teamOf(world(), manager, today).map((each) => each.member.name)).toEqual(['王敏'])
  })

  test('loses a colleague after his last day', () => {
    const rows = world()
    rows.put(
      assignment,
      anAssignment({ id: idOf(52), memberId: wang, territoryId: shanghai, untilOn: today }),
    )
    expect(teamOf(rows, manager, today)).toHaveLength(1)
    expect(teamOf(rows, manager, '2026-11-24')).toHaveLength(0)
  })

  test('leaves out colleagues of the office whose territory is the manager’s own', () => {
    const rows = world()
    rows.put(member, aMember({ id: idOf(44), name: '周医学', roles: ['medical'] }))
    rows.put(assignment, anAssignment({ id: idOf(56), memberId: idOf(44), territoryId: east }))
    expect(teamOf(rows, manager, today).map((each) => each.member.name)).toEqual(['王敏'])
  })

  test('names every territory of a colleague who works two', () => {
    const rows = world()
    rows.put(assignment, anAssignment({ id: idOf(54), memberId: wang, territoryId: nanjing }))
    const names = teamOf(rows, manager, today)[0]?.territories.map(({ name }) => name)
    expect(names?.sort()).toEqual(['上海', '南京'])
  })
})

test('postings of a territory name the present ones first', () => {
  const rows = world()
  rows.put(
    assignment,
    anAssignment({ id: idOf(55), memberId: li, territoryId: shanghai, untilOn: '2026-02-01' }),
  )
  expect(
    postingsOfTerritory(rows, shanghai, today).map((each) => [each.member?.name, each.isCurrent]),
  ).toEqual([
    ['王敏', true],
    ['李强', false],
  ])
})

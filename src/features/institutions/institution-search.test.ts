import { expect, test } from 'vitest'
import type { AnyRow } from '#core/entity.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { nameKeys } from '#core/search-text.ts'
import { department } from './department.entity.ts'
import { institution } from './institution.entity.ts'
import { departmentsOf, findInstitutions } from './institution-search.queries.ts'

const rows = new MemoryRows()
const hospitals = [
  ['北京协和医院', '北京市', '东城区'],
  ['华中科技大学同济医学院附属协和医院', '武汉市', '江汉区'],
  ['协和社区卫生服务站', '上海市', '静安区'],
  ['武汉市第一医院', '武汉市', '硚口区'],
] as const
for (const [name, city, district] of hospitals) {
  // The search reads names, keys and place only.
  const row = { id: name, name, city, district, ...nameKeys(name, pinyinOf) } as unknown as AnyRow
  rows.put(institution, row)
}

const found = (text: string, limit = 10) => findInstitutions(rows, text, limit).map(({ name }) => name)

test('a name that begins with the text comes before one that contains it, the shorter first', () => {
  expect(found('协和')).toEqual(['协和社区卫生服务站', '北京协和医院', '华中科技大学同济医学院附属协和医院'])
})

test('initials, pinyin and the city narrow it down', () => {
  expect(found('bjxh')).toEqual(['北京协和医院'])
  expect(found('xiehe 武汉')).toEqual(['华中科技大学同济医学院附属协和医院'])
  expect(found('硚口')).toEqual(['武汉市第一医院'])
})

test('nothing written offers all in the order of their names, up to the limit', () => {
  expect(found('', 2)).toEqual(['北京协和医院', '华中科技大学同济医学院附属协和医院'])
  expect(found('没有')).toEqual([])
})

test('departments stand in the order of their names', () => {
  for (const name of ['心内科', '儿科', '骨科']) {
    rows.put(department, { id: name, institutionId: '北京协和医院', name } as unknown as AnyRow)
  }
  expect(departmentsOf(rows, '北京协和医院').map(({ name }) => name)).toEqual(['儿科', '骨科', '心内科'])
  expect(departmentsOf(rows, '武汉市第一医院')).toEqual([])
})

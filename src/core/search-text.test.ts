import { expect, test } from 'vitest'
import { pinyinOf } from './pinyin.ts'
import { bigramsOf, bigramsToFind, nameKeys, searchForm } from './search-text.ts'

test.each([
  ['李明华', 'li ming hua', 'liminghua', 'lmh'],
  ['曾小贤', 'zeng xiao xian', 'zengxiaoxian', 'zxx'],
  ['欧阳菲', 'ou yang fei', 'ouyangfei', 'oyf'],
  ['吕苏', 'lv su', 'lvsu', 'ls'],
  ['John 王', 'john wang', 'johnwang', 'jw'],
])('%s is found and ordered by its pinyin', (name, sortKey, pinyin, initials) => {
  expect(nameKeys(name, pinyinOf)).toEqual({ sortKey, pinyin, initials })
})

test('长沙 is ordered under c, not under zhang', () => {
  expect(nameKeys('长沙市中心医院', pinyinOf).sortKey).toMatch(/^chang sha/)
})

test('a name with a rare character has keys that can be kept', () => {
  const keys = nameKeys('李\u{F3DBD}明', pinyinOf)
  expect(Object.values(keys).every((key) => key?.isWellFormed())).toBe(true)
})

test('without the dictionary there are no keys', () => {
  expect(nameKeys('李明华', null)).toEqual({ sortKey: null, pinyin: null, initials: null })
})

test('full width, capitals and separators do not matter for finding', () => {
  expect(searchForm('３０１ 医院（总部）')).toBe('301医院总部')
})

test('every fragment of a name is covered by the name’s bigrams', () => {
  const held = new Set(bigramsOf('首都医科大学附属北京安贞医院'))
  for (const fragment of ['安', '安贞', '北京安贞', '医科大学附属']) {
    expect(bigramsToFind(fragment).every((each) => held.has(each))).toBe(true)
  }
  expect(bigramsToFind('安庆').every((each) => held.has(each))).toBe(false)
})

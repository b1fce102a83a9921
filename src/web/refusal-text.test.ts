import { expect, test } from 'vitest'
import { words } from '#core/words.ts'
import { fieldLabel, refusalText } from './refusal-text.ts'

const catalogue = words({
  'visit.startsAt': { 'zh-CN': '开始时间', en: 'Starts at' },
  'visit.commitment.what': { 'zh-CN': '承诺内容', en: 'What is promised' },
  'commitment.dueOn': { 'zh-CN': '期限', en: 'Due' },
  'territory.in_use': { 'zh-CN': '还有 {customers} 位客户', en: '{customers} customers remain' },
})
const zh = { catalogue, language: 'zh-CN' } as const
const en = { catalogue, language: 'en' } as const

test('a refusal is told by its code, with its figures', () => {
  const refusal = { code: 'territory.in_use', details: { customers: 3 } }
  expect(refusalText(refusal, zh)).toBe('还有 3 位客户')
  expect(refusalText(refusal, en)).toBe('3 customers remain')
})

test('a code that this version does not know still says that nothing is lost, and names itself', () => {
  expect(refusalText({ code: 'visit.brand_new', details: {} }, zh)).toContain('visit.brand_new')
  expect(refusalText({ code: 'toString', details: {} }, zh)).toContain('toString')
})

test('invalid input names each field and how to mend it', () => {
  const details = {
    problems: [
      { path: 'startsAt', code: 'required', params: {} },
      { path: 'commitments.0.what', code: 'too_long', params: { max: 200, length: 240 } },
    ],
  }
  expect(refusalText({ code: 'input.invalid', details, name: 'visit.complete' }, zh)).toBe(
    '开始时间：还没有填写；承诺内容：最多 200 字，现在 240 字',
  )
})

test('a field inside a list has the label of its own subject, else that of the act, else its name', () => {
  expect(fieldLabel('commitments.0.dueOn', 'visit.complete', zh)).toBe('期限')
  expect(fieldLabel('startsAt', 'visit.plan', en)).toBe('Starts at')
  expect(fieldLabel('surprise', 'visit.plan', en)).toBe('surprise')
})

import chineseDays from 'chinese-days'
import { expect, test } from 'vitest'
import { markOf } from './day-marks.ts'

const marked = (day: string) => markOf(chineseDays.getDayDetail(day))

test('a holiday is off and named in both languages', () => {
  expect(marked('2026-10-01')).toEqual({ kind: 'off', name: { 'zh-CN': '国庆节', en: 'National Day' } })
})

test('a Saturday worked for a holiday is a working day', () => {
  expect(marked('2026-10-10')?.kind).toBe('work')
})

test('ordinary days, weekends among them, have no mark', () => {
  expect(marked('2026-11-23')).toBeNull()
  expect(marked('2026-11-28')).toBeNull()
})

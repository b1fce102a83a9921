import { describe, expect, test } from 'vitest'
import { exactDay, lunarDay, sayDay, sayDaysAgo, sayDue, sayMoment, sayRange, sayRecent } from './dates.ts'

// A Monday.
const today = '2026-11-23'
const zh = { today, language: 'zh-CN' } as const
const en = { today, language: 'en' } as const

describe('days are said as people say them', () => {
  test.each([
    ['2026-11-23', '今天', 'Today'],
    ['2026-11-24', '明天', 'Tomorrow'],
    ['2026-11-25', '后天', 'In 2 days'],
    ['2026-11-22', '昨天', 'Yesterday'],
    ['2026-11-21', '前天', '2 days ago'],
    ['2026-11-27', '周五', 'Fri'],
    ['2026-11-29', '周日', 'Sun'],
    ['2026-11-30', '下周一', 'Next Mon'],
    ['2026-12-06', '下周日', 'Next Sun'],
    ['2026-12-07', '12月7日', '7 Dec'],
    ['2026-11-16', '上周一', 'Last Mon'],
    ['2026-11-15', '11月15日', '15 Nov'],
    ['2025-11-23', '2025年11月23日', '23 Nov 2025'],
  ])('%s is %s', (day, chinese, english) => {
    expect(sayDay(day, zh)).toBe(chinese)
    expect(sayDay(day, en)).toBe(english)
  })
})

test('a due day says how late it is, and that no day means soon', () => {
  expect(sayDue('2026-11-21', zh)).toBe('逾期 2 天')
  expect(sayDue('2026-11-22', en)).toBe('overdue by 1 day')
  expect(sayDue('2026-11-23', zh)).toBe('今天到期')
  expect(sayDue('2026-11-27', zh)).toBe('周五前')
  expect(sayDue('2026-11-24', en)).toBe('by tomorrow')
  expect(sayDue('2026-11-25', en)).toBe('by Wed')
  expect(sayDue('2026-11-27', en)).toBe('by Fri')
  expect(sayDue(null, zh)).toBe('尽快')
})

test('moments are told in Shanghai time, whatever the machine is set to', () => {
  expect(sayMoment('2026-11-23T07:00:00.000Z', zh)).toBe('今天 15:00')
  expect(sayMoment('2026-11-23T16:30:00.000Z', zh)).toBe('明天 00:30')
  expect(sayRange('2026-11-23T07:00:00.000Z', 10, zh)).toBe('今天 15:00–15:10')
})

test('what has just happened is told in minutes, then by the clock', () => {
  const now = '2026-11-23T07:00:00.000Z'
  expect(sayRecent('2026-11-23T06:59:30.000Z', now, 'zh-CN')).toBe('刚刚')
  expect(sayRecent('2026-11-23T06:55:00.000Z', now, 'zh-CN')).toBe('5 分钟前')
  expect(sayRecent('2026-11-23T05:00:00.000Z', now, 'en')).toBe('Today 13:00')
})

test('the age of a visit is counted in days', () => {
  expect(sayDaysAgo('2026-11-11', zh)).toBe('12 天前')
  expect(sayDaysAgo('2026-11-22', zh)).toBe('昨天')
})

test('the exact date names the weekday', () => {
  expect(exactDay(today, 'zh-CN')).toBe('2026年11月23日 周一')
  expect(exactDay(today, 'en')).toBe('Mon, 23 Nov 2026')
})

test('the Chinese calendar names new year, mid-autumn and a thirtieth', () => {
  expect(lunarDay('2026-02-17')).toBe('正月初一')
  expect(lunarDay('2026-09-25')).toBe('八月十五')
  expect(lunarDay('2026-02-16')).toBe('腊月廿九')
})

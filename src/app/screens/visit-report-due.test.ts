import { expect, test } from 'vitest'
import { usualDueDays } from './visit-report-due.ts'

test('from a Monday: today, tomorrow, Friday, a week, next Wednesday', () => {
  expect(usualDueDays('2026-11-23')).toEqual([
    '2026-11-23',
    '2026-11-24',
    '2026-11-27',
    '2026-11-30',
    '2026-12-02',
  ])
})

test('a Friday is named once, and a Friday that has passed is not offered', () => {
  expect(usualDueDays('2026-11-27')).toEqual(['2026-11-27', '2026-11-28', '2026-12-02', '2026-12-04'])
  expect(usualDueDays('2026-11-28')).toEqual(['2026-11-28', '2026-11-29', '2026-12-02', '2026-12-05'])
})

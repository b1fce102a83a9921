import { expect, test } from 'vitest'
import { addDays, addMonths, dayOf, daysBetween, instantAt, mondayOf, timeOf, weekdayOf } from './calendar.ts'

test('the day begins at midnight in Shanghai, which is 16:00 in UTC', () => {
  expect(dayOf('2026-11-22T15:59:59.999Z')).toBe('2026-11-22')
  expect(dayOf('2026-11-22T16:00:00.000Z')).toBe('2026-11-23')
  expect(timeOf('2026-11-22T16:30:00.000Z')).toBe('00:30')
  expect(instantAt('2026-11-23', '15:00')).toBe('2026-11-23T07:00:00.000Z')
})

test('weeks begin on Monday', () => {
  expect(weekdayOf('2026-11-23')).toBe(1)
  expect(weekdayOf('2026-11-29')).toBe(7)
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
})

test('days and months are counted over their ends', () => {
  expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
  expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3)
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-01')
  expect(addMonths('2026-01-01', -1)).toBe('2025-12-01')
})

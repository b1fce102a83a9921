import { expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import { hoursOf, movedTo, partOf, timeAt, timeAtPart } from './plan-day.ts'

const day = { from: 8, until: 20 }

test('the drawn hours widen for an early or a late visit', () => {
  expect(hoursOf([])).toEqual(day)
  expect(hoursOf([{ startsAt: instantAt('2026-11-23', '07:40'), minutes: 15 }]).from).toBe(7)
  expect(hoursOf([{ startsAt: instantAt('2026-11-23', '19:50'), minutes: 30 }]).until).toBe(21)
  expect(hoursOf([{ startsAt: instantAt('2026-11-23', '23:50'), minutes: 60 }]).until).toBe(24)
})

test('a point of the column snaps to its half hour and never leaves the drawn hours', () => {
  expect(timeAtPart(0, day)).toBe('08:00')
  expect(timeAtPart(0.5, day)).toBe('14:00')
  expect(timeAtPart(0.535, day)).toBe('14:00')
  expect(timeAtPart(-0.2, day)).toBe('08:00')
  expect(timeAtPart(1.2, day)).toBe('19:30')
})

test('times stay within the day', () => {
  expect(timeAt(-30)).toBe('00:00')
  expect(timeAt(24 * 60)).toBe('23:30')
})

test('a short visit is drawn as half an hour', () => {
  expect(partOf('14:00', 15, day)).toEqual({ top: 0.5, height: 30 / 720 })
})

test('moved to another day without a time, a visit keeps its own', () => {
  expect(movedTo(instantAt('2026-11-23', '15:00'), '2026-11-25', null)).toBe(instantAt('2026-11-25', '15:00'))
  expect(movedTo(instantAt('2026-11-23', '15:00'), '2026-11-25', '09:30')).toBe(
    instantAt('2026-11-25', '09:30'),
  )
})

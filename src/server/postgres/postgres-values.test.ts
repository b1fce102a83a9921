import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant, safeInteger } from './postgres-values.ts'

test('an instant reads as Date.toISOString writes it', () => {
  expect(instant('2026-08-31 09:30:00.5+00')).toBe('2026-08-31T09:30:00.500Z')
  expect(instant('2026-08-31 09:30:00+00')).toBe('2026-08-31T09:30:00.000Z')
  expect(instant('2026-08-31 09:30:00.123456+00')).toBe('2026-08-31T09:30:00.123Z')
  expect(instant('2026-08-31 17:30:00+08')).toBe('2026-08-31T09:30:00.000Z')
  expect(instant('12026-08-31 09:30:00+00')).toBe('+012026-08-31T09:30:00.000Z')
  expect(instant('infinity')).toBe('infinity')
})

test('every instant of this millennium comes back as it went in', () => {
  const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(dates, (date) => {
      const written = date.toISOString().replace('T', ' ').replace(/0*Z$/, '').replace(/\.$/, '')
      expect(instant(`${written}+00`)).toBe(date.toISOString())
    }),
  )
})

test('a bigint that a number cannot hold is an error, not a wrong number', () => {
  expect(safeInteger('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => safeInteger('9007199254740993')).toThrow('too large')
})

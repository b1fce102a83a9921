import { expect, test } from 'vitest'
import { instantAt } from '#core/calendar.ts'
import { aVisit, idOf } from '#tests/kit/field-rows.ts'
import { byKey, type Carried, type Carrying } from './plan-drag.ts'

const visit = aVisit({ id: idOf(11), startsAt: instantAt('2026-11-27', '15:00') })
const carried: Carried = { kind: 'visit', visit, name: '李明华' }

function pressed(...keys: readonly string[]): Carrying | 'drop' | 'leave' | undefined {
  let held: Carrying | null = null
  let last: ReturnType<typeof byKey>
  for (const key of keys) {
    last = byKey(key, carried, held)
    held = typeof last === 'object' ? last : held
  }
  return last
}

test('arrow keys do nothing to a visit that was not picked up', () => {
  expect(pressed('ArrowDown')).toBeUndefined()
  expect(pressed('Enter')).toBeUndefined()
})

test('picked up, a visit moves by half hours and days', () => {
  expect(pressed(' ', 'ArrowDown', 'ArrowDown', 'ArrowRight')).toMatchObject({
    place: { day: '2026-11-28', time: '16:00' },
  })
  expect(pressed(' ', 'ArrowUp', 'ArrowLeft')).toMatchObject({ place: { day: '2026-11-26', time: '14:30' } })
})

test('Enter drops, Escape gives up', () => {
  expect(pressed(' ', 'ArrowDown', 'Enter')).toBe('drop')
  expect(pressed(' ', 'ArrowDown', 'Escape')).toBe('leave')
})

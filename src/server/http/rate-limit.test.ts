import { expect, test } from 'vitest'
import { Refused } from '#core/refused.ts'
import { rateLimit } from './rate-limit.ts'

test('an attempt too many is refused until the window is over', () => {
  let now = 0
  const limit = rateLimit({ most: 2, windowMs: 1000, now: () => now })
  limit.count(['a'])
  limit.count(['a'])
  now = 400
  expect(() => limit.count(['a'])).toThrow(new Refused('rate_limited', { retryAfterSeconds: 1 }))
  limit.count(['b'])
  now = 1000
  limit.count(['a'])
})

test('what succeeded is forgotten', () => {
  const limit = rateLimit({ most: 1, windowMs: 1000, now: () => 0 })
  limit.count(['a'])
  limit.forget('a')
  limit.count(['a'])
  expect(() => limit.count(['a'])).toThrow('rate_limited')
})

test('an attempt that is given back does not count', () => {
  const limit = rateLimit({ most: 1, windowMs: 1000, now: () => 0 })
  limit.count(['a'])
  limit.giveBack('a')
  limit.count(['a'])
  expect(() => limit.count(['a'])).toThrow('rate_limited')
})

test('somebody who fills the memory pushes out the oldest, and no more', () => {
  const limit = rateLimit({ most: 1, windowMs: 1000, now: () => 0 })
  for (let n = 0; n < 50_001; n += 1) limit.count([`key ${n}`])
  limit.count(['key 0'])
  expect(() => limit.count(['key 50000'])).toThrow('rate_limited')
})

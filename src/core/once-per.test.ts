import { expect, test } from 'vitest'
import { oncePer } from './once-per.ts'

test('the same arguments are worked out once, other ones anew', () => {
  let calls = 0
  const total = oncePer((a: readonly number[], b: readonly number[]) => {
    calls += 1
    return a.length + b.length
  })
  const [one, two] = [[1], [1, 2]]
  expect([total(one, two), total(one, two), calls]).toEqual([3, 3, 1])
  expect([total(two, one), total(one, one), calls]).toEqual([3, 2, 3])
  expect([total([1], two), calls]).toEqual([3, 4])
})

test('an answer of undefined is remembered too', () => {
  let calls = 0
  const nothing = oncePer((_: object): undefined => {
    calls += 1
    return undefined
  })
  const key = {}
  nothing(key)
  nothing(key)
  expect(calls).toBe(1)
})

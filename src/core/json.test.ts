import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, sameJson } from './json.ts'

test('the order of keys does not matter', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: '二' }] })).toBe('{"a":[{"c":"二","d":null}],"b":1}')
  expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true)
  expect(sameJson([1, 2], [2, 1])).toBe(false)
})

test('the text is JSON that means the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // fast-check's JSON values are JSON.
      const json = value as Json
      expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)))
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFields, checkValue, problemsOf } from './check.ts'
import {
  day,
  decimal,
  flag,
  id,
  instant,
  integer,
  json,
  listOf,
  maybe,
  oneOf,
  patchOf,
  shape,
  text,
} from './field.ts'
import { Refused } from './refused.ts'

const fields = {
  id: id(),
  name: text({ max: 5 }),
  note: maybe(text({ max: 20, multiline: true })),
  channel: oneOf(['phone', 'online']),
  minutes: integer({ min: 1, max: 600 }),
  longitude: maybe(decimal({ min: -180, max: 180 })),
  isPrimary: flag(),
  dueOn: maybe(day()),
  startsAt: instant(),
  tags: listOf(text({ max: 3 }), { max: 2 }),
}

const good = {
  id: '0190aaaa-0000-7000-8000-00000000000A',
  name: ' 李明华 ',
  channel: 'phone',
  minutes: 15,
  isPrimary: false,
  dueOn: '2026-02-28',
  startsAt: '2026-11-23T15:00:00+08:00',
  tags: ['一'],
}

function refusalOf(act: () => unknown): Refused {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('values are normalised: text trimmed, ids in lower case, instants in UTC, absent is null', () => {
  expect(checkFields(fields, good)).toEqual({
    ...good,
    id: '0190aaaa-0000-7000-8000-00000000000a',
    name: '李明华',
    note: null,
    longitude: null,
    startsAt: '2026-11-23T07:00:00.000Z',
  })
})

test('every problem is named, with its path and its figures', () => {
  const refusal = refusalOf(() =>
    checkFields(fields, { ...good, name: '一二三四五六', minutes: 0, tags: ['好', 7], colour: 'red' }),
  )
  expect(refusal.code).toBe('input.invalid')
  expect(refusal.details).toEqual({
    problems: [
      { path: 'name', code: 'too_long', params: { max: 5, length: 6 } },
      { path: 'minutes', code: 'out_of_range', params: { min: 1, max: 600 } },
      { path: 'tags.1', code: 'not_text', params: {} },
      { path: 'colour', code: 'unknown_field', params: {} },
    ],
  })
})

test.each(['2026-02-29', '2026-13-01', '26-01-01', '1899-12-31', '2200-01-01', 20260101])(
  '%s is no day',
  (value) => {
    expect(problemsOf(day(), value, 'dueOn')).toEqual([{ path: 'dueOn', code: 'not_a_day', params: {} }])
  },
)

test.each(['a\u0000b', 'a\u001Bb', 'a\uD800b'])('characters that cannot be kept are refused', (value) => {
  expect(problemsOf(text({ max: 9 }), value, 'name')[0]?.code).toBe('unreadable_characters')
})

test('a line break belongs only into text of several lines', () => {
  expect(problemsOf(text({ max: 9 }), 'a\nb', 'name')[0]?.code).toBe('one_line_only')
  expect(problemsOf(text({ max: 9, multiline: true }), 'a\nb', 'note')).toEqual([])
})

test('empty text is missing where something is required, and nothing where it is not', () => {
  expect(problemsOf(text({ max: 9 }), '  ', 'name')[0]?.code).toBe('required')
  expect(checkValue(maybe(text({ max: 9 })), '  ', 'name')).toEqual({ value: null })
})

test('a patch keeps only what is there, and tells null from absent', () => {
  const patch = { changes: patchOf({ name: text({ max: 5 }), note: maybe(text({ max: 5 })) }) }
  expect(checkFields(patch, { changes: { note: null } })).toEqual({ changes: { note: null } })
  expect(refusalOf(() => checkFields(patch, { changes: { name: null } })).details).toEqual({
    problems: [{ path: 'changes.name', code: 'required', params: {} }],
  })
})

test('names of the language itself are no way in', () => {
  const input = JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1}') as unknown
  expect(refusalOf(() => checkFields({ name: text({ max: 5 }) }, input)).details).toMatchObject({
    problems: [
      { path: 'name', code: 'required' },
      { path: '__proto__', code: 'unknown_field' },
      { path: 'constructor', code: 'unknown_field' },
    ],
  })
})

test('any input is either refused with problems or comes out the same when checked again', () => {
  const all = { ...fields, inner: maybe(shape({ any: maybe(json({ max: 50 })) })) }
  const likely = fc.record(
    {
      id: fc.oneof(fc.uuid(), fc.anything()),
      name: fc.oneof(fc.string(), fc.anything()),
      channel: fc.constantFrom('phone', 'online', 'fax'),
      minutes: fc.oneof(fc.integer(), fc.double()),
      isPrimary: fc.boolean(),
      startsAt: fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.string(),
      ),
      tags: fc.oneof(fc.array(fc.string()), fc.anything()),
      inner: fc.anything(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(likely, fc.anything()), (input) => {
      let value: unknown
      try {
        value = checkFields(all, input)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        expect(error.details.problems).not.toEqual([])
        return
      }
      expect(checkFields(all, value)).toEqual(value)
    }),
    { numRuns: 2000 },
  )
})

import type { Field, Fields, ValuesOf } from './field.ts'
import type { Json, JsonObject } from './json.ts'
import { Refused } from './refused.ts'

/** What is wrong with one value: where (`commitments.0.dueOn`), a code with a text in the words, and its figures. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly params: JsonObject
}

type Checked = { readonly value: Json } | { readonly problems: readonly Problem[] }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const dayText = /^(\d{4})-(\d{2})-(\d{2})$/
const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/
// Control characters other than tab, line feed and carriage return; Postgres cannot store U+0000 at all.
const controlCharacters = /(?![\t\n\r])\p{Cc}/u
const lineBreaks = /[\n\r\u2028\u2029]/

/**
 * The values of these fields out of an unknown input, normalised: text trimmed and NFC, instants in UTC.
 * An absent nullable field is `null`.
 *
 * @throws Refused `input.invalid` with the problems (`details.problems`), not only the first: up to a hundred.
 */
export function checkFields<F extends Fields>(fields: F, input: unknown): ValuesOf<F> {
  const result = shapeOf(fields, input, '')
  if ('problems' in result) {
    const problems = result.problems.slice(0, mostProblems).map((each) => ({ ...each }))
    throw new Refused('input.invalid', { problems })
  }
  // shapeOf has built exactly the fields of F, each checked against its own kind.
  return result.value as ValuesOf<F>
}

/** More than anybody mends at once; input that is wrong in a million places must not make an answer as long. */
const mostProblems = 100

/** All problems of one value, none when it is fine. For forms, which ask while somebody types. */
export function problemsOf(field: Field, input: unknown, path: string): readonly Problem[] {
  const result = checkValue(field, input, path)
  return 'problems' in result ? result.problems : []
}

/** One value, normalised, or what is wrong with it. */
export function checkValue(field: Field, input: unknown, path: string): Checked {
  if (input === null || input === undefined) {
    return field.nullable ? { value: null } : wrong(path, 'required')
  }
  switch (field.kind) {
    case 'id':
    case 'ref':
      return idOf(input, path)
    case 'text':
      return textOf(field, input, path)
    case 'oneOf':
      return typeof input === 'string' && field.options?.includes(input)
        ? { value: input }
        : wrong(path, 'not_an_option', { options: field.options ?? [] })
    case 'integer':
    case 'decimal':
      return numberOf(field, input, path)
    case 'flag':
      return typeof input === 'boolean' ? { value: input } : wrong(path, 'not_a_flag')
    case 'day':
      return isDay(input) ? { value: input } : wrong(path, 'not_a_day')
    case 'instant':
      return instantOf(input, path)
    case 'list':
      return listValue(field, input, path)
    case 'shape':
    case 'patch':
      return shapeOf(field.fields ?? {}, input, path, field.kind === 'patch')
    case 'json':
      return jsonOf(field, input, path)
  }
}

function wrong(path: string, code: string, params: JsonObject = {}): Checked {
  return { problems: [{ path, code, params }] }
}

function idOf(input: unknown, path: string): Checked {
  const value = typeof input === 'string' ? input.toLowerCase() : ''
  return uuid.test(value) ? { value } : wrong(path, 'not_an_id')
}

function textOf(field: Field, input: unknown, path: string): Checked {
  if (typeof input !== 'string') return wrong(path, 'not_text')
  if (controlCharacters.test(input) || !input.isWellFormed()) return wrong(path, 'unreadable_characters')
  const value = input.normalize('NFC').trim()
  if (!field.multiline && lineBreaks.test(value)) return wrong(path, 'one_line_only')
  const { min = 1, max = 0 } = field
  if (value.length > max) return wrong(path, 'too_long', { max, length: value.length })
  if (value.length >= min) return { value }
  if (value === '') return field.nullable ? { value: null } : wrong(path, 'required')
  return wrong(path, 'too_short', { min })
}

function numberOf(field: Field, input: unknown, path: string): Checked {
  if (typeof input !== 'number' || !Number.isFinite(input)) return wrong(path, 'not_a_number')
  if (field.kind === 'integer' && !Number.isInteger(input)) return wrong(path, 'not_whole')
  const { min = 0, max = 0 } = field
  return input < min || input > max ? wrong(path, 'out_of_range', { min, max }) : { value: input }
}

/** A real day of the calendar, `YYYY-MM-DD`, in the years 1900 to 2199. */
export function isDay(input: unknown): input is string {
  const match = typeof input === 'string' ? dayText.exec(input) : null
  if (match === null || typeof input !== 'string') return false
  const year = Number(match[1])
  const date = new Date(`${input}T00:00:00Z`)
  return year >= 1900 && year < 2200 && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(input)
}

function instantOf(input: unknown, path: string): Checked {
  if (typeof input !== 'string' || !instantText.test(input) || !isDay(input.slice(0, 10))) {
    return wrong(path, 'not_an_instant')
  }
  const moment = new Date(input)
  return Number.isNaN(moment.valueOf()) ? wrong(path, 'not_an_instant') : { value: moment.toISOString() }
}

function listValue(field: Field, input: unknown, path: string): Checked {
  if (!Array.isArray(input)) return wrong(path, 'not_a_list')
  const { element, max = 0 } = field
  if (input.length > max) return wrong(path, 'too_many', { max, length: input.length })
  if (element === undefined) throw new Error('a list field needs its element')
  const value: Json[] = []
  const problems: Problem[] = []
  input.forEach((item: unknown, index) => {
    const result = checkValue(element, item, `${path}.${index}`)
    if ('problems' in result) problems.push(...result.problems)
    else value.push(result.value)
  })
  return problems.length > 0 ? { problems } : { value }
}

function shapeOf(fields: Fields, input: unknown, path: string, isPatch = false): Checked {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return wrong(path, 'not_an_object')
  const given = new Map<string, unknown>(Object.entries(input))
  const value: { [name: string]: Json } = {}
  const problems: Problem[] = []
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  for (const [name, field] of Object.entries(fields)) {
    if (isPatch && given.get(name) === undefined) {
      given.delete(name)
      continue
    }
    const result = checkValue(field, given.get(name), at(name))
    if ('problems' in result) problems.push(...result.problems)
    else value[name] = result.value
    given.delete(name)
  }
  // A misspelt field would otherwise be lost without a word.
  for (const name of given.keys()) problems.push({ path: at(name), code: 'unknown_field', params: {} })
  return problems.length > 0 ? { problems } : { value }
}

function jsonOf(field: Field, input: unknown, path: string): Checked {
  const source = JSON.stringify(input)
  if (source === undefined) return wrong(path, 'not_json')
  if (source.includes('\\u0000') || !source.isWellFormed()) return wrong(path, 'unreadable_characters')
  const { max = 0 } = field
  if (source.length > max) return wrong(path, 'too_long', { max, length: source.length })
  // It has just been written by JSON.stringify.
  return { value: JSON.parse(source) as Json }
}

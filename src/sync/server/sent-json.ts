// Arguments and base of a mutation as they came in: any JSON objects, within limits.
import type { Json, JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { SentMutation } from '../protocol.ts'

/** Most characters of one mutation's arguments, and of what its author saw. */
const textLimit = 500_000
/** Nothing of ours nests deeper; unbounded nesting would exhaust the stack of whatever walks it. */
const depthLimit = 40

/** @throws Refused `input.invalid` unless it is an object of bounded size and depth */
export function sentObject(input: unknown, path: string): JsonObject {
  if (!isObject(input)) throw invalid(path, 'not_an_object')
  if (!isShallow(input, depthLimit)) throw invalid(path, 'too_deep')
  if (JSON.stringify(input).length > textLimit) throw invalid(path, 'too_long')
  return input
}

/** What the author saw: `entity:id` → field → value. @throws Refused `input.invalid` */
export function sentBase(input: unknown, path: string): SentMutation['base'] {
  const object = sentObject(input, path)
  const rows = Object.entries(object).map(([key, value]) => {
    if (!isObject(value)) throw invalid(`${path}.${key}`, 'not_an_object')
    return [key, value] as const
  })
  return Object.fromEntries(rows)
}

function isShallow(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((each: Json) => isShallow(each, depth - 1))
}

/** What JSON.parse has read as an object holds JSON. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(path: string, code: string): Refused {
  return new Refused('input.invalid', { problems: [{ path, code, params: {} }] })
}

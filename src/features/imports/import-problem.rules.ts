import type { Json, JsonObject } from '#core/json.ts'

/** `error`: the row cannot go in as it is. `warning`: it can, and this was repaired or is worth a look. */
export type ProblemSeverity = 'error' | 'warning'

/** What is wrong with a value. The code's text says what it is and how to mend it; `params` fill that text. */
export interface ValueProblem {
  readonly code: string
  readonly severity: ProblemSeverity
  readonly params: JsonObject
}

/** A value out of a cell, or null, and what was noticed on the way. An error never comes with a value. */
export interface Parsed<T extends Json = Json> {
  readonly value: T | null
  readonly problems: readonly ValueProblem[]
}

export function parsed<T extends Json>(value: T | null, problems: readonly ValueProblem[] = []): Parsed<T> {
  return { value, problems }
}

/** No value, and why. Never generic: it fits where any value is parsed. */
export function unreadable(code: string, params: JsonObject): Parsed<never> {
  return { value: null, problems: [{ code, severity: 'error', params }] }
}

export function warning(code: string, params: JsonObject): ValueProblem {
  return { code, severity: 'warning', params }
}

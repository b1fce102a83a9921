import type { Json, JsonObject } from './json.ts'

/**
 * How two people's changes of one field meet (see docs/decisions on sync):
 * `guarded` changes only through a state machine in its mutation; `value` the last accepted wins and the
 * losing value is kept as a conflict; `longText` the same, shown side by side; `set` additions and removals
 * commute; `appended` is written once; `server` is never written by a device.
 */
export type ConflictClass = 'guarded' | 'value' | 'longText' | 'set' | 'appended' | 'server'

export interface FieldFacts {
  /** Kept in an index on the device and on the server. */
  readonly indexed?: boolean
  /** About an identifiable person: part of the subject-access package, sealed in the audit, erasable. */
  readonly personal?: boolean
  /** Free text that the rule engine reads while it is typed and again on the server. */
  readonly screened?: boolean
  /** Never sent to a device. */
  readonly serverOnly?: boolean
  readonly conflict?: ConflictClass
}

export type FieldKind =
  | 'id'
  | 'ref'
  | 'text'
  | 'oneOf'
  | 'integer'
  | 'decimal'
  | 'flag'
  | 'day'
  | 'instant'
  | 'list'
  | 'shape'
  | 'patch'
  | 'json'

declare const valueType: unique symbol

/** A field of an entity or of a mutation's arguments: what it may hold, and the facts that follow it everywhere. */
export interface Field<T extends Json = Json> {
  readonly kind: FieldKind
  readonly nullable: boolean
  readonly facts: FieldFacts
  /** `ref`: the entity it points to. */
  readonly to?: string
  /** `text`: most characters. `list`: most elements. `integer`, `decimal`: greatest value. */
  readonly max?: number
  /** `text`: least characters (1 unless said otherwise). `integer`, `decimal`: least value. */
  readonly min?: number
  readonly multiline?: boolean
  readonly options?: readonly string[]
  readonly element?: Field
  readonly fields?: Fields
  /** Only for the compiler: the type of the value. */
  readonly [valueType]?: T
}

export type Fields = { readonly [name: string]: Field }

export type ValueOf<F> = F extends Field<infer T> ? T : never

/** The values of a set of fields. Rows hold `null`, never `undefined`. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }

/** A UUIDv7 made by the application (on the device for what the device creates). */
export function id(): Field<string> {
  return { kind: 'id', nullable: false, facts: {} }
}

/** The id of a row of another entity. */
export function ref(to: string, facts: FieldFacts = {}): Field<string> {
  return { kind: 'ref', nullable: false, to, facts: { indexed: true, ...facts } }
}

interface TextLimits extends FieldFacts {
  readonly max: number
  readonly min?: number
  readonly multiline?: boolean
}

/** Text of `min` (1) to `max` characters (UTF-16 units); white space at the ends does not count and is not kept. */
export function text({ max, min = 1, multiline = false, ...facts }: TextLimits): Field<string> {
  return { kind: 'text', nullable: false, max, min, multiline, facts }
}

/** One of a closed list of words. */
export function oneOf<const O extends string>(options: readonly O[], facts: FieldFacts = {}): Field<O> {
  return { kind: 'oneOf', nullable: false, options, facts }
}

interface NumberLimits extends FieldFacts {
  readonly min: number
  readonly max: number
}

export function integer({ min, max, ...facts }: NumberLimits): Field<number> {
  return { kind: 'integer', nullable: false, min, max, facts }
}

export function decimal({ min, max, ...facts }: NumberLimits): Field<number> {
  return { kind: 'decimal', nullable: false, min, max, facts }
}

/** Yes or no. */
export function flag(facts: FieldFacts = {}): Field<boolean> {
  return { kind: 'flag', nullable: false, facts }
}

/** A day in Asia/Shanghai, `YYYY-MM-DD`. */
export function day(facts: FieldFacts = {}): Field<string> {
  return { kind: 'day', nullable: false, facts }
}

/** A moment, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export function instant(facts: FieldFacts = {}): Field<string> {
  return { kind: 'instant', nullable: false, facts }
}

interface ListLimits extends FieldFacts {
  readonly max: number
}

export function listOf<T extends Json>(
  element: Field<T>,
  { max, ...facts }: ListLimits,
): Field<readonly T[]> {
  return { kind: 'list', nullable: false, element, max, facts }
}

/** A group of fields, for arguments that carry rows inside them (a visit report with its commitments). */
export function shape<F extends Fields>(fields: F, facts: FieldFacts = {}): Field<ValuesOf<F>> {
  return { kind: 'shape', nullable: false, fields, facts }
}

/**
 * Some of these fields: what is absent stays as it is, what is `null` is emptied. The argument of every
 * `….edit` mutation.
 */
export function patchOf<F extends Fields>(fields: F): Field<Partial<ValuesOf<F>> & JsonObject> {
  return { kind: 'patch', nullable: false, fields, facts: {} }
}

/** Any JSON value, at most `max` characters of it as text. For kept values whose type is another field's. */
export function json({ max, ...facts }: ListLimits): Field<Json> {
  return { kind: 'json', nullable: false, max, facts }
}

/** The same field, or `null` for nothing. */
export function maybe<T extends Json>(field: Field<T>): Field<T | null> {
  return { ...field, nullable: true }
}

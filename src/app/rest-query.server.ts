// What a list is asked for in the address: `?filter[status]=planned&filter[visitOn][from]=2026-11-01&sort=-visitOn`.
import { checkFields } from '#core/check.ts'
import { type Entity, fieldOf } from '#core/entity.ts'
import { type Field, integer, maybe, text } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { ListRequest } from '#sync/server/read-rows.ts'

const plainFields = {
  sort: maybe(text({ max: 80 })),
  limit: maybe(integer({ min: 1, max: 200 })),
  cursor: maybe(text({ max: 4000 })),
  search: maybe(text({ max: 40 })),
}

const filterName = /^filter\[(\w{1,60})\](?:\[(from|to)\])?$/

/**
 * The question in a query string, its texts turned into what the entity's fields hold.
 * @throws Refused `input.invalid` for a parameter that is not one, `filter.unknown_field` from the list itself
 */
export function listRequestOf(entity: Entity, query: { readonly [name: string]: unknown }): ListRequest {
  const plain: { [name: string]: unknown } = {}
  const filter = new Map<string, Json>()
  for (const [name, given] of Object.entries(query)) {
    const [, field, end] = filterName.exec(name) ?? []
    if (field === undefined) plain[name] = name === 'limit' ? numberIn(given) : given
    else if (end === undefined) setWhole(filter, field, valuesOf(fieldOf(entity, field), given))
    else setEnd(filter, { field, end }, valuesOf(fieldOf(entity, field), given))
  }
  const { sort, limit, cursor, search } = checkFields(plainFields, plain)
  return {
    filter: Object.fromEntries(filter),
    ...(sort === null ? {} : { sort }),
    ...(limit === null ? {} : { limit }),
    ...(cursor === null ? {} : { cursor }),
    ...(search === null ? {} : { search }),
  }
}

/** A parameter that is repeated means any of its values; an empty one means that there is no value. */
function valuesOf(field: Field | undefined, given: unknown): Json {
  if (Array.isArray(given)) return given.map((each) => typedValue(field, each))
  return typedValue(field, given)
}

function typedValue(field: Field | undefined, given: unknown): Json {
  const source = String(given)
  if (source === '') return null
  if (field?.kind === 'integer' || field?.kind === 'decimal') return numberIn(source) ?? source
  if (field?.kind === 'flag') return source === 'true' ? true : source === 'false' ? false : source
  return source
}

/** The number that a text spells, so that what is none is told apart from 0. */
function numberIn(given: unknown): Json {
  return typeof given === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(given) ? Number(given) : String(given)
}

function setWhole(filter: Map<string, Json>, field: string, value: Json): void {
  if (filter.has(field)) throw ambiguous(field)
  filter.set(field, value)
}

function setEnd(
  filter: Map<string, Json>,
  { field, end }: { readonly field: string; readonly end: string },
  value: Json,
): void {
  const known = filter.get(field)
  if (known !== undefined && !isRange(known)) throw ambiguous(field)
  filter.set(field, { ...known, [end]: value })
}

function isRange(value: Json): value is { readonly [end: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Both a value and a range of one field. */
function ambiguous(field: string): Refused {
  const problem = { path: `filter.${field}`, code: 'unknown_field', params: {} }
  return new Refused('input.invalid', { problems: [problem] })
}

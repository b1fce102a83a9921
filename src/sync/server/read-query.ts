// What may be asked of a list, and the SQL that asks it.
import { checkFields, checkValue } from '#core/check.ts'
import { type Entity, fieldOf } from '#core/entity.ts'
import { type Field, id, maybe, text } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import { bigramsToFind, searchForm } from '#core/search-text.ts'
import { columnName, columnType, knownField, tableOf } from '#server/postgres/sql-columns.ts'

/** What may be asked of a list of this entity, for its description to the outside. */
export interface ListFacts {
  readonly filter: readonly string[]
  readonly sort: readonly string[]
  /** Whether rows can be found by a fragment of their name, by pinyin or by initials. */
  readonly canSearch: boolean
}

const filterKinds = ['id', 'ref', 'oneOf', 'integer', 'decimal', 'flag', 'day', 'instant']
const sortKinds = ['id', 'integer', 'decimal', 'day', 'instant']
const ranges = ['integer', 'decimal', 'day', 'instant']

export function listFacts(entity: Entity): ListFacts {
  const names = entity.columns.filter((name) => knownField(entity, name).facts.serverOnly !== true)
  const isIndexedText = (name: string) => {
    const { kind, facts } = knownField(entity, name)
    return kind === 'text' && facts.indexed === true
  }
  return {
    filter: names.filter(
      (name) => filterKinds.includes(knownField(entity, name).kind) || isIndexedText(name),
    ),
    sort: names.filter((name) => sortKinds.includes(knownField(entity, name).kind) || name === 'sortKey'),
    canSearch: ['bigrams', 'pinyin', 'initials'].every((name) => Object.hasOwn(entity.fields, name)),
  }
}

/** Collects values and gives their places in the statement. */
export class Values {
  readonly all: unknown[] = []

  add(value: unknown, type: string): string {
    this.all.push(value)
    return `$${this.all.length}::${type}`
  }
}

/**
 * Conditions for a filter: field → value, list of values (any of them), or `{ from?, to? }` (both included).
 * @throws Refused `filter.unknown_field`, `input.invalid`
 */
export function conditionsOf(
  entity: Entity,
  filter: { readonly [field: string]: unknown },
  values: Values,
): readonly string[] {
  const { filter: allowed } = listFacts(entity)
  return Object.entries(filter).flatMap(([name, wanted]) => {
    if (!allowed.includes(name)) throw new Refused('filter.unknown_field', { field: name, allowed })
    return conditionOf(knownField(entity, name), name, { wanted, values })
  })
}

const mostOfMany = 500

function conditionOf(
  field: Field,
  name: string,
  { wanted, values }: { readonly wanted: unknown; readonly values: Values },
): readonly string[] {
  const column = `t.${columnName(name)}`
  const type = columnType(field)
  if (wanted === null) return [`${column} is null`]
  if (Array.isArray(wanted)) {
    if (wanted.length > mostOfMany) throw wrong(name, 'too_many', { max: mostOfMany, length: wanted.length })
    return [
      `${column} = any(${values.add(
        wanted.map((each) => checked(field, each, name)),
        `${type}[]`,
      )})`,
    ]
  }
  if (typeof wanted === 'object' && ranges.includes(field.kind)) {
    const range = checkFields({ from: rangeEnd(field), to: rangeEnd(field) }, wanted)
    return [
      ...(range.from === null ? [] : [`${column} >= ${values.add(range.from, type)}`]),
      ...(range.to === null ? [] : [`${column} <= ${values.add(range.to, type)}`]),
    ]
  }
  return [`${column} = ${values.add(checked(field, wanted, name), type)}`]
}

/** What the column of a whole number can be compared with. */
const mostInteger = 2_147_483_647

/** Ends of a range may lie beyond what the field itself may hold. */
function rangeEnd(field: Field): Field<Json> {
  const beyond = field.kind === 'integer' ? mostInteger : Number.MAX_SAFE_INTEGER
  return { ...field, nullable: true, min: -beyond, max: beyond }
}

function checked(field: Field, input: unknown, path: string): Json {
  const result = checkValue({ ...field, nullable: false }, input, path)
  if ('problems' in result) {
    throw new Refused('input.invalid', { problems: result.problems.map((each) => ({ ...each })) })
  }
  return result.value
}

function wrong(path: string, code: string, params: { readonly [name: string]: Json } = {}): Refused {
  return new Refused('input.invalid', { problems: [{ path, code, params }] })
}

const searchLimit = 40

/** How a search is to be answered. */
export interface Search {
  readonly text: string
  /** Whether all rows of the organisation are searched, or the few of some territories. */
  readonly isWide: boolean
}

/**
 * The condition for a search: Chinese by fragments of the name, Latin letters by the beginning of pinyin or
 * initials too. @throws Refused `search.not_possible`, `input.invalid`
 */
export function searchCondition(entity: Entity, search: Search, values: Values): string {
  if (!listFacts(entity).canSearch) throw new Refused('search.not_possible', { entity: entity.name })
  const { text: given } = checkFields({ text: text({ max: searchLimit }) }, { text: search.text })
  const form = searchForm(given)
  // Nothing but spaces and signs is in no name.
  if (form === '') return 'false'
  const terms = values.add(bigramsToFind(form), 'text[]')
  // One character is in many names: walking along the order soon fills a page, as it does in a territory.
  const byFragment =
    search.isWide && [...form].length > 1
      ? `t.id = any(array(select ${tableOf(entity).slice(1, -1)}_with_bigrams(${terms})))`
      : `t.bigrams @> ${terms}`
  if (!/^[a-z]+$/.test(form)) return byFragment
  // Ranges instead of LIKE, which row-level security would not let an index answer.
  const from = values.add(form, 'text')
  const to = values.add(`${form}\u{10FFFF}`, 'text')
  const beginsWith = (column: string) => `(t.${column} >= ${from} and t.${column} < ${to})`
  return `(${beginsWith('pinyin')} or ${beginsWith('initials')} or ${byFragment})`
}

/** By which column a list is ordered; the id breaks ties. */
export interface Order {
  readonly field: string
  readonly column: string
  readonly type: string
  readonly isDescending: boolean
  readonly isNullable: boolean
}

/** `name`, or `-name` for descending. @throws Refused `sort.unknown_field` */
export function orderOf(entity: Entity, sort: string | undefined): Order {
  const { sort: allowed } = listFacts(entity)
  const wanted = sort ?? (allowed.includes('sortKey') ? 'sortKey' : '-id')
  const isDescending = wanted.startsWith('-')
  const name = isDescending ? wanted.slice(1) : wanted
  const field = fieldOf(entity, name)
  if (!field || !allowed.includes(name)) throw new Refused('sort.unknown_field', { field: name, allowed })
  const type = columnType(field)
  return { field: name, column: columnName(name), type, isDescending, isNullable: field.nullable }
}

/** Where a list goes on: the last row's place in its order. */
export interface Place {
  readonly value: Json
  readonly id: string
}

export function placeText({ value, id: last }: Place): string {
  return Buffer.from(JSON.stringify([value, last])).toString('base64url')
}

/** @throws Refused `list.unknown_cursor` for a text that is none of ours */
export function readPlace(cursor: string, entity: Entity, { field }: Order): Place {
  try {
    const [value, last]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const known = knownField(entity, field)
    const kept = known.kind === 'text' ? maybe(text({ max: 1000 })) : maybe(known)
    return checkFields({ value: kept, id: id() }, { value, id: last })
  } catch {
    throw new Refused('list.unknown_cursor')
  }
}

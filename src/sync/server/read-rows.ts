// Reading from outside a device: lists and single rows, within the reader's rights.
import type { PoolClient } from 'pg'
import { dayOf } from '#core/calendar.ts'
import { checkFields, checkValue } from '#core/check.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import { id, integer, text } from '#core/field.ts'
import type { JsonObject } from '#core/json.ts'
import { notFound } from '#core/refused.ts'
import { type Reach, reachOf } from '#core/role.ts'
import { prepared } from '#server/postgres/sql.ts'
import { columnName, tableOf } from '#server/postgres/sql-columns.ts'
import { inOrg } from '#server/postgres/transaction.ts'
import type { Principal, ServerDeps } from './principal.ts'
import {
  conditionsOf,
  type Order,
  orderOf,
  type Place,
  placeText,
  readPlace,
  searchCondition,
  Values,
} from './read-query.ts'
import { publicRow } from './row-text.ts'

export interface ListRequest {
  /** Field → value, list of values, or `{ from?, to? }`. */
  readonly filter?: { readonly [field: string]: unknown }
  /** A field, with `-` before it for descending. */
  readonly sort?: string
  /** Rows in one answer, at most 200; 50 unless said otherwise. */
  readonly limit?: number
  /** `next` of the answer before. */
  readonly cursor?: string
  /** A fragment of a name, the beginning of its pinyin, or its initials. */
  readonly search?: string
}

export interface ListAnswer {
  readonly rows: readonly JsonObject[]
  /** Null at the end of the list. */
  readonly next: string | null
}

/** The same as `readListText`, read: for those in the same process. */
export async function readList(
  deps: ServerDeps,
  principal: Principal,
  name: string,
  request: ListRequest = {},
): Promise<ListAnswer> {
  // It was written as the text of an answer just now.
  return JSON.parse(await readListText(deps, principal, name, request)) as ListAnswer
}

/**
 * A page of an entity's rows that this person may see, as the JSON text of a `ListAnswer`.
 * @throws Refused `not_found` for an entity that is none or not his to read, `filter.unknown_field`,
 *   `sort.unknown_field`, `search.not_possible`, `list.unknown_cursor`, `input.invalid`
 */
export async function readListText(
  deps: ServerDeps,
  principal: Principal,
  name: string,
  request: ListRequest = {},
): Promise<string> {
  const { entity, reach } = readable(deps, principal, name)
  const { limit } = checkFields({ limit: integer({ min: 1, max: 200 }) }, { limit: request.limit ?? 50 })
  const order = orderOf(entity, request.sort)
  const { cursor } = request
  const place =
    cursor === undefined ? null : readPlace(checkFields(cursorField, { cursor }).cursor, entity, order)
  const asked = { deps, principal, entity, reach, order, request }
  return inOrg(deps.pool, principal.orgId, async (client) => {
    const rows: string[] = []
    // Rows without a value stand after all others (before them when descending). After a place they are a stretch of
    // their own: one condition for both would keep the index from finding where the page begins.
    for (const stretch of stretchesFrom(order, place)) {
      const missing = limit + 1 - rows.length
      if (missing > 0) rows.push(...(await readStretch(client, asked, { stretch, limit: missing })))
    }
    const last = rows[limit - 1]
    const next = rows.length > limit && last !== undefined ? placeText(placeOf(last, order)) : null
    return `{"rows":[${rows.slice(0, limit).join(',')}],"next":${JSON.stringify(next)}}`
  })
}

/** The same as `readOneText`, read. */
export async function readOne(
  deps: ServerDeps,
  principal: Principal,
  name: string,
  rowId: string,
): Promise<JsonObject> {
  // It was written as the text of a row just now.
  return JSON.parse(await readOneText(deps, principal, name, rowId)) as JsonObject
}

/** One row, as JSON text. @throws Refused `not_found`, also for what is not his to read */
export async function readOneText(
  deps: ServerDeps,
  principal: Principal,
  name: string,
  rowId: string,
): Promise<string> {
  const { entity, reach } = readable(deps, principal, name)
  const checked = checkValue(id(), rowId, 'id')
  if ('problems' in checked) throw notFound(entity.name)
  const values = new Values()
  const org = values.add(principal.orgId, 'uuid')
  const isIt = `t.id = ${values.add(checked.value, 'uuid')}`
  const [found] = await inOrg(deps.pool, principal.orgId, (client) =>
    prepared<RowText>(
      client,
      `select ${publicRow(entity)} as row from ${tableOf(entity)} t
       where t.org_id = ${org} and ${isIt} and ${withinScopes(principal, reach, values)}`,
      values.all,
    ),
  )
  if (!found) throw notFound(entity.name)
  return found.row
}

/** Rows are put into words by Postgres and pass through this process as they are. */
type RowText = { row: string }

function placeOf(row: string, { field }: Order): Place {
  // The text of a row of this entity.
  const last = JSON.parse(row) as AnyRow
  return { value: last[field] ?? null, id: last.id }
}

const cursorField = { cursor: text({ max: 4000 }) }

interface Readable {
  readonly entity: Entity
  readonly reach: Reach
}

function readable({ registry }: ServerDeps, { roles }: Principal, name: string): Readable {
  const entity = registry.entities.get(name)
  const reach = entity ? reachOf(entity.read, roles) : null
  if (!entity || reach === null) throw notFound('entity')
  return { entity, reach }
}

interface Asked extends Readable {
  readonly deps: ServerDeps
  readonly principal: Principal
  readonly order: Order
  readonly request: ListRequest
}

/** Part of a list; after a place, one in which the order's column has a value everywhere, or nowhere. */
interface Stretch {
  readonly hasValues: boolean | null
  readonly after: Place | null
}

function stretchesFrom({ isDescending, isNullable }: Order, after: Place | null): readonly Stretch[] {
  // From the beginning the index itself has both in this order: nulls last, or first when descending.
  if (after === null) return [{ hasValues: null, after }]
  const kinds = isNullable ? (isDescending ? [false, true] : [true, false]) : [true]
  const first = kinds.indexOf(after.value !== null)
  return kinds
    .slice(Math.max(first, 0))
    .map((hasValues, index) => ({ hasValues, after: index === 0 ? after : null }))
}

async function readStretch(
  client: PoolClient,
  { deps, principal, entity, reach, order, request }: Asked,
  { stretch, limit }: { readonly stretch: Stretch; readonly limit: number },
): Promise<readonly string[]> {
  const values = new Values()
  const org = values.add(principal.orgId, 'uuid')
  const most = values.add(limit, 'int')
  const territoryField = deps.memberships.territoryField.get(entity.name)
  const isWide = reach !== 'territory' || territoryField === undefined
  const where = [
    `t.org_id = ${org}`,
    ...conditionsOf(entity, request.filter ?? {}, values),
    ...(request.search ? [searchCondition(entity, { text: request.search, isWide }, values)] : []),
    ...stretchConditions(order, stretch, values),
  ]
  const by = orderBy(order)
  if (isWide) {
    where.push(withinScopes(principal, reach, values))
    const text = `select ${publicRow(entity)} as row from ${tableOf(entity)} t
                  where ${where.join(' and ')} order by ${by} limit ${most}`
    return (await prepared<RowText>(client, text, values.all)).map(({ row }) => row)
  }
  // One short walk along the index for each territory; a single condition over all of them would read and sort
  // every row of every territory.
  const user = values.add(principal.userId, 'uuid')
  const day = values.add(dayOf(deps.now()), 'date')
  const places = new Map([
    ['$1', org],
    ['$2', user],
    ['$3', day],
  ])
  const territories = deps.memberships.territories.replace(/\$\d/g, (place) => places.get(place) ?? place)
  const text = `select ${publicRow(entity)} as row
    from (${territories}) w cross join lateral (
      select * from ${tableOf(entity)} t
      where ${where.join(' and ')} and t.${columnName(territoryField)} = w.territory_id
      order by ${by} limit ${most}
    ) t
    order by ${by} limit ${most}`
  return (await prepared<RowText>(client, text, values.all)).map(({ row }) => row)
}

function stretchConditions(order: Order, { hasValues, after }: Stretch, values: Values): readonly string[] {
  const { column, type, isDescending, isNullable } = order
  const than = isDescending ? '<' : '>'
  const own = isNullable && hasValues !== null ? [`t.${column} is ${hasValues ? 'not null' : 'null'}`] : []
  if (!after) return own
  const lastId = values.add(after.id, 'uuid')
  if (!hasValues) return [...own, `t.id ${than} ${lastId}`]
  return [...own, `(t.${column}, t.id) ${than} (${values.add(after.value, type)}, ${lastId})`]
}

function orderBy({ column, isDescending }: Order): string {
  const direction = isDescending ? ' desc' : ''
  return `t.${column}${direction}, t.id${direction}`
}

function withinScopes({ orgId, userId }: Principal, reach: Reach, values: Values): string {
  if (reach === 'organisation') return 'true'
  const user = values.add(userId, 'uuid')
  if (reach === 'own') return `t.scope = ${user}`
  const org = values.add(orgId, 'uuid')
  return `exists (select from scope_member m
    where m.org_id = ${org} and m.user_id = ${user} and m.scope = t.scope and m.until_seq is null)`
}

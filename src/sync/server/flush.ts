// Writes what a transaction has gathered, in a few statements whatever the number of rows.
import type { PoolClient } from 'pg'
import type { Entity } from '#core/entity.ts'
import { scopeOf } from '#core/entity.ts'
import { grouped } from '#core/grouped.ts'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import { type Change, changedFields } from '#core/transaction.ts'
import { prepared, together } from '#server/postgres/sql.ts'
import { columnName, columnsOf, tableOf } from '#server/postgres/sql-columns.ts'
import { sqlState } from '#server/postgres/sql-state.ts'

/** Brings the changes into the tables: what is pointed to before what points, and the other way round for removals. */
export async function flush(
  client: PoolClient,
  changes: readonly Change[],
  { orgId, registry }: { readonly orgId: string; readonly registry: Registry },
): Promise<void> {
  const order = inOrderOfReference(registry)
  const of = (entity: Entity) => changes.filter((change) => change.entity.name === entity.name)
  await together(client, [
    ...order.map((entity) => () => insert(client, orgId, entity, of(entity))),
    ...order.map((entity) => () => update(client, orgId, entity, of(entity))),
    ...order.toReversed().map((entity) => () => remove(client, orgId, entity, of(entity))),
  ])
}

const uniqueViolation = '23505'
const foreignKeyViolation = '23503'

/** The refusal that an error of Postgres stands for; null when it is no fault of what was asked. */
export function refusalOf(error: unknown): Refused | null {
  if (error instanceof Refused) return error
  const state = sqlState(error)
  if (state === uniqueViolation) return new Refused('already_exists', { entity: tableIn(error) })
  if (state === foreignKeyViolation) return new Refused('not_found', { entity: tableIn(error) })
  return null
}

function tableIn(error: unknown): string {
  return error instanceof Error && 'table' in error ? String(error.table) : ''
}

async function insert(
  client: PoolClient,
  orgId: string,
  entity: Entity,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.flatMap(({ before, after }) => (before === null && after !== null ? [after] : []))
  if (rows.length === 0) return
  const names = ['scope', ...entity.columns.map(columnName)].join(', ')
  const given = rows.map((row) => columnsOf(entity, row, scopeOf(entity, row, orgId)))
  await prepared(
    client,
    `insert into ${tableOf(entity)} (org_id, ${names})
     select $1, ${names} from json_populate_recordset(null::${tableOf(entity)}, $2::json)`,
    [orgId, JSON.stringify(given)],
  )
}

async function update(
  client: PoolClient,
  orgId: string,
  entity: Entity,
  changes: readonly Change[],
): Promise<void> {
  const updates = changes.filter(({ before, after }) => before !== null && after !== null)
  // One statement for all rows in which the same fields change.
  const alike = grouped(updates, (change) => changedFields(change).join())
  const statements = [...alike].map(([fields, group]) => () => {
    const names = ['scope', 'updatedAt', 'updatedBy', ...fields.split(',').filter(Boolean)].map(columnName)
    const given = group.flatMap(({ after }) =>
      after ? [columnsOf(entity, after, scopeOf(entity, after, orgId))] : [],
    )
    return prepared(
      client,
      `update ${tableOf(entity)} t set ${names.map((name) => `${name} = d.${name}`).join(', ')}
       from json_populate_recordset(null::${tableOf(entity)}, $2::json) d
       where t.org_id = $1 and t.id = d.id`,
      [orgId, JSON.stringify(given)],
    )
  })
  await together(client, statements)
}

async function remove(
  client: PoolClient,
  orgId: string,
  entity: Entity,
  changes: readonly Change[],
): Promise<void> {
  const ids = changes.filter(({ after }) => after === null).map(({ id }) => id)
  if (ids.length === 0) return
  await prepared(client, `delete from ${tableOf(entity)} where org_id = $1 and id = any($2)`, [orgId, ids])
}

const orders = new WeakMap<Registry, readonly Entity[]>()

/** Entities so that each comes after those it points to. */
export function inOrderOfReference(registry: Registry): readonly Entity[] {
  const known = orders.get(registry)
  if (known) return known
  const done = new Set<Entity>()
  const visit = (entity: Entity, above: readonly Entity[]): void => {
    if (done.has(entity) || above.includes(entity)) return
    for (const { to } of Object.values(entity.fields)) {
      const target = to === undefined ? undefined : registry.entities.get(to)
      if (target) visit(target, [...above, entity])
    }
    done.add(entity)
  }
  for (const entity of registry.entities.values()) visit(entity, [])
  const order = [...done]
  orders.set(registry, order)
  return order
}

// The tables against the entities, the keys against the rule that the organisation leads them, and the second wall.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import type { Entity } from '#core/entity.ts'
import { columnName, columnType, isNullableColumn, knownField } from '#server/postgres/sql-columns.ts'
import { inOrg } from '#server/postgres/transaction.ts'
import { freshDatabase } from './kit/postgres.ts'
import { smallOrg } from './kit/small-org.ts'

const database = await freshDatabase()

/**
 * Tables without an organisation: the list of migrations is the database's own; an organisation's link or session
 * must be found before it is known whose it is, so sign-in (schema `auth`) and what it looks up are the owner's.
 */
const shared = /^(public\.schema_migration|auth\..*|graphile_worker\..*)$/

async function rows<R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> {
  const { rows: found } = await database.owner.query<R & { [column: string]: unknown }>(text, [...values])
  return found
}

async function tables(): Promise<readonly string[]> {
  const found = await rows<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)' order by 1`,
  )
  return found.map(({ name }) => name).filter((name) => !shared.test(name))
}

test.each([...registry.entities.values()].map((entity) => [entity.name, entity] as const))(
  'the table of %s has the columns of its definition, their types and their nulls',
  async (_, entity: Entity) => {
    const found = await rows<{ name: string; type: string; nullable: boolean }>(
      `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
       from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname`,
      [`public.${columnName(entity.name)}`],
    )
    const own = entity.columns.map((name) => {
      const field = knownField(entity, name)
      return { name: columnName(name), type: columnType(field), nullable: isNullableColumn(field) }
    })
    const kept = ['org_id', 'scope'].map((name) => ({ name, type: 'uuid', nullable: false }))
    expect(found).toEqual([...own, ...kept].sort((a, b) => (a.name < b.name ? -1 : 1)))
  },
)

test('every indexed reference is a foreign key that the organisation leads, and every other one is none', async () => {
  const found = await rows<{ source: string; columns: string[]; target: string; keys: string[] }>(
    `select k.conrelid::regclass::text as source, k.confrelid::regclass::text as target,
       array(select attname::text from unnest(k.conkey) with ordinality u(n, i)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by i) as columns,
       array(select attname::text from unnest(k.confkey) with ordinality u(n, i)
             join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by i) as keys
     from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`,
  )
  const ofEntities = found.filter(({ source }) =>
    [...registry.entities.keys()].map(columnName).includes(source),
  )
  const expected = [...registry.entities.values()].flatMap((entity) =>
    entity.columns.flatMap((name) => {
      const { kind, to, facts } = knownField(entity, name)
      if (kind !== 'ref' || facts.indexed === false || to === undefined || !registry.entities.has(to))
        return []
      const source = columnName(entity.name)
      return [
        { source, columns: ['org_id', columnName(name)], target: columnName(to), keys: ['org_id', 'id'] },
      ]
    }),
  )
  const sorted = (all: readonly object[]) =>
    all.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort()
  expect(sorted(ofEntities)).toEqual(sorted(expected))
})

test('the organisation leads every index of every table, keys included', async () => {
  const found = await rows<{ index: string; table: string; first: string | null }>(
    `select i.indexrelid::regclass::text as index, n.nspname || '.' || c.relname as table, a.attname as first
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where n.nspname !~ '^(pg_|information_schema)'`,
  )
  const own = found.filter(({ table }) => !shared.test(table))
  expect(own.length).toBeGreaterThan(40)
  expect(own.filter(({ first }) => first !== 'org_id')).toEqual([])
})

test('every foreign key of an entity can be followed backwards by an index', async () => {
  const found = await rows<{ key: string }>(
    `select k.conrelid::regclass::text || '.' || a.attname as key
     from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
     where k.contype = 'f' and not exists (
       select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1] and i.indkey[1] = k.conkey[2])`,
  )
  expect(found).toEqual([])
})

test('row-level security is on for every table, for reading and for writing', async () => {
  const found = await rows<{ name: string; on: boolean; policies: number }>(
    `select n.nspname || '.' || c.relname as name, c.relrowsecurity as on,
       (select count(*)::int from pg_policy p where p.polrelid = c.oid
          and pg_get_expr(p.polqual, p.polrelid) like '%rapport.org%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%rapport.org%') as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')`,
  )
  const own = new Set(await tables())
  const open = found.filter(({ name, on, policies }) => own.has(name) && !(on && policies === 1))
  expect(open).toEqual([])
})

test('the application sees nothing of another organisation and writes nothing into it', async () => {
  const [one, other] = [await smallOrg(database.app), await smallOrg(database.app)]
  for (const name of await tables()) {
    const [readable] = await rows<{ yes: boolean }>(
      "select has_table_privilege('rapport_app', $1, 'select') as yes",
      [name],
    )
    if (!readable?.yes) continue
    const seen = await inOrg(database.app, one.orgId, (client) =>
      client.query(`select org_id from ${name} where org_id <> $1`, [one.orgId]),
    )
    expect({ name, seen: seen.rows }).toEqual({ name, seen: [] })
  }
  const steal = inOrg(database.app, one.orgId, (client) =>
    client.query('insert into scope_member values ($1, $2, $3, 1, null, now(), null)', [
      other.orgId,
      one.rep.userId,
      other.liMing,
    ]),
  )
  await expect(steal).rejects.toThrow(/row-level security/)
  const change = await inOrg(database.app, one.orgId, (client) =>
    client.query("update customer set name = '改' where id = $1", [other.liMing]),
  )
  expect(change.rowCount).toBe(0)
  const found = await inOrg(database.app, one.orgId, (client) =>
    client.query('select id from customer where id in (select customer_with_bigrams($1))', [['李明']]),
  )
  expect(found.rows).toEqual([{ id: one.liMing }])
  const nobody = await inOrg(database.app, randomUUID(), (client) => client.query('select 1 from customer'))
  expect(nobody.rows).toEqual([])
  const client = await database.app.connect()
  await client.query('reset rapport.org')
  const unset = await client.query('select count(*)::int as n from customer')
  client.release(true)
  expect(unset.rows).toEqual([{ n: 0 }])
})

test('the application cannot change or remove what the audit says', async () => {
  const { orgId } = await smallOrg(database.app)
  for (const statement of ['update audit set mutation = $1', 'delete from audit where mutation <> $1']) {
    const attempt = inOrg(database.app, orgId, (client) => client.query(statement, ['x']))
    await expect(attempt).rejects.toThrow(/permission denied/)
  }
})

// The tables that hold what people have entered, as the catalogue of the database lists them.
import type { ClientBase } from 'pg'

export interface TableFacts {
  readonly schema: string
  readonly table: string
  /** Schema and table, quoted. */
  readonly quoted: string
  readonly columns: readonly string[]
}

/** Those of jobs are made anew by the worker itself. */
const schemas = ['public', 'auth']

/** All tables but the note of migrations, each after those it points to. */
export async function tablesOf(client: ClientBase): Promise<readonly TableFacts[]> {
  const { rows } = await client.query<TableFacts & { pointsTo: readonly string[] }>(
    `select n.nspname as schema, c.relname as table, format('%I.%I', n.nspname, c.relname) as quoted,
       array(select attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by attnum) as columns,
       array(select distinct format('%I.%I', tn.nspname, tc.relname)
             from pg_constraint f join pg_class tc on tc.oid = f.confrelid
             join pg_namespace tn on tn.oid = tc.relnamespace
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as "pointsTo"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = any($1) and c.relname <> 'schema_migration'
     order by 1, 2`,
    [schemas],
  )
  const done = new Map<string, TableFacts>()
  const visit = (table: (typeof rows)[number], above: readonly string[]): void => {
    if (done.has(table.quoted) || above.includes(table.quoted)) return
    for (const target of rows.filter(({ quoted }) => table.pointsTo.includes(quoted))) {
      visit(target, [...above, table.quoted])
    }
    const { schema, quoted, columns } = table
    done.set(quoted, { schema, table: table.table, quoted, columns })
  }
  for (const table of rows) visit(table, [])
  return [...done.values()]
}

/** Texts of values must not depend on how a server is set up. Within a transaction. */
export async function speakPlainly(client: ClientBase): Promise<void> {
  await client.query(
    `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
     set local extra_float_digits = 1; set local bytea_output = 'hex'`,
  )
}

/** `("a", "b")`: names of columns from the catalogue. */
export function columnList(columns: readonly string[]): string {
  return `(${columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')})`
}

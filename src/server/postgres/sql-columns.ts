// How the fields of entities are kept in Postgres: names, types, and how rows go in and come out.
import { type AnyRow, type Entity, fieldOf } from '#core/entity.ts'
import type { Field, FieldKind } from '#core/field.ts'

const types: { readonly [K in Exclude<FieldKind, 'list'>]: string } = {
  id: 'uuid',
  ref: 'uuid',
  text: 'text',
  oneOf: 'text',
  integer: 'integer',
  decimal: 'double precision',
  flag: 'boolean',
  day: 'date',
  instant: 'timestamp with time zone',
  shape: 'jsonb',
  patch: 'jsonb',
  json: 'jsonb',
}

/** The type of the column that keeps a field, as Postgres itself spells it. */
export function columnType({ kind, element }: Field): string {
  if (kind !== 'list') return types[kind]
  const isPlain = element !== undefined && ['id', 'ref', 'text', 'oneOf'].includes(element.kind)
  // Lists of anything else are JSON: Postgres arrays of numbers or days would come back as other texts.
  return isPlain ? `${columnType(element)}[]` : 'jsonb'
}

/** Whether the column takes null: JSON's own null is kept as the database's. */
export function isNullableColumn({ kind, nullable }: Field): boolean {
  return nullable || kind === 'json'
}

/** `territoryId` → `territory_id`. Names of fields and entities are identifiers of this program, never input. */
export function columnName(field: string): string {
  const known = columnNames.get(field)
  if (known !== undefined) return known
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  columnNames.set(field, name)
  return name
}

/** As many as there are fields. */
const columnNames = new Map<string, string>()

/** The table of an entity, quoted. */
export function tableOf(entity: Entity): string {
  return `"${columnName(entity.name)}"`
}

/** `t.name as "name", …`: a row with all its fields, in the order in which they are declared. */
export function selectList(entity: Entity): string {
  return entity.columns.map((name) => `t.${columnName(name)} as "${name}"`).join(', ')
}

/** A row with its column names, for `json_populate_recordset`. */
export function columnsOf(
  entity: Entity,
  row: AnyRow,
  scope: string,
): { readonly [column: string]: unknown } {
  const columns: { [column: string]: unknown } = { scope }
  for (const name of entity.columns) columns[columnName(name)] = row[name]
  return columns
}

/** The field of this name, where the caller has made sure that there is one. */
export function knownField(entity: Entity, name: string): Field {
  const field = fieldOf(entity, name)
  if (!field) throw new Error(`${entity.name} has no field ${name}`)
  return field
}

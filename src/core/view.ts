import type { AnyRow, Entity, RowOf } from './entity.ts'

/** Rows to read from: on the device what is in memory with unsent work on top, in tests a plain set of rows. */
export interface View {
  get<E extends Entity>(entity: E, id: string): RowOf<E> | undefined
  /** Rows whose indexed `field` has this value, in no promised order. */
  where<E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string): readonly RowOf<E>[]
  all<E extends Entity>(entity: E): readonly RowOf<E>[]
}

/** A view over given rows, for queries in tests, reports and the demo. */
export function viewOf(rows: Iterable<readonly [Entity, AnyRow]>): View {
  const tables = new Map<string, Map<string, AnyRow>>()
  for (const [entity, row] of rows) {
    const table = tables.get(entity.name) ?? new Map<string, AnyRow>()
    table.set(row.id, row)
    tables.set(entity.name, table)
  }
  const all = (entity: Entity) => [...(tables.get(entity.name)?.values() ?? [])]
  return {
    // A table of entity E holds rows of E: they came in as such pairs.
    get: <E extends Entity>(entity: E, id: string) =>
      tables.get(entity.name)?.get(id) as RowOf<E> | undefined,
    where: <E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string) =>
      all(entity).filter((row) => row[field] === value) as RowOf<E>[],
    all: <E extends Entity>(entity: E) => all(entity) as RowOf<E>[],
  }
}

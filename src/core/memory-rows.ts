import type { AnyRow, Entity, RowOf } from './entity.ts'
import { indexesOf } from './entity.ts'
import type { Change, Read } from './transaction.ts'
import type { View } from './view.ts'

type Rows = Map<string, AnyRow>

interface Table {
  readonly rows: Rows
  /** Indexed field → value → rows. */
  readonly indexes: ReadonlyMap<string, Map<string, Rows>>
}

/** Rows kept in plain maps: a whole world for tests, the demo and reports that need no database. */
export class MemoryRows implements View {
  readonly #tables = new Map<string, Table>()

  put(entity: Entity, row: AnyRow): void {
    this.drop(entity, row.id)
    const { rows, indexes } = this.#table(entity)
    rows.set(row.id, row)
    for (const [field, index] of indexes) {
      const value = row[field]
      if (typeof value !== 'string') continue
      const found = index.get(value)
      if (found) found.set(row.id, row)
      else index.set(value, new Map([[row.id, row]]))
    }
  }

  drop(entity: Entity, id: string): void {
    const { rows, indexes } = this.#table(entity)
    const row = rows.get(id)
    if (!row) return
    rows.delete(id)
    for (const [field, index] of indexes) {
      const value = row[field]
      if (typeof value === 'string') index.get(value)?.delete(id)
    }
  }

  /** Takes over what a mutation writes. */
  apply(changes: Iterable<Change>): void {
    for (const { entity, id, after } of changes) {
      if (after) this.put(entity, after)
      else this.drop(entity, id)
    }
  }

  /** Answers the reads of a mutation. */
  readonly read = (read: Read): readonly AnyRow[] => {
    if (read.kind === 'find') return this.#where(read.entity, read.field, read.value)
    const row = this.#table(read.entity).rows.get(read.id)
    return row ? [row] : []
  }

  get<E extends Entity>(entity: E, id: string): RowOf<E> | undefined {
    // A table of entity E holds rows of E: `put` files each row under its entity.
    return this.#table(entity).rows.get(id) as RowOf<E> | undefined
  }

  where<E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string): readonly RowOf<E>[] {
    // As in `get`.
    return this.#where(entity, field, value) as RowOf<E>[]
  }

  all<E extends Entity>(entity: E): readonly RowOf<E>[] {
    // As in `get`.
    return [...this.#table(entity).rows.values()] as RowOf<E>[]
  }

  #where(entity: Entity, field: string, value: string): AnyRow[] {
    const { rows, indexes } = this.#table(entity)
    const index = indexes.get(field)
    return index
      ? [...(index.get(value)?.values() ?? [])]
      : [...rows.values()].filter((row) => row[field] === value)
  }

  #table(entity: Entity): Table {
    const known = this.#tables.get(entity.name)
    if (known) return known
    const indexes = new Map(indexesOf(entity).map((field) => [field, new Map<string, Rows>()] as const))
    const table: Table = { rows: new Map(), indexes }
    this.#tables.set(entity.name, table)
    return table
  }
}

import type { AnyRow, ChangesOf, Entity, NewRowOf, RowOf } from './entity.ts'
import { scopeOf } from './entity.ts'
import type { Json } from './json.ts'
import { sameJson } from './json.ts'
import { notFound, Refused } from './refused.ts'

/** What a mutation asks of the rows around it. The device answers from memory, the server from Postgres. */
export type Read =
  | { readonly kind: 'get'; readonly entity: Entity; readonly id: string }
  | { readonly kind: 'find'; readonly entity: Entity; readonly field: string; readonly value: string }

/**
 * A mutation reads by `yield*`, so that the same function runs to its end in one go on the device, where
 * rows are in memory, and waits for Postgres on the server.
 */
export type Steps<T> = Generator<Read, T, readonly AnyRow[]>

/** One row as it was and as it is to be; `null` for not being there. */
export interface Change {
  readonly entity: Entity
  readonly id: string
  readonly before: AnyRow | null
  readonly after: AnyRow | null
}

/** What the kernel knows of the act itself. Instants are ISO texts in UTC. */
export interface Act {
  readonly orgId: string
  readonly userId: string
  /** When the person did it, by the device's clock. */
  readonly at: string
}

/** What a mutation can do with rows. Writes are gathered and take effect together or not at all. */
export interface Tx {
  /** The row, or null where there is none or the person may not see it. */
  get<E extends Entity>(entity: E, id: string): Steps<RowOf<E> | null>
  /** The row; refuses with `not_found` where there is none or the person may not see it. */
  need<E extends Entity>(entity: E, id: string): Steps<RowOf<E>>
  /** All rows whose indexed `field` has this value, those written in this transaction included. */
  find<E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string): Steps<RowOf<E>[]>
  /** @throws Refused `already_exists` where this transaction has the row already (the server asks Postgres too). */
  insert<E extends Entity>(entity: E, row: NewRowOf<E>): void
  /** Changes only these fields. `row` must have been read in this transaction. */
  update<E extends Entity>(entity: E, row: RowOf<E>, changes: ChangesOf<E>): void
  remove<E extends Entity>(entity: E, row: RowOf<E>): void
}

/** The one Tx there is: reads are yielded to whoever runs the mutation, writes are kept here. */
export class Transaction implements Tx {
  readonly #changes = new Map<string, Change>()
  readonly #read = new Map<string, AnyRow>()
  readonly #act: Act

  constructor(act: Act) {
    this.#act = act
  }

  /** What this transaction writes, in the order of first writing; rows written back as they were are left out. */
  changes(): readonly Change[] {
    return [...this.#changes.values()].filter(
      ({ before, after }) => before !== after && !(before && after && sameJson(before, after)),
    )
  }

  /** `entity:id` of every row that was read, for working out what depends on what. */
  rowsRead(): readonly string[] {
    return [...this.#read.keys()]
  }

  *get<E extends Entity>(entity: E, id: string): Steps<RowOf<E> | null> {
    const row = yield* this.#row(entity, id)
    // A reader answers for entity E with rows of E.
    return row as RowOf<E> | null
  }

  *need<E extends Entity>(entity: E, id: string): Steps<RowOf<E>> {
    const row = yield* this.get(entity, id)
    if (row === null) throw notFound(entity.name)
    return row
  }

  *find<E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string): Steps<RowOf<E>[]> {
    const found = yield { kind: 'find', entity, field, value }
    const rows: AnyRow[] = []
    for (const row of found) {
      this.#read.set(key(entity, row.id), row)
      if (!this.#changes.has(key(entity, row.id))) rows.push(row)
    }
    for (const { entity: of, after } of this.#changes.values()) {
      if (of.name === entity.name && after?.[field] === value) rows.push(after)
    }
    // A reader answers for entity E with rows of E.
    return rows as RowOf<E>[]
  }

  insert<E extends Entity>(entity: E, row: NewRowOf<E>): void {
    const { at, userId } = this.#act
    const known = this.#changes.get(key(entity, row.id))
    if (known?.after || this.#read.has(key(entity, row.id))) {
      throw new Refused('already_exists', { entity: entity.name, id: row.id })
    }
    // NewRowOf<E> is the entity's own fields and the id; the kernel adds its own.
    const own = row as unknown as AnyRow
    const after: AnyRow = { ...own, createdAt: at, createdBy: userId, updatedAt: at, updatedBy: userId }
    this.#write({ entity, id: row.id, before: known?.before ?? null, after })
  }

  update<E extends Entity>(entity: E, row: RowOf<E>, changes: ChangesOf<E>): void {
    // RowOf<E> always has the kernel's fields.
    const { id } = row as unknown as AnyRow
    const current = this.#current(entity, id)
    const changed: { [name: string]: Json } = {}
    for (const [name, value] of Object.entries(changes as { [name: string]: Json | undefined })) {
      if (value !== undefined && !sameJson(value, current[name] ?? null)) changed[name] = value
    }
    if (Object.keys(changed).length === 0) return
    const { at, userId } = this.#act
    const after = { ...current, ...changed, updatedAt: at, updatedBy: userId }
    this.#write({ entity, id, before: this.#before(entity, id), after })
  }

  remove<E extends Entity>(entity: E, row: RowOf<E>): void {
    // RowOf<E> always has the kernel's fields.
    const { id } = row as unknown as AnyRow
    this.#current(entity, id)
    this.#write({ entity, id, before: this.#before(entity, id), after: null })
  }

  *#row(entity: Entity, id: string): Steps<AnyRow | null> {
    const change = this.#changes.get(key(entity, id))
    if (change) return change.after
    const known = this.#read.get(key(entity, id))
    if (known) return known
    const [row] = yield { kind: 'get', entity, id }
    if (row) this.#read.set(key(entity, id), row)
    return row ?? null
  }

  #current(entity: Entity, id: string): AnyRow {
    const change = this.#changes.get(key(entity, id))
    const row = change ? change.after : this.#read.get(key(entity, id))
    if (!row) throw new Error(`${entity.name} ${id} was written before it was read`)
    return row
  }

  #before(entity: Entity, id: string): AnyRow | null {
    const change = this.#changes.get(key(entity, id))
    return change ? change.before : (this.#read.get(key(entity, id)) ?? null)
  }

  #write(change: Change): void {
    this.#changes.set(key(change.entity, change.id), change)
  }
}

/** The scopes a change touches: where the row was and where it is. */
export function scopesOf(change: Change, orgId: string): readonly string[] {
  const { entity, before, after } = change
  const scopes = [before, after].flatMap((row) => (row ? [scopeOf(entity, row, orgId)] : []))
  return [...new Set(scopes)]
}

/** The names of the fields that differ between before and after, the kernel's own left out. */
export function changedFields({ entity, before, after }: Change): readonly string[] {
  return Object.keys(entity.fields).filter((name) => !sameJson(before?.[name] ?? null, after?.[name] ?? null))
}

function key(entity: Entity, id: string): string {
  return `${entity.name}:${id}`
}

import { type AnyRow, type Entity, indexesOf } from '#core/entity.ts'
import { type Json, sameJson } from '#core/json.ts'

/** A row as the server last sent it. */
export interface Held {
  readonly row: AnyRow
  readonly seq: number
  readonly scope: string
  /** Which whole picture of the server it belongs to; numbers of different pictures cannot be compared. */
  readonly picture: number
}

/**
 * The rows that have one value in one field. Adding is a push and removing is a note: tens of thousands of rows
 * are filed while the person waits, and most values are never asked for.
 */
interface Bucket {
  rows: AnyRow[]
  /** Of these, those that have gone since somebody last asked. */
  readonly gone: Set<AnyRow>
  /** What was given out last. */
  list: readonly AnyRow[] | null
}

const nothing: readonly AnyRow[] = Object.freeze([])

/**
 * The rows of one entity in memory: `base` as the server sent them, unsent work laid over it, and indexes over
 * what is visible. Changes are made in a batch that ends with `settle`, which says whether anything a screen
 * can see is different.
 */
export class Table {
  readonly entity: Entity
  readonly base = new Map<string, Held>()
  readonly #over = new Map<string, AnyRow | null>()
  readonly #indexes: ReadonlyMap<string, Map<Json, Bucket>>
  /** Visible rows as they were when the batch began. */
  readonly #touched = new Map<string, AnyRow | null>()
  #all: readonly AnyRow[] | null = null

  constructor(entity: Entity) {
    this.entity = entity
    this.#indexes = new Map(indexesOf(entity).map((field) => [field, new Map()]))
  }

  get(id: string): AnyRow | null {
    const over = this.#over.get(id)
    return over === undefined ? (this.base.get(id)?.row ?? null) : over
  }

  all(): readonly AnyRow[] {
    this.#all ??= this.#list()
    return this.#all
  }

  where(field: string, value: Json): readonly AnyRow[] {
    const index = this.#indexes.get(field)
    if (!index) {
      return field === 'id'
        ? [this.get(String(value)) ?? []].flat()
        : this.all().filter((row) => row[field] === value)
    }
    const bucket = index.get(value)
    if (!bucket) return nothing
    bucket.list ??= listOf(bucket)
    return bucket.list
  }

  /** Rows from the disk, taken while nothing can have been laid over them; not part of a batch. */
  load(id: string, held: Held): void {
    this.base.set(id, held)
    if (!this.#over.has(id)) this.#swap(null, held.row)
  }

  setBase(id: string, held: Held | null): void {
    const before = this.base.get(id)?.row ?? null
    if (held) this.base.set(id, held)
    else this.base.delete(id)
    if (!this.#over.has(id)) this.#show(id, before, held?.row ?? null)
  }

  lay(id: string, row: AnyRow | null): void {
    const before = this.get(id)
    this.#over.set(id, row)
    this.#show(id, before, row)
  }

  /** Takes all unsent work off. */
  bare(): void {
    for (const [id, row] of this.#over) {
      this.#over.delete(id)
      this.#show(id, row, this.base.get(id)?.row ?? null)
    }
  }

  /** Ends a batch: true when a screen can see a difference. A row that is equal to what it was keeps its identity. */
  settle(): boolean {
    let hasChanged = false
    for (const [id, before] of this.#touched) {
      const now = this.get(id)
      if (before === now) continue
      if (before && now && this.#over.has(id) && sameJson(before, now)) {
        this.#over.set(id, before)
        this.#swap(now, before)
      } else hasChanged = true
    }
    this.#touched.clear()
    return hasChanged
  }

  #list(): readonly AnyRow[] {
    const rows: AnyRow[] = []
    if (this.#over.size === 0) {
      for (const { row } of this.base.values()) rows.push(row)
      return rows
    }
    for (const [id, { row }] of this.base) if (!this.#over.has(id)) rows.push(row)
    for (const row of this.#over.values()) if (row) rows.push(row)
    return rows
  }

  #show(id: string, before: AnyRow | null, after: AnyRow | null): void {
    if (!this.#touched.has(id)) this.#touched.set(id, before)
    this.#swap(before, after)
  }

  #swap(before: AnyRow | null, after: AnyRow | null): void {
    this.#all = null
    for (const [field, index] of this.#indexes) {
      if (before) take(index, before[field] ?? null, before)
      if (after) put(index, after[field] ?? null, after)
    }
  }
}

function put(index: Map<Json, Bucket>, value: Json, row: AnyRow): void {
  if (value === null) return
  const bucket = index.get(value)
  if (!bucket) {
    index.set(value, { rows: [row], gone: new Set(), list: null })
    return
  }
  if (!bucket.gone.delete(row)) bucket.rows.push(row)
  bucket.list = null
}

function take(index: Map<Json, Bucket>, value: Json, row: AnyRow): void {
  const bucket = value === null ? undefined : index.get(value)
  if (!bucket) return
  bucket.gone.add(row)
  bucket.list = null
}

function listOf(bucket: Bucket): readonly AnyRow[] {
  const { rows, gone } = bucket
  if (gone.size > 0) bucket.rows = rows.filter((row) => !gone.has(row))
  gone.clear()
  // What is given out must not grow under whoever holds it.
  return bucket.rows.slice()
}

import type { AnyRow, Entity } from '#core/entity.ts'
import type { Json } from '#core/json.ts'
import type { Read } from '#core/transaction.ts'
import { deviceColumns } from '../device-columns.ts'
import type { PulledRow, PullPage } from '../protocol.ts'
import { type Held, Table } from './table.ts'

/** Entity → the columns by which values were packed. What is on the disk may be older than this program. */
export type Schema = { readonly [entity: string]: readonly string[] }

/** One row in a chunk on the disk. */
export type PackedRow = readonly [id: string, seq: number, scope: string, values: readonly Json[]]

/** Brings a row that an older program packed up to this one; columns that are new are null before it. */
export type Upgrade = (row: AnyRow) => AnyRow

/** The columns of this program. */
export function schemaOf(entities: Iterable<Entity>): Schema {
  return Object.fromEntries(
    [...entities]
      .filter(({ device }) => device !== 'server')
      .map((entity) => [entity.name, deviceColumns(entity)]),
  )
}

type Build = (id: string, values: readonly Json[]) => AnyRow

/** All rows of the device: the tables, and what a page from the server does to them. */
export class Rows {
  readonly tables: ReadonlyMap<string, Table>
  /** `entity` and `scope` of what differs from the chunks on the disk, for the next fold. */
  readonly dirty = new Map<string, Set<string>>()
  /** The last journal record in the chunks that were loaded; null before the first. */
  folded: number | null = null
  readonly #upgrades: ReadonlyMap<string, Upgrade>
  readonly #builders = new Map<string, Build>()
  #picture = 0
  /** While chunks are still being read: what the journal, which is newer, has already taken away. */
  #taken: { readonly rows: Set<string>; readonly scopes: Set<string>; isAll: boolean } | null = {
    rows: new Set(),
    scopes: new Set(),
    isAll: false,
  }

  constructor(entities: Iterable<Entity>, upgrades: ReadonlyMap<string, Upgrade>) {
    const kept = [...entities].filter(({ device }) => device !== 'server')
    this.tables = new Map(kept.map((entity) => [entity.name, new Table(entity)]))
    this.#upgrades = upgrades
  }

  get count(): number {
    let count = 0
    for (const { base } of this.tables.values()) count += base.size
    return count
  }

  /** Answers a mutation's read from what is visible. */
  readonly read = (read: Read): readonly AnyRow[] => {
    const table = this.tables.get(read.entity.name)
    if (!table) return []
    if (read.kind === 'find') return table.where(read.field, read.value)
    const row = table.get(read.id)
    return row ? [row] : []
  }

  /**
   * A page from the server. `starts`: it is the first of a whole new picture, so what is held now goes once
   * the last page of it is here, unless it has come again. Until then the old rows stay to be looked at.
   */
  take(page: PullPage, starts: boolean): void {
    if (starts) this.#picture += 1
    if (page.left.length > 0) this.#forget(new Set(page.left))
    const builds = this.#buildersFor(page)
    for (const row of page.rows) this.#takeRow(row, builds)
    if (page.fresh && page.resume === undefined) this.#dropOlderPictures()
  }

  /** Rows of a chunk; they are older than every page of the journal. */
  load(entity: string, packed: readonly PackedRow[], schema: Schema): void {
    const table = this.tables.get(entity)
    const columns = schema[entity]
    if (!table || !columns || this.#taken?.isAll) return
    const build = this.#builder(table.entity, columns)
    for (const [id, seq, scope, values] of packed) {
      if (table.base.has(id) || this.#taken?.scopes.has(scope)) continue
      if (this.#taken?.rows.has(`${entity}:${id}:${scope}`)) continue
      table.load(id, { row: build(id, values), seq, scope, picture: 0 })
    }
  }

  /** All chunks have been loaded. */
  filled(): void {
    this.#taken = null
  }

  #takeRow([name, id, seq, scope, values]: PulledRow, builds: ReadonlyMap<string, Build>): void {
    const table = this.tables.get(name)
    if (!table) return
    const held = table.base.get(id)
    if (held && held.picture === this.#picture && held.seq >= seq) return
    if (values === null) {
      this.#taken?.rows.add(`${name}:${id}:${scope}`)
      this.#touch(name, scope)
      // A row that has moved to another scope has come, or will come, under that one.
      if (held && held.scope === scope) table.setBase(id, null)
      return
    }
    const build = builds.get(name)
    if (!build) throw new Error(`a page does not say the columns of ${name}`)
    if (held) this.#touch(name, held.scope)
    this.#touch(name, scope)
    const row = build(id, values)
    table.setBase(id, { row, seq, scope, picture: this.#picture })
  }

  #forget(scopes: ReadonlySet<string>): void {
    for (const scope of scopes) this.#taken?.scopes.add(scope)
    for (const [name, table] of this.tables) {
      for (const scope of scopes) this.#touch(name, scope)
      this.#drop(table, ({ scope }) => scopes.has(scope))
    }
  }

  #dropOlderPictures(): void {
    if (this.#taken) this.#taken.isAll = true
    for (const table of this.tables.values()) this.#drop(table, ({ picture }) => picture < this.#picture)
  }

  #drop(table: Table, isGone: (held: Held) => boolean): void {
    for (const [id, held] of table.base) {
      if (!isGone(held)) continue
      this.#touch(table.entity.name, held.scope)
      table.setBase(id, null)
    }
  }

  #touch(entity: string, scope: string): void {
    const scopes = this.dirty.get(entity)
    if (scopes) scopes.add(scope)
    else this.dirty.set(entity, new Set([scope]))
  }

  #buildersFor({ columns }: PullPage): ReadonlyMap<string, Build> {
    const builds = new Map<string, Build>()
    for (const [name, own] of Object.entries(columns)) {
      const entity = this.tables.get(name)?.entity
      // An entity that this program does not know stays in the journal only.
      if (entity) builds.set(name, this.#builder(entity, own))
    }
    return builds
  }

  #builder(entity: Entity, columns: readonly string[]): Build {
    const key = `${entity.name}:${columns.join()}`
    const known = this.#builders.get(key)
    if (known) return known
    const build = builderOf(entity, columns, this.#upgrades.get(entity.name))
    this.#builders.set(key, build)
    return build
  }
}

/**
 * A function that makes rows out of values. It fills a copy of a ready-made row: an object that grows property
 * by property, as wide as these are, becomes a hash table in V8, slower to read and three times as big.
 */
function builderOf(entity: Entity, columns: readonly string[], upgrade: Upgrade | undefined): Build {
  const current = deviceColumns(entity)
  // Parsed, because the parser lays out all properties inside the object. It has exactly the device's columns.
  const blank = JSON.parse(`{${['id', ...current].map((name) => `${JSON.stringify(name)}:null`)}}`) as AnyRow
  const kept = columns.map((name) => (current.includes(name) ? name : null))
  const isWhole = current.every((name) => columns.includes(name))
  const build: Build = (id, values) => {
    const row: { [name: string]: Json } = { ...blank }
    row.id = id
    for (let at = 0; at < kept.length; at += 1) {
      const name = kept[at]
      if (name) row[name] = values[at] ?? null
    }
    // Every column of the entity has been given a value.
    return row as AnyRow
  }
  if (isWhole || !upgrade) return build
  return (id, values) => {
    const row: { [name: string]: Json } = { ...build(id, values) }
    columns.forEach((name, at) => {
      if (!(name in row)) row[name] = values[at] ?? null
    })
    const upgraded = upgrade(row as AnyRow)
    // What is no longer a column has served the upgrade and goes.
    return {
      ...blank,
      ...Object.fromEntries(['id', ...current].map((name) => [name, upgraded[name] ?? null])),
    }
  }
}

// The rows of one transaction: read from Postgres and locked, with what was written so far on top. Writes reach
// Postgres all at once at the end (flush.ts), so a mutation that is refused has nothing to take back.
import type { PoolClient } from 'pg'
import type { AnyRow, Entity } from '#core/entity.ts'
import { sameJson } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { Change, Read } from '#core/transaction.ts'
import { prepared } from '#server/postgres/sql.ts'
import { columnName, selectList, tableOf } from '#server/postgres/sql-columns.ts'

export class BatchRows {
  readonly #client: PoolClient
  readonly #orgId: string
  /** Rows as they stand in this transaction; null for none. All of them are locked. */
  readonly #rows = new Map<string, AnyRow | null>()
  /** Net changes since the beginning of the transaction. */
  readonly #changes = new Map<string, Change>()

  constructor(client: PoolClient, orgId: string) {
    this.#client = client
    this.#orgId = orgId
  }

  /** Answers a mutation's read with whatever is there; who may see it is asked elsewhere. */
  async read(read: Read): Promise<readonly AnyRow[]> {
    if (read.kind === 'find') return this.#find(read.entity, read.field, read.value)
    await this.load(read.entity, [read.id])
    const row = this.#rows.get(key(read.entity, read.id))
    return row ? [row] : []
  }

  /** Reads and locks these rows in one statement, in the order of their ids so that nobody waits in a circle. */
  async load(entity: Entity, ids: readonly string[]): Promise<readonly AnyRow[]> {
    const missing = [...new Set(ids)].filter((id) => !this.#rows.has(key(entity, id)))
    if (missing.length === 0) return []
    const rows = await prepared<AnyRow>(
      this.#client,
      `select ${selectList(entity)} from ${tableOf(entity)} t
       where t.org_id = $1 and t.id = any($2) order by t.id for no key update`,
      [this.#orgId, missing],
    )
    for (const id of missing) this.#rows.set(key(entity, id), null)
    for (const row of rows) this.#rows.set(key(entity, row.id), row)
    return rows
  }

  /** Takes over what a mutation writes. @throws Refused `already_exists` */
  accept(changes: readonly Change[]): void {
    for (const { entity, id, before, after } of changes) {
      if (before === null && after !== null && this.#rows.get(key(entity, id))) {
        throw new Refused('already_exists', { entity: entity.name, id })
      }
    }
    for (const change of changes) {
      const name = key(change.entity, change.id)
      const before = this.#changes.get(name)?.before ?? (this.#changes.has(name) ? null : change.before)
      this.#changes.set(name, { ...change, before })
      this.#rows.set(name, change.after)
    }
  }

  /** What is to be written in the end; rows made and removed again are not. */
  changes(): readonly Change[] {
    return [...this.#changes.values()].filter(
      ({ before, after }) => before !== after && !(before && after && sameJson(before, after)),
    )
  }

  async #find(entity: Entity, field: string, value: string): Promise<readonly AnyRow[]> {
    const stored = await prepared<AnyRow>(
      this.#client,
      `select ${selectList(entity)} from ${tableOf(entity)} t
       where t.org_id = $1 and t.${columnName(field)} = $2 order by t.id for no key update`,
      [this.#orgId, value],
    )
    const found: AnyRow[] = []
    for (const row of stored) {
      const name = key(entity, row.id)
      if (this.#changes.has(name)) continue
      this.#rows.set(name, row)
      found.push(row)
    }
    for (const { entity: of, after } of this.#changes.values()) {
      if (of.name === entity.name && after?.[field] === value) found.push(after)
    }
    return found
  }
}

function key(entity: Entity, id: string): string {
  return `${entity.name}:${id}`
}

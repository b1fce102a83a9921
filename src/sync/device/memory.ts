import type { AnyRow, Entity, RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import type { Lease } from '../protocol.ts'
import { type Actor, type Entry, replay } from './acts.ts'
import type { Connection, RefusedMutation } from './device.ts'
import { noProgress, type Progress } from './disk.ts'
import type { Draft } from './drafts.ts'
import type { Rows, Schema } from './rows.ts'

/** Everything that screens see, and what has changed since they looked. */
export class Memory {
  readonly #actor: Actor
  readonly #listeners = new Set<() => void>()
  readonly #versions = new Map<string, number>()
  #version = 0
  #isAnnouncing = false

  lease: Lease
  rows: Rows
  /** Acts that are not settled, in their order. */
  entries: readonly Entry[] = []
  refused: ReadonlyMap<number, RefusedMutation> = new Map()
  drafts: ReadonlyMap<string, Draft> = new Map()
  progress: Progress = noProgress
  /** The name of this device at the server. */
  device = ''
  schemas: readonly Schema[] = []

  connection: Connection = 'offline'
  isPulling = false
  isPushing = false
  /** Acts, pages from the server, could not be written when last tried. */
  isOutboxFailing = false
  isJournalFailing = false
  isLocked = false
  /** Chunks are still to be read. */
  isFilling = true
  /** Bytes in the journal that the chunks do not contain yet. */
  journalBytes = 0
  /** Chunks were packed by another program: all are to be written anew. */
  isStale = false

  constructor(actor: Actor, lease: Lease, rows: Rows) {
    this.#actor = actor
    this.lease = lease
    this.rows = rows
  }

  readonly view: View = {
    get: (entity, id) => as(entity, this.isLocked ? undefined : (this.#table(entity)?.get(id) ?? undefined)),
    where: (entity, field, value) =>
      as(entity, this.isLocked ? [] : (this.#table(entity)?.where(field, value) ?? [])),
    all: (entity) => as(entity, this.isLocked ? [] : (this.#table(entity)?.all() ?? [])),
  }

  version(): number {
    return this.#version
  }

  versionOf(entity: string): number {
    return this.#versions.get(entity) ?? 0
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes of the base or of the queue: unsent work is done again on top. Screens see before or after, nothing between. */
  change(work: () => void): void {
    work()
    replay(this.#actor, this.rows, this.entries)
    this.settle()
  }

  /** Ends a batch of changes of rows. */
  settle(): void {
    for (const [name, table] of this.rows.tables) if (table.settle()) this.#bump(name)
    this.touch()
  }

  /** Rows of these entities, or of all, were loaded, exchanged or locked as a whole. */
  bump(isMeant: (entity: Entity) => boolean = () => true): void {
    for (const { entity } of this.rows.tables.values()) if (isMeant(entity)) this.#bump(entity.name)
    this.touch()
  }

  /** The status has changed. */
  touch(): void {
    this.#version += 1
    if (this.#isAnnouncing) return
    this.#isAnnouncing = true
    // Once for all changes of this turn.
    queueMicrotask(() => {
      this.#isAnnouncing = false
      for (const listener of [...this.#listeners]) listener()
    })
  }

  set(
    status: Partial<
      Pick<Memory, 'connection' | 'isPulling' | 'isPushing' | 'isOutboxFailing' | 'isJournalFailing'>
    >,
  ): void {
    Object.assign(this, status)
    this.touch()
  }

  #bump(entity: string): void {
    this.#versions.set(entity, this.versionOf(entity) + 1)
  }

  #table(entity: Entity) {
    return this.rows.tables.get(entity.name)
  }
}

function as<E extends Entity>(entity: E, row: AnyRow | undefined): RowOf<E> | undefined
function as<E extends Entity>(entity: E, rows: readonly AnyRow[]): readonly RowOf<E>[]
function as(_: Entity, rows: unknown): unknown {
  // The table of an entity holds rows of that entity.
  return rows
}

/** Numbered acts in the order of their numbers, then those that are not on the disk yet as they were done. */
export function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => {
    if (a.n > 0 !== b.n > 0) return a.n > 0 ? -1 : 1
    return a.n > 0 ? a.n - b.n : b.n - a.n
  })
}

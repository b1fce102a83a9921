// Chunks: rows of one entity packed together and sealed. Their keys order the reading: `1` what a screen needs
// first, by entity; `2` the rest, by a bucket of their scope, so that one customer's rows are one small read.
import type { AnyRow, Entity } from '#core/entity.ts'
import { type ChunkRecord, readProgress, writeMeta } from './disk.ts'
import type { Parts } from './parts.ts'
import type { PackedRow } from './rows.ts'
import type { Table } from './table.ts'

/** Buckets of an entity that is not needed first; about 300 visits each in a full territory. */
export const bucketCount = 64
const rowsInChunk = 512

export const firstChunks: readonly [from: string, before: string] = ['1', '2']

/** The keys of these buckets, the last one not included. */
export function bucketRange(from: number, before: number): readonly [from: string, before: string] {
  return [`2:${twoDigits(from)}`, `2:${twoDigits(before)}`]
}

/** Ids end in chance; what is no id falls into the first bucket. */
export function bucketOf(scope: string): number {
  return (Number.parseInt(scope.slice(-2), 16) || 0) % bucketCount
}

function twoDigits(bucket: number): string {
  return String(bucket).padStart(2, '0')
}

/** The journal is folded into chunks when reading it would be felt at opening. */
export function isFoldDue({ memory, foldAt }: Parts): boolean {
  const { journal, folded, isFresh } = memory.progress
  if (memory.isFilling || isFresh) return false
  return memory.isStale || journal - folded > foldAt.records || memory.journalBytes > foldAt.bytes
}

/**
 * Writes the chunks that differ from memory and forgets the journal, in one transaction. Gives way when a page
 * has been saved meanwhile: there is always another time.
 */
export async function fold(parts: Parts): Promise<void> {
  const { memory, disk } = parts
  const { progress, rows, isStale } = memory
  const dirty = new Map(rows.dirty)
  rows.dirty.clear()
  let isDone = false
  try {
    const names = isStale ? [...rows.tables.keys()] : [...dirty.keys()]
    const chunks = await pack(parts, names, isStale ? null : dirty)
    await parts.reach('before-fold')
    isDone = await disk.write(['chunk', 'journal', 'meta'], async (tx) => {
      const current = await readProgress(tx)
      if (current.journal !== progress.journal) return false
      const store = tx.objectStore('chunk')
      if (isStale) await store.clear()
      // `;` comes after `:`.
      for (const name of names) await store.delete(IDBKeyRange.bound(`1:${name}:`, `1:${name};`))
      for (const [key, chunk] of chunks) await (chunk ? store.put(chunk) : store.delete(key))
      await tx.objectStore('journal').clear()
      await writeMeta(tx, 'progress', { ...current, folded: current.journal })
      return true
    })
    await parts.reach('after-fold')
  } finally {
    if (!isDone) restore(rows.dirty, dirty)
  }
  if (!isDone) return
  memory.progress = { ...memory.progress, folded: progress.journal }
  memory.journalBytes = 0
  memory.isStale = false
}

function restore(into: Map<string, Set<string>>, from: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [name, scopes] of from) into.set(name, new Set([...(into.get(name) ?? []), ...scopes]))
}

/** Chunks of these entities by key, null where one is to go; only what `dirty` names, or all. */
async function pack(
  parts: Parts,
  names: readonly string[],
  dirty: ReadonlyMap<string, ReadonlySet<string>> | null,
): Promise<ReadonlyMap<string, ChunkRecord | null>> {
  const { memory, vault, outside } = parts
  const schema = memory.schemas.length - 1
  const chunks = new Map<string, ChunkRecord | null>()
  for (const name of names) {
    const table = memory.rows.tables.get(name)
    if (!table) continue
    const columns = memory.schemas[schema]?.[name] ?? []
    for (const [key, ids] of runsOf(parts, table, dirty)) {
      const rows = ids.flatMap((id) => packedRow(table, id, columns))
      const blob = rows.length === 0 ? null : await vault.sealJson(rows)
      chunks.set(key, blob && { key, entity: name, schema, blob })
      await outside.surroundings.pause()
    }
  }
  return chunks
}

/** Chunk key → ids of its rows; none where a chunk is to go. */
function runsOf(
  { early }: Parts,
  table: Table,
  dirty: ReadonlyMap<string, ReadonlySet<string>> | null,
): ReadonlyMap<string, readonly string[]> {
  const { name, device } = table.entity
  if (device === 'first') return inRuns(table)
  const buckets = dirty ? new Set([...(dirty.get(name) ?? [])].map(bucketOf)) : null
  return byBucket(table, buckets, early.get(name) ?? (() => false))
}

/** A small table is written anew as a whole. */
function inRuns({ entity, base }: Table): ReadonlyMap<string, readonly string[]> {
  const ids = [...base.keys()]
  const packs = new Map<string, readonly string[]>()
  for (let at = 0; at * rowsInChunk < ids.length; at += 1) {
    packs.set(`1:${entity.name}:${at}`, ids.slice(at * rowsInChunk, (at + 1) * rowsInChunk))
  }
  return packs
}

function byBucket(
  { entity, base }: Table,
  wanted: ReadonlySet<number> | null,
  isEarly: (row: AnyRow) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const packs = new Map<string, string[]>()
  const early: string[] = []
  for (const bucket of wanted ?? []) packs.set(bucketKey(entity, bucket), [])
  for (const [id, { row, scope }] of base) {
    const bucket = bucketOf(scope)
    if (isEarly(row)) early.push(id)
    if (wanted && !wanted.has(bucket)) continue
    const key = bucketKey(entity, bucket)
    const pack = packs.get(key)
    if (pack) pack.push(id)
    else packs.set(key, [id])
  }
  // Written a second time beside what a screen needs first; reading it again later does nothing.
  if (early.length > 0) packs.set(`1:${entity.name}:early`, early)
  return packs
}

function packedRow({ base }: Table, id: string, columns: readonly string[]): PackedRow[] {
  const held = base.get(id)
  // Gone since: then a page has been saved, and this packing comes to nothing.
  if (!held) return []
  return [[id, held.seq, held.scope, columns.map((name) => held.row[name] ?? null)]]
}

function bucketKey({ name }: Entity, bucket: number): string {
  return `2:${twoDigits(bucket)}:${name}`
}

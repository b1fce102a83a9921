// From disk to memory: at opening, when another tab has written, and when chunks were packed anew meanwhile.
import { sameJson } from '#core/json.ts'
import { DiskFailure, noProgress, readMeta, readProgress, writeMeta } from './disk.ts'
import { type Desk, readDesk, takeDesk } from './journal.ts'
import { bucketCount, bucketOf, bucketRange, firstChunks } from './pack.ts'
import type { Parts } from './parts.ts'
import type { PackedRow, Rows, Schema } from './rows.ts'
import { readJson } from './vault.ts'

/** Buckets that are read at once; between two such reads the browser may draw. */
const bucketsAtOnce = 8

/**
 * Notes by which columns this program packs rows. Columns that are new to this device are empty in what it
 * holds: it asks the server for a whole new picture and shows the old one until that is here.
 */
export async function noteSchema(
  { disk, memory }: Pick<Parts, 'disk' | 'memory'>,
  current: Schema,
): Promise<void> {
  const [schemas, isKnown] = await disk.write(['meta'], async (tx) => {
    const known = (await readMeta(tx, 'schemas')) ?? []
    const last = known[known.length - 1]
    if (last && sameJson(last, current)) return [known, true]
    await writeMeta(tx, 'schemas', [...known, current])
    if (last && hasMore(current, last)) {
      const { cursor, epoch, resume, isFresh } = noProgress
      await writeMeta(tx, 'progress', { ...(await readProgress(tx)), cursor, epoch, resume, isFresh })
    }
    return [[...known, current], last === undefined]
  })
  memory.schemas = schemas
  memory.isStale = !isKnown
}

function hasMore(current: Schema, last: Schema): boolean {
  return Object.entries(current).some(([name, columns]) =>
    columns.some((column) => !last[name]?.includes(column)),
  )
}

/** Reads what a screen needs first and lays unsent work on top; `fill` reads the rest. */
export async function load(parts: Parts): Promise<void> {
  let hasReset = false
  for (;;) {
    const rows = parts.emptyRows()
    try {
      const desk = await loadFirst(parts, rows)
      if (desk === null) continue
      return await takeDesk(parts, desk, rows)
    } catch (error) {
      if (error instanceof DiskFailure || hasReset) throw error
      // What cannot be read is only a copy of the server's rows: fetched again. Unsent work is not touched.
      parts.outside.report?.(error)
      hasReset = true
      await forgetRows(parts)
    }
  }
}

/** Reads the rest of the rows, some buckets at a time. */
export async function fill(parts: Parts): Promise<void> {
  const { memory } = parts
  // Nothing has been packed on a new device.
  const isWhole = memory.rows.folded === 0 || (await loadRest(parts, memory.rows))
  if (!isWhole) await parts.inTurn(() => reload(parts))
  memory.change(() => {
    memory.rows.filled()
    memory.isFilling = false
  })
  memory.bump()
}

/** Reads the rows of one scope before the others. */
export async function hasten(parts: Parts, scope: string): Promise<void> {
  const { memory } = parts
  if (!memory.isFilling) return
  const bucket = bucketOf(scope)
  if (await loadChunks(parts, memory.rows, bucketRange(bucket, bucket + 1))) showLoaded(parts)
}

/** Takes in what other tabs have written. */
export async function catchUp(parts: Parts): Promise<void> {
  await parts.inTurn(async () => {
    const { memory } = parts
    const desk = await readDesk(parts, memory.progress.journal)
    if (desk === null) return parts.wiped()
    // Pages that this tab has not seen have become part of chunks.
    if (desk.progress.folded > memory.progress.journal) return reload(parts)
    if (desk.progress.folded > memory.progress.folded) {
      memory.journalBytes = 0
      memory.isStale = false
    }
    await takeDesk(parts, desk, memory.rows)
  })
}

/** Everything anew, beside what is on the screen, which stays until it can be exchanged as a whole. */
async function reload(parts: Parts): Promise<void> {
  for (;;) {
    const rows = parts.emptyRows()
    const desk = await loadFirst(parts, rows)
    if (desk === null) continue
    if (!(await loadRest(parts, rows))) continue
    rows.filled()
    parts.memory.journalBytes = 0
    await takeDesk(parts, desk, rows)
    parts.memory.bump()
    return
  }
}

/** Null when chunks were packed anew between two readings. */
async function loadFirst(parts: Parts, rows: Rows): Promise<Desk | null> {
  await loadChunks(parts, rows, firstChunks)
  const desk = await readDesk(parts, rows.folded ?? 0)
  return desk?.progress.folded === rows.folded ? desk : null
}

async function loadRest(parts: Parts, rows: Rows): Promise<boolean> {
  for (let bucket = 0; bucket < bucketCount; bucket += bucketsAtOnce) {
    const isCurrent = await loadChunks(parts, rows, bucketRange(bucket, bucket + bucketsAtOnce))
    if (!isCurrent) return false
    if (rows === parts.memory.rows) showLoaded(parts)
  }
  return true
}

/** False when the chunks are not those any more that these rows began with. */
async function loadChunks(
  { disk, vault, memory, outside }: Parts,
  rows: Rows,
  [from, before]: readonly [from: string, before: string],
): Promise<boolean> {
  const { chunks, folded } = await disk.read(['chunk', 'meta'], async (tx) => ({
    folded: (await readProgress(tx)).folded,
    chunks: await tx.objectStore('chunk').getAll(IDBKeyRange.bound(from, before, false, true)),
  }))
  rows.folded ??= folded
  if (rows.folded !== folded) return false
  const opened = await Promise.all(chunks.map(({ blob }) => vault.open(blob)))
  for (const [index, { entity, schema }] of chunks.entries()) {
    const bytes = opened[index]
    if (bytes) rows.load(entity, readJson<PackedRow[]>(bytes), memory.schemas[schema] ?? {})
    await outside.surroundings.pause()
  }
  return true
}

/** Unsent work may have waited for these rows. */
function showLoaded({ memory }: Parts): void {
  memory.change(() => undefined)
  memory.bump(({ device }) => device === 'then')
}

async function forgetRows({ disk, memory }: Parts): Promise<void> {
  await disk.write(['chunk', 'journal', 'meta'], async (tx) => {
    await tx.objectStore('chunk').clear()
    await tx.objectStore('journal').clear()
    const { journal } = await readProgress(tx)
    await writeMeta(tx, 'progress', { ...noProgress, journal, folded: journal })
  })
  memory.journalBytes = 0
}

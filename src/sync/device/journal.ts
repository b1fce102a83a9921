// What the server sent, as it came. A page, the cursor and the acts that it settles are one transaction.
import type { PullPage } from '../protocol.ts'
import type { Act, Entry } from './acts.ts'
import type { RefusedMutation } from './device.ts'
import {
  type DraftRecord,
  type Identity,
  type JournalRecord,
  type NeedRecord,
  type OutboxRecord,
  type Progress,
  readProgress,
  writeMeta,
} from './disk.ts'
import { readDrafts } from './drafts.ts'
import { inOrder } from './memory.ts'
import { type Need, unsent } from './outbox.ts'
import type { Parts } from './parts.ts'
import type { Rows } from './rows.ts'
import { readJson, type Sealed } from './vault.ts'

/** Rows that are taken in at once without a frame being missed. */
const slice = 512

/** A page and how it was asked for. */
export interface Arrival {
  readonly page: PullPage
  readonly bytes: Sealed
  readonly asked: Progress
}

/** Whether a page begins a whole new picture rather than goes on with one. */
function startsPicture(asked: Progress, { fresh, epoch }: PullPage): boolean {
  return fresh && (asked.resume === null || epoch !== asked.epoch)
}

/** Where the next pull asks from. */
export function progressAfter(asked: Progress, page: PullPage): Progress {
  return {
    ...asked,
    epoch: page.epoch,
    cursor: page.cursor,
    resume: page.resume ?? null,
    isFresh: page.fresh && page.resume !== undefined,
    isUsable: asked.isUsable || page.usable,
  }
}

/** Puts a page on the disk and into memory. False when another tab has got further meanwhile. */
export async function savePage(parts: Parts, { page, bytes, asked }: Arrival): Promise<boolean> {
  const { memory, disk, vault, outside } = parts
  const starts = startsPicture(asked, page)
  const after = progressAfter(asked, page)
  const says = page.rows.length > 0 || page.left.length > 0 || page.fresh
  if (!says && after.cursor === asked.cursor && after.epoch === asked.epoch) return true
  const blob = says ? await vault.seal(bytes) : null
  const syncedAt = new Date(outside.surroundings.now()).toISOString()
  const key = asked.journal + (says ? 1 : 0)
  const saved: Progress = { ...after, journal: key, syncedAt }
  await parts.reach('before-page-write')
  const folded = await disk.write(['journal', 'outbox', 'meta'], async (tx) => {
    const current = await readProgress(tx)
    if (!isSame(current, asked)) return null
    if (blob) await tx.objectStore('journal').put({ key, starts, blob })
    const outbox = tx.objectStore('outbox')
    const isOtherEpoch = asked.epoch !== after.epoch
    for (const record of await outbox.getAll()) {
      if (isOtherEpoch && record.seq !== undefined) await outbox.put(unsent(record))
      else if (isSettled(record, after)) await outbox.delete(record.n)
    }
    await writeMeta(tx, 'progress', { ...saved, folded: current.folded })
    return current.folded
  })
  await parts.reach('after-page-write')
  if (folded === null) return false
  const last = await takeSlices(parts, page, starts)
  memory.change(() => {
    memory.rows.take(last, starts && last === page)
    memory.progress = { ...saved, folded }
    memory.journalBytes += blob?.byteLength ?? 0
    if (asked.epoch !== after.epoch) for (const entry of memory.entries) forgetAnswer(entry)
    memory.entries = memory.entries.filter((entry) => !isSettled(entry, after))
  })
  if (says) outside.channel.post('changed')
  return true
}

/** Takes a big page in slices, so that no frame is missed, and gives back the last one. */
async function takeSlices({ memory, outside }: Parts, page: PullPage, starts: boolean): Promise<PullPage> {
  let rest = page
  while (rest.rows.length > slice) {
    const { rows } = rest
    // Only the last slice may end a series.
    const some: PullPage = { ...rest, rows: rows.slice(0, slice), resume: 'more' }
    memory.change(() => memory.rows.take(some, starts && rest === page))
    rest = { ...rest, left: [], rows: rows.slice(slice) }
    await outside.surroundings.pause()
  }
  return rest
}

function isSame(a: Progress, b: Progress): boolean {
  return a.journal === b.journal && a.cursor === b.cursor && a.epoch === b.epoch && a.resume === b.resume
}

/** Accepted, and the rows that came of it are here: within a series of pages that is only known at its end. */
function isSettled({ seq }: { readonly seq?: number }, { cursor, resume }: Progress): boolean {
  return seq !== undefined && resume === null && seq <= cursor
}

/** Under another epoch the number of an accepted act means nothing: it is sent again, and counted once. */
function forgetAnswer(entry: Entry): void {
  if (entry.seq === undefined) return
  delete entry.seq
  entry.state = 'saved'
}

/** What is on the disk besides rows. */
export interface Desk {
  readonly progress: Progress
  readonly identity: Identity
  readonly journal: readonly JournalRecord[]
  readonly outbox: readonly OutboxRecord[]
  readonly needs: readonly NeedRecord[]
  readonly drafts: readonly DraftRecord[]
}

/** Reads all that came after the journal record `after`, in one picture. */
export function readDesk({ disk }: Pick<Parts, 'disk'>, after: number): Promise<Desk | null> {
  return disk.read(['journal', 'outbox', 'needs', 'draft', 'meta', 'identity'], async (tx) => {
    const identity = await tx.objectStore('identity').get('identity')
    if (!identity) return null
    return {
      identity,
      progress: await readProgress(tx),
      journal: await tx.objectStore('journal').getAll(IDBKeyRange.lowerBound(after, true)),
      outbox: await tx.objectStore('outbox').getAll(),
      needs: await tx.objectStore('needs').getAll(),
      drafts: await tx.objectStore('draft').getAll(),
    }
  })
}

/** Lays the desk into memory: pages that are not there yet, the queue and what was refused. */
export async function takeDesk(parts: Parts, desk: Desk, rows: Rows): Promise<void> {
  const { memory, vault } = parts
  const known = new Set(memory.entries.filter(({ n }) => n > 0).map(({ id }) => id))
  const pages = await Promise.all(
    desk.journal.map(async ({ blob, starts }) => ({
      page: readJson<PullPage>(await vault.open(blob)),
      starts,
    })),
  )
  // Rows that nobody sees yet can be filled page by page; those on the screen change in one go.
  const isShown = rows === memory.rows
  for (const { page, starts } of isShown ? [] : pages) {
    rows.take(page, starts)
    await parts.outside.surroundings.pause()
  }
  const entries = await readEntries(parts, desk.outbox)
  const refused = await readNeeds(parts, desk.needs)
  const drafts = await readDrafts(parts, desk.drafts)
  memory.change(() => {
    memory.rows = rows
    for (const { page, starts } of isShown ? pages : []) rows.take(page, starts)
    memory.progress = desk.progress
    memory.device = desk.identity.device
    memory.journalBytes += desk.journal.reduce((sum, { blob }) => sum + blob.byteLength, 0)
    // What is not on the disk any more is settled; what has no number yet has never been there.
    const ids = new Set(entries.map(({ id }) => id))
    const own = memory.entries.filter(({ id }) => !ids.has(id) && !known.has(id))
    memory.entries = inOrder([...entries, ...own])
    memory.refused = refused
    memory.drafts = drafts
  })
}

async function readEntries({ memory, vault }: Parts, records: readonly OutboxRecord[]): Promise<Entry[]> {
  const known = new Map(memory.entries.map((entry) => [entry.id, entry]))
  const entries: Entry[] = []
  for (const { id, n, seq, deps, blob } of records) {
    const entry: Entry = known.get(id) ?? {
      ...{ id, n, deps, written: new Set<string>(), state: 'saved' },
      act: await vault.openJson<Act>(blob),
    }
    entry.n = n
    entry.deps = deps
    forgetAnswer(entry)
    if (seq !== undefined) {
      entry.seq = seq
      entry.state = 'accepted'
    }
    entries.push(entry)
  }
  return entries
}

async function readNeeds(
  { memory, vault }: Parts,
  records: readonly NeedRecord[],
): Promise<ReadonlyMap<number, RefusedMutation>> {
  const refused = new Map<number, RefusedMutation>()
  for (const { n, blob } of records) {
    refused.set(n, memory.refused.get(n) ?? { ...(await vault.openJson<Need>(blob)), n })
  }
  return refused
}

// What is on its way to the server: the only thing on this device that exists nowhere else.
import type { Outcome } from '../protocol.ts'
import type { Act, Entry } from './acts.ts'
import type { RefusedMutation } from './device.ts'
import { DiskFailure, type DiskTx, type OutboxRecord, readProgress } from './disk.ts'
import { inOrder } from './memory.ts'
import type { Parts } from './parts.ts'
import type { Sealed } from './vault.ts'

/** A refused act with the server's reason, as it is sealed on the disk. */
export type Need = Act & Pick<RefusedMutation, 'code' | 'details'>

interface Draft {
  readonly entry: Entry
  /** The refused act that this one takes the place of. */
  readonly replaces: number | null
  readonly saved: () => void
  readonly failed: (error: unknown) => void
}

/** Most acts in one transaction, and how long to wait for a disk that fails, in milliseconds. */
const batchLimit = 100
const diskPatience = 2000

/** Writes acts to the disk in the order in which they were done, several at once while the disk is busy. */
export class Outbox {
  readonly #parts: Parts
  readonly #drafts: Draft[] = []
  #writing: Promise<void> | null = null
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Resolves when the act is on the medium. While the disk fails it stays in memory and is tried again. */
  add(entry: Entry, replaces: number | null = null): Promise<void> {
    return new Promise((saved, failed) => {
      this.#drafts.push({ entry, replaces, saved, failed })
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null
      })
    })
  }

  /** Resolves when nothing waits to be written; while the disk fails it does not. */
  async settled(): Promise<void> {
    await this.#writing
  }

  close(): void {
    this.#isClosed = true
  }

  async #write(): Promise<void> {
    while (this.#drafts.length > 0) {
      const batch = this.#drafts.slice(0, batchLimit)
      try {
        await this.#parts.inTurn(() => save(this.#parts, batch))
        this.#drafts.splice(0, batch.length)
        for (const { saved } of batch) saved()
      } catch (error) {
        if (this.#isClosed || !(error instanceof DiskFailure)) {
          this.#drafts.splice(0, batch.length)
          for (const { failed } of batch) failed(error)
        } else {
          this.#parts.memory.set({ isOutboxFailing: true })
          await new Promise<void>((resume) => this.#parts.outside.surroundings.after(diskPatience, resume))
        }
      }
    }
  }
}

async function save(parts: Parts, batch: readonly Draft[]): Promise<void> {
  const { memory, vault, disk, outside } = parts
  const blobs = await Promise.all(batch.map(({ entry }) => vault.sealJson(entry.act)))
  await parts.reach('before-outbox-write')
  const places = await disk.write(
    ['outbox', 'needs', 'identity'],
    (tx) => number(tx, { batch, blobs, device: memory.device }),
    'strict',
  )
  await parts.reach('after-outbox-write')
  const refused = new Map(memory.refused)
  for (const { entry, replaces } of batch) {
    const place = places.get(entry)
    if (place) Object.assign(entry, place, { state: 'saved' })
    if (replaces !== null) refused.delete(replaces)
  }
  memory.refused = refused
  memory.entries = inOrder(memory.entries)
  memory.set({ isOutboxFailing: false })
  outside.channel.post('changed')
}

interface Batch {
  readonly batch: readonly Draft[]
  readonly blobs: readonly Sealed[]
  readonly device: string
}

/** The number is given inside the transaction, so that those of all tabs stand in one row without gaps. */
async function number(
  tx: DiskTx<'readwrite'>,
  { batch, blobs, device }: Batch,
): Promise<ReadonlyMap<Entry, Pick<OutboxRecord, 'n' | 'deps'>>> {
  const identity = await tx.objectStore('identity').get('identity')
  if (!identity) throw new Error('this device has no name yet')
  const outbox = tx.objectStore('outbox')
  const places = new Map<Entry, Pick<OutboxRecord, 'n' | 'deps'>>()
  const numberOf = (dep: Entry | number) => (typeof dep === 'number' ? dep : (places.get(dep)?.n ?? dep.n))
  let { next } = identity
  for (const [index, { entry, replaces }] of batch.entries()) {
    // A transaction may have completed without our hearing of it before the connection was lost.
    const known = await outbox.index('id').get(entry.id)
    if (known) places.set(entry, { n: known.n, deps: known.deps })
    const blob = blobs[index]
    if (known || !blob) continue
    // Under another name of this device the numbers would mean other acts.
    const deps = device === identity.device ? entry.deps.map(numberOf).filter((n) => n > 0) : []
    places.set(entry, { n: next, deps })
    await outbox.add({ n: next, id: entry.id, deps, blob })
    if (replaces !== null) await tx.objectStore('needs').delete(replaces)
    next += 1
  }
  await tx.objectStore('identity').put({ ...identity, next }, 'identity')
  return places
}

/** The server's word: what it accepted waits for the rows to arrive, what it refused waits for the person. */
export async function recordOutcomes(parts: Parts, outcomes: readonly Outcome[]): Promise<void> {
  const { memory, disk, vault, outside } = parts
  const sent = new Map(memory.entries.map((entry) => [entry.n, entry]))
  const needs = new Map<number, Need>()
  for (const outcome of outcomes) {
    const act = sent.get(outcome.n)?.act
    if (act && outcome.status === 'refused') {
      needs.set(outcome.n, { ...act, code: outcome.code, details: outcome.details })
    }
  }
  const blobs = new Map<number, Sealed>()
  for (const [n, need] of needs) blobs.set(n, await vault.sealJson(need))
  const settled = await disk.write(['outbox', 'needs', 'meta'], (tx) => settleOutcomes(tx, outcomes, blobs))
  await parts.reach('after-outcome-write')
  memory.change(() => {
    const refused = new Map(memory.refused)
    for (const [n, need] of needs) refused.set(n, { ...need, n })
    memory.refused = refused
    for (const outcome of outcomes) {
      const entry = sent.get(outcome.n)
      if (entry && outcome.status === 'accepted') {
        entry.state = 'accepted'
        entry.seq = outcome.seq
      }
    }
    memory.entries = memory.entries.filter(({ n }) => !needs.has(n) && !settled.has(n))
  })
  outside.channel.post('changed')
}

/** The numbers of those accepted acts whose rows have arrived already. */
async function settleOutcomes(
  tx: DiskTx<'readwrite'>,
  outcomes: readonly Outcome[],
  needs: ReadonlyMap<number, Sealed>,
): Promise<ReadonlySet<number>> {
  const { cursor, resume } = await readProgress(tx)
  const outbox = tx.objectStore('outbox')
  const settled = new Set<number>()
  for (const outcome of outcomes) {
    const record = await outbox.get(outcome.n)
    if (!record) continue
    if (outcome.status === 'accepted' && (resume !== null || outcome.seq > cursor)) {
      await outbox.put({ ...record, seq: outcome.seq })
      continue
    }
    const blob = needs.get(outcome.n)
    if (blob) await tx.objectStore('needs').put({ n: outcome.n, blob })
    await outbox.delete(outcome.n)
    settled.add(outcome.n)
  }
  return settled
}

/** Gives up a refused act. */
export async function discardNeed({ disk, memory, outside }: Parts, n: number): Promise<void> {
  await disk.write(['needs'], (tx) => tx.objectStore('needs').delete(n), 'strict')
  const refused = new Map(memory.refused)
  refused.delete(n)
  memory.refused = refused
  memory.touch()
  outside.channel.post('changed')
}

/**
 * The server does not know acts of this device that it once had: it was restored from an older backup. What it
 * has lost is sent again; where numbers are missing in between, the device goes on under a new name. `next` is
 * the number the server expects, so nothing from there on has taken effect.
 */
export async function startOver(
  { disk, outside }: Parts,
  next: number,
  name: 'kept' | 'renamed' = 'kept',
): Promise<void> {
  await disk.write(['outbox', 'needs', 'identity'], async (tx) => {
    const outbox = tx.objectStore('outbox')
    const records = await outbox.getAll()
    const lost = records.filter(({ n }) => n >= next)
    await outbox.clear()
    if (name === 'kept' && lost[0]?.n === next) {
      for (const record of records) await outbox.put(record.n < next ? record : unsent(record))
      return
    }
    const place = new Map(lost.map(({ n }, index) => [n, index + 1]))
    for (const record of lost) {
      const deps = record.deps.flatMap((n) => place.get(n) ?? [])
      await outbox.put({ ...unsent(record), n: place.get(record.n) ?? 0, deps })
    }
    const device = outside.surroundings.newId()
    await tx.objectStore('identity').put({ device, next: lost.length + 1 }, 'identity')
    await makeRoom(tx)
  })
}

export function unsent({ seq: _, ...record }: OutboxRecord): OutboxRecord {
  return record
}

/** Refused acts keep their place in the list, under numbers that no act will have. */
async function makeRoom(tx: DiskTx<'readwrite'>): Promise<void> {
  const needs = tx.objectStore('needs')
  const records = await needs.getAll()
  const lowest = Math.min(0, ...records.map(({ n }) => n))
  for (const [index, { n, blob }] of records.filter(({ n }) => n > 0).entries()) {
    await needs.delete(n)
    await needs.put({ n: lowest - 1 - index, blob })
  }
}

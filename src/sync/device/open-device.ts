import { checkFields } from '#core/check.ts'
import type { AnyRow } from '#core/entity.ts'
import type { Fields, ValuesOf } from '#core/field.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import type { Lease } from '../protocol.ts'
import { type Act, type Actor, baseOf, depsOf, type Entry, perform, rowsWritten } from './acts.ts'
import type { Device, DeviceStatus } from './device.ts'
import { Disk } from './disk.ts'
import { keepDraft } from './drafts.ts'
import { Exchange } from './exchange.ts'
import { keepGrant, newGrant } from './grant.ts'
import { databaseName, enter, eraseKeys, lockDisk } from './keys.ts'
import { Memory } from './memory.ts'
import { catchUp, fill, hasten, load, noteSchema } from './opening.ts'
import { discardNeed, Outbox } from './outbox.ts'
import { type FoldAt, type Parts, turns } from './parts.ts'
import { Rows, schemaOf, type Upgrade } from './rows.ts'
import type { DeviceEvent, Outside } from './surroundings.ts'
import { Vault } from './vault.ts'

/** How often the time of the lease is counted, in milliseconds. */
const countEvery = 60_000

/** Reading more than this at opening would be felt. */
const foldUsually: FoldAt = { records: 200, bytes: 400_000 }

export interface DeviceOptions extends Outside {
  readonly registry: Registry
  readonly lease: Lease
  /** What the server gives to whoever has just proven who he is; null without its word. */
  readonly unlock: string | null
  /** Entity → which of its rows are wanted before the rest at opening, where it is needed `then`. */
  readonly early?: ReadonlyMap<string, (row: AnyRow) => boolean>
  /** Entity → how rows that an earlier program put on the disk become rows of this one. */
  readonly upgrades?: ReadonlyMap<string, Upgrade>
  readonly foldAt?: FoldAt
}

/** A device and what only the wiring does with it. */
export interface OpenedDevice extends Device {
  /** The server has spoken to the same member again: he may read on. */
  renewLease(lease: Lease): void
}

/**
 * Opens the rows and the queue of one member on this device. Resolves when what a screen needs first is in
 * memory; the rest follows without blocking a frame.
 *
 * @throws Refused `device.locked` where a sign-in is needed first
 * @throws DiskFailure when the browser gives no storage
 */
export async function openDevice(options: DeviceOptions): Promise<OpenedDevice> {
  const { registry, upgrades = new Map(), early = new Map(), foldAt = foldUsually } = options
  const kept = [...registry.entities.values()]
  const emptyRows = () => new Rows(kept, upgrades)
  const actor: Actor = {
    registry,
    lease: () => memory.lease,
    pinyin: options.pinyin ?? (() => null),
    report: options.report ?? (() => undefined),
  }
  const memory = new Memory(actor, options.lease, emptyRows())
  const name = databaseName(options.lease)
  const disk = new Disk(options.indexedDB, name)
  const { key, clock } = await enter(disk, options, options)
  const vault = new Vault(options.crypto, key)
  const reach = options.reach ?? (() => Promise.resolve())
  const wiped = () => device.end('wiped')
  const sentAway: Parts['sentAway'] = (reason) => device.sentAway(reason)
  const parts: Parts = {
    outside: options,
    ...{
      disk,
      vault,
      clock,
      memory,
      actor,
      emptyRows,
      early,
      foldAt,
      reach,
      inTurn: turns(),
      wiped,
      sentAway,
    },
  }
  await noteSchema(parts, schemaOf(kept))
  await load(parts)
  const device = new MemoryFirstDevice(parts, name)
  device.start()
  return device
}

class MemoryFirstDevice implements OpenedDevice {
  readonly #parts: Parts
  readonly #memory: Memory
  readonly #outbox: Outbox
  readonly #exchange: Exchange
  #unsaved = 0
  #isClosed = false
  #stopLeaseTimer: () => void = () => undefined
  #status: { readonly version: number; readonly status: DeviceStatus } | null = null

  readonly view
  readonly version
  readonly versionOf
  readonly subscribe

  constructor(parts: Parts, name: string) {
    const { memory } = parts
    this.#parts = parts
    this.#memory = memory
    this.#outbox = new Outbox(parts)
    this.#exchange = new Exchange(parts, name)
    this.view = memory.view
    this.version = () => memory.version()
    this.versionOf = (entity: string) => memory.versionOf(entity)
    this.subscribe = (listener: () => void) => memory.subscribe(listener)
  }

  get lease(): Lease {
    return this.#memory.lease
  }

  start(): void {
    const { outside } = this.#parts
    outside.channel.listen((message) => {
      if (message === 'wiped') this.end('wiped')
      else if (message === 'locked') this.#inBackground(this.#lock('locked'))
      else this.#inBackground(catchUp(this.#parts))
    })
    this.#checkLease()
    this.#inBackground(fill(this.#parts))
    this.#exchange.start()
  }

  status(): DeviceStatus {
    const version = this.#memory.version()
    if (this.#status?.version !== version) this.#status = { version, status: statusOf(this.#memory) }
    return this.#status.status
  }

  async mutate<A extends Fields>(mutation: Mutation<A>, args: ValuesOf<A>): Promise<void> {
    // Fields hold nothing but JSON.
    const given = checkFields(mutation.args, args) as JsonObject
    await this.#do({ name: mutation.name, version: mutation.version, args: given }, null)
  }

  async resend(n: number, args: JsonObject): Promise<void> {
    const refused = this.#memory.refused.get(n)
    if (!refused) throw new Refused('not_found', { n })
    const mutation = this.#parts.actor.registry.mutations.get(refused.name)
    await this.#do({ name: refused.name, version: mutation?.version ?? 1, args }, n)
  }

  async discard(n: number): Promise<void> {
    await this.#parts.inTurn(() => discardNeed(this.#parts, n))
  }

  hasten(scope: string): Promise<void> {
    return hasten(this.#parts, scope)
  }

  sync(): Promise<void> {
    return this.#exchange.run()
  }

  draft(key: string): Json | null {
    return this.#memory.drafts.get(key)?.value ?? null
  }

  async keepDraft(key: string, value: Json | null): Promise<void> {
    this.#mustBeOpen()
    await this.#parts.inTurn(() => keepDraft(this.#parts, key, value))
  }

  signOut(): Promise<void> {
    return this.#erase(null)
  }

  sentAway(reason: 'signed_out' | 'left'): void {
    this.#inBackground(reason === 'left' ? this.#erase('left') : this.#lock('signed_out'))
  }

  close(): void {
    this.#isClosed = true
    this.#stopLeaseTimer()
    this.#exchange.close()
    this.#outbox.close()
    this.#parts.outside.channel.close()
    this.#parts.disk.close()
  }

  renewLease(lease: Lease): void {
    const { clock, outside } = this.#parts
    clock.take(newGrant(lease, outside.surroundings))
    this.#memory.lease = lease
    this.#memory.change(() => undefined)
    this.#checkLease()
    void this.sync()
  }

  /** Does an act on the rows at once, then remembers it. */
  async #do(given: Pick<Act, 'name' | 'version' | 'args'>, replaces: number | null): Promise<void> {
    const { actor, outside } = this.#parts
    const memory = this.#memory
    this.#mustBeOpen()
    const act: Act = { ...given, at: new Date(outside.surroundings.now()).toISOString(), base: {} }
    const tx = perform(actor, memory.rows, act)
    this.#unsaved += 1
    const entry: Entry = {
      id: outside.surroundings.newId(),
      n: -this.#unsaved,
      act: { ...act, base: baseOf(tx.changes()) },
      deps: depsOf(tx, memory.entries),
      written: rowsWritten(tx.changes()),
      state: 'saving',
    }
    memory.entries = [...memory.entries, entry]
    memory.settle()
    await this.#outbox.add(entry, replaces)
    void this.sync()
  }

  #mustBeOpen(): void {
    if (this.#memory.isLocked || this.#isClosed) throw new Refused('device.locked')
  }

  #checkLease(): void {
    this.#stopLeaseTimer()
    if (this.#isClosed) return
    const { clock, disk } = this.#parts
    const left = clock.count()
    if (left === 0) {
      this.#inBackground(this.#lock('locked'))
      return
    }
    this.#stopLeaseTimer = this.#parts.outside.surroundings.after(Math.min(left, countEvery), () =>
      this.#checkLease(),
    )
    this.#inBackground(keepGrant(disk, clock))
  }

  /** Nothing can be read any more until the next sign-in, in any tab; what is unsent waits on the disk. */
  async #lock(event: 'locked' | 'signed_out'): Promise<void> {
    const { disk, clock, outside } = this.#parts
    const memory = this.#memory
    if (memory.isLocked || this.#isClosed) return
    this.#show(true)
    try {
      if (!(await lockDisk(disk, clock.grant))) {
        // Another tab has just signed in: this one goes on with it.
        await keepGrant(disk, clock)
        this.#show(false)
        return this.#checkLease()
      }
    } catch (error) {
      // The key comes off at the next opening at the latest, which counts the time too.
      this.#parts.actor.report(error)
    }
    outside.channel.post('locked')
    await this.#outbox.settled()
    this.end(event)
  }

  #show(isLocked: boolean): void {
    this.#memory.isLocked = isLocked
    this.#memory.bump()
  }

  /** Takes everything of this member off this device, in every tab. */
  async #erase(event: 'left' | null): Promise<void> {
    const { disk, outside } = this.#parts
    if (this.#isClosed) return
    try {
      await eraseKeys(disk)
    } finally {
      outside.channel.post('wiped')
      this.end(event)
      await disk.destroy()
    }
  }

  /** Nothing of this member can be read here any more. */
  end(event: DeviceEvent | null): void {
    this.close()
    this.#parts.vault.forget()
    const memory = this.#memory
    memory.isLocked = true
    memory.rows = this.#parts.emptyRows()
    memory.entries = []
    memory.refused = new Map()
    memory.drafts = new Map()
    memory.bump()
    if (event) this.#parts.outside.tell?.(event)
  }

  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#isClosed) this.#parts.actor.report(error)
    })
  }
}

function statusOf(memory: Memory): DeviceStatus {
  const { progress } = memory
  const isComplete = !memory.isFilling && progress.epoch !== '' && progress.resume === null
  return {
    connection: memory.connection,
    loading: !progress.isUsable ? 'first' : isComplete ? 'complete' : 'filling',
    isPulling: memory.isPulling,
    isPushing: memory.isPushing,
    syncedAt: progress.syncedAt,
    isDiskFailing: memory.isOutboxFailing || memory.isJournalFailing,
    isLocked: memory.isLocked,
    pending: memory.entries.map(({ n, act, state }) => ({
      n,
      name: act.name,
      args: act.args,
      at: act.at,
      state,
    })),
    refused: [...memory.refused.values()],
  }
}

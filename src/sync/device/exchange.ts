import { Refused } from '#core/refused.ts'
import { DiskFailure } from './disk.ts'
import { catchUp } from './opening.ts'
import { fold, isFoldDue } from './pack.ts'
import type { Parts } from './parts.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { WireFailure } from './surroundings.ts'

/** Milliseconds: how often to look when nothing calls, and the waits after failures. */
const lookEvery = 60_000
const retryFrom = 1000

/**
 * When to exchange with the server: after each act, when the server or the person calls, when the connection is
 * back, and once a minute. Nothing here throws; what fails is shown in the status and tried again.
 */
export class Exchange {
  readonly #parts: Parts
  readonly #name: string
  #running: Promise<void> | null = null
  #isWantedAgain = false
  #isClosed = false
  #failures = 0
  #stopTimer: () => void = () => undefined
  readonly #stops: (() => void)[] = []

  /** `name` is the same in all tabs of one member. */
  constructor(parts: Parts, name: string) {
    this.#parts = parts
    this.#name = name
  }

  start(): void {
    const { locks, surroundings, transport } = this.#parts.outside
    const call = () => void this.run()
    this.#stops.push(surroundings.onReturn(call))
    // One tab listens for all: browsers allow few open connections to one server.
    const held = locks.request(`${this.#name}-wake`, async () => {
      if (this.#isClosed) return
      const stop = transport.wake(call)
      await new Promise<void>((resolve) => this.#stops.push(stop, resolve))
    })
    held.catch((error: unknown) => this.#parts.outside.report?.(error))
    call()
  }

  /** Resolves when everything known when it was called has been exchanged, or has failed to be. */
  run(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    if (this.#running) this.#isWantedAgain = true
    this.#running ??= this.#rounds().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  close(): void {
    this.#isClosed = true
    this.#stopTimer()
    for (const stop of this.#stops) stop()
  }

  async #rounds(): Promise<void> {
    this.#stopTimer()
    do {
      this.#isWantedAgain = false
      await this.#round()
    } while (this.#isWantedAgain && this.#failures === 0 && !this.#isClosed)
    if (this.#isClosed) return
    this.#stopTimer = this.#parts.outside.surroundings.after(this.#delay(), () => void this.run())
  }

  async #round(): Promise<void> {
    const { outside, memory } = this.#parts
    if (!outside.surroundings.isOnline()) {
      memory.set({ connection: 'offline' })
      return
    }
    try {
      await outside.locks.request(this.#name, () => this.#exchange())
      this.#failures = 0
      memory.set({ connection: 'online', isJournalFailing: false })
      void this.#tidy()
    } catch (error) {
      this.#failures += 1
      this.#note(error)
    }
  }

  async #exchange(): Promise<void> {
    const parts = this.#parts
    if (this.#isClosed) return
    await catchUp(parts)
    await push(parts)
    await pull(parts, () => push(parts))
    const syncedAt = new Date(parts.outside.surroundings.now()).toISOString()
    parts.memory.progress = { ...parts.memory.progress, syncedAt }
  }

  #note(error: unknown): void {
    const { outside, memory } = this.#parts
    if (this.#isClosed) return
    if (error instanceof DiskFailure) {
      memory.set({ isJournalFailing: true })
      return
    }
    const reason = error instanceof WireFailure ? error.reason : 'unreachable'
    if (!(error instanceof WireFailure)) outside.report?.(error)
    if (reason === 'signed_out' || reason === 'left') {
      this.#parts.sentAway(reason)
      return
    }
    const isOnline = outside.surroundings.isOnline()
    memory.set({ connection: reason === 'outdated' ? reason : isOnline ? 'unreachable' : 'offline' })
  }

  /** After failures ever longer, and not all devices at once when a server comes back. */
  #delay(): number {
    if (this.#failures === 0) return lookEvery
    const spread = 0.5 + this.#parts.outside.surroundings.random() / 2
    return Math.min(lookEvery, retryFrom * 2 ** this.#failures) * spread
  }

  async #tidy(): Promise<void> {
    const { outside } = this.#parts
    if (!isFoldDue(this.#parts)) return
    try {
      await outside.surroundings.idle()
      await outside.locks.request(`${this.#name}-fold`, async () => {
        if (isFoldDue(this.#parts) && !this.#isClosed) await fold(this.#parts)
      })
    } catch (error) {
      // The journal stays as it is; the next round tries again. Locked or signed out in the middle of it is no fault.
      const isLocked = error instanceof Refused && error.code === 'device.locked'
      if (!(error instanceof DiskFailure) && !isLocked) outside.report?.(error)
    }
  }
}

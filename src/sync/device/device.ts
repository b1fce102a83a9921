import type { Fields, ValuesOf } from '#core/field.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Mutation } from '#core/mutation.ts'
import type { View } from '#core/view.ts'
import type { Lease } from '../protocol.ts'

/** How far one act has come on its way to the server. */
export type PendingState = 'saving' | 'saved' | 'sent' | 'accepted'

/** An act that is not settled yet, in the order in which it was done. */
export interface PendingMutation {
  readonly n: number
  readonly name: string
  readonly args: JsonObject
  readonly at: string
  readonly state: PendingState
}

/** An act that the server refused: kept with its whole input until somebody mends or discards it. */
export interface RefusedMutation {
  readonly n: number
  readonly name: string
  readonly args: JsonObject
  readonly at: string
  readonly code: string
  readonly details: JsonObject
}

/** `outdated`: the server does not speak as this program does any more; unsent work waits for the update. */
export type Connection = 'online' | 'offline' | 'unreachable' | 'outdated'

export interface DeviceStatus {
  readonly connection: Connection
  /** `first` until everything a screen needs first is here; `filling` while the rest arrives or is read from disk. */
  readonly loading: 'first' | 'filling' | 'complete'
  readonly isPulling: boolean
  readonly isPushing: boolean
  /** ISO instant of the last complete exchange; null before the first. */
  readonly syncedAt: string | null
  /** The disk cannot be written at the moment: what is done now is not saved on this device yet. */
  readonly isDiskFailing: boolean
  /** The lease has run out or the session is over: this device is closed, and another is opened after a sign-in. */
  readonly isLocked: boolean
  readonly pending: readonly PendingMutation[]
  readonly refused: readonly RefusedMutation[]
}

/** The device half of the product, as screens see it. Everything that reads is synchronous. */
export interface Device {
  readonly lease: Lease
  /** Rows in memory with unsent work on top. Stable between changes of `version`. */
  readonly view: View
  /** Grows with every change of rows or status. */
  version(): number
  /** Grows with every change of rows of this entity. */
  versionOf(entity: string): number
  /** Calls back after changes, once for many; returns the way to stop. */
  subscribe(listener: () => void): () => void
  status(): DeviceStatus
  /**
   * Does it now on this device and remembers to send it. Resolves when it is on the disk of this device.
   * Refusals of the mutation itself are thrown at once and nothing is kept.
   *
   * @throws Refused what the mutation refuses
   */
  mutate<A extends Fields>(mutation: Mutation<A>, args: ValuesOf<A>): Promise<void>
  /** Gives the bundle of one customer from the disk before the rest, when a screen opens before all is read. */
  hasten(scope: string): Promise<void>
  /** Sends a refused act again, with mended arguments; the refused one is gone once the new one is saved. */
  resend(n: number, args: JsonObject): Promise<void>
  /** Gives up a refused act for good. */
  discard(n: number): Promise<void>
  /** What was being written under this key when it was last kept, here or in another tab; null when nothing was. */
  draft(key: string): Json | null
  /**
   * Keeps what is being written, sealed, until it is replaced or taken away with null. Resolves when it is on the disk.
   * Meant for a pause in writing, not for every letter.
   *
   * @throws Refused `device.locked`
   * @throws DiskFailure
   */
  keepDraft(key: string, value: Json | null): Promise<void>
  /** Exchanges with the server now. Never throws; see `status`. */
  sync(): Promise<void>
  /** Forgets key and rows of this member on this device, in every tab. Unsent work is lost: ask first. */
  signOut(): Promise<void>
  /** Stops timers and channels; the rows stay on the disk. */
  close(): void
}

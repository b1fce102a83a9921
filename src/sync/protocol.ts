import type { Json, JsonObject } from '#core/json.ts'
import type { Role } from '#core/role.ts'

/**
 * The version of what is said here. The server names the oldest it still speaks; what only adds (a column, an entity,
 * a mutation) needs no new number.
 */
export const protocol = 1
export const oldestProtocol = 1

/** Most mutations in one push, most rows in one page of a pull. */
export const pushLimit = 50
export const pullLimit = 2000

/** A mutation on its way from a device. */
export interface SentMutation {
  /** 1, 2, 3 … on this device, without gaps. */
  readonly n: number
  readonly name: string
  readonly version: number
  readonly args: JsonObject
  /** When the person did it, by the device's clock. */
  readonly at: string
  /** What the person saw of the fields that it changes: `entity:id` → field → value. */
  readonly base: { readonly [row: string]: JsonObject }
  /** Numbers of this device's mutations that must have been accepted for this one to make sense. */
  readonly deps: readonly number[]
}

export interface PushRequest {
  readonly device: string
  /** The device's clock when it sent this, to notice clocks that are off. */
  readonly sentAt: string
  readonly mutations: readonly SentMutation[]
}

/** The server's last word on one mutation. */
export type Outcome =
  | { readonly n: number; readonly status: 'accepted'; readonly seq: number }
  | { readonly n: number; readonly status: 'refused'; readonly code: string; readonly details: JsonObject }

export interface PushAnswer {
  /** In the order of the request. Shorter than it where the server stopped early: send the rest again. */
  readonly outcomes: readonly Outcome[]
  /** The next number the server expects from this device. */
  readonly next: number
}

/**
 * One row on the wire: entity, id, number in the feed, scope, and the values in the order of the page's `columns`;
 * `null` in place of the values when it is no longer there.
 */
export type PulledRow = readonly [
  entity: string,
  id: string,
  seq: number,
  scope: string,
  values: readonly Json[] | null,
]

export interface PullRequest {
  /** 0 the first time. */
  readonly cursor: number
  /** The epoch of the cursor; empty the first time. */
  readonly epoch: string
  /** Where an unfinished series of pages goes on. */
  readonly resume?: string
}

export interface PullPage {
  /** Changes when numbers start anew (a restored backup) or when this member's rights change. */
  readonly epoch: string
  /** True on a page of a whole new picture: what the device held before under another epoch goes. */
  readonly fresh: boolean
  /** Stored with the page; the next pull asks from here. Unchanged until the last page of a series. */
  readonly cursor: number
  /** Scopes this device must forget, rows and all, before it takes the rows. */
  readonly left: readonly string[]
  /**
   * Entity → by which columns its rows on this page are written. The server's program may know more columns than
   * the device's, or fewer.
   */
  readonly columns: { readonly [entity: string]: readonly string[] }
  readonly rows: readonly PulledRow[]
  /** Given while there is more of the same series. */
  readonly resume?: string
  /** True once all that a screen needs first has been sent. */
  readonly usable: boolean
}

/** Who is at the device and how long it may be read without the server. */
export interface Lease {
  readonly orgId: string
  readonly orgName: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** From when by the server's clock, and until when: after as much time reading locks and unsent work waits, sealed. */
  readonly from: string
  readonly until: string
  /** Says to the server whose device this is, also when nobody is signed in any more. It opens nothing. */
  readonly pass: string
}

/** A refusal as it travels. */
export interface RefusalBody {
  readonly code: string
  readonly details: JsonObject
}

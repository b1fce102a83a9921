// Everything outside the device half that it leans on. All of it is given from outside, so that the same code
// runs in the browser and, over a faulty wire and a clock that jumps, in the simulation.
import type { Refused } from '#core/refused.ts'
import type { PinyinOf } from '#core/search-text.ts'
import type { PullRequest, PushAnswer, PushRequest } from '../protocol.ts'

/** The wire to the server. Failures are thrown as `WireFailure`, the server's expected "no" as `Refused`. */
export interface Transport {
  push(request: PushRequest): Promise<PushAnswer>
  /** The bytes of a `PullPage` as they came: they go to the disk unchanged. */
  pull(request: PullRequest): Promise<Uint8Array<ArrayBuffer>>
  /** Calls back when there may be something to pull; returns the way to stop. */
  wake(callback: () => void): () => void
}

/**
 * Why nothing can be exchanged. `unreachable`: no answer, or none that counts; asked again later. `signed_out`: a new
 * sign-in is needed first. `outdated`: the server does not speak as this program does any more. `left`: the member
 * has left the organisation.
 */
export class WireFailure extends Error {
  readonly reason: 'unreachable' | 'signed_out' | 'outdated' | 'left'

  constructor(reason: WireFailure['reason'], cause?: unknown) {
    super(reason, { cause })
    this.name = 'WireFailure'
    this.reason = reason
  }
}

const aboutTheSender: ReadonlyMap<string, WireFailure['reason']> = new Map([
  ['session.required', 'signed_out'],
  ['app.outdated', 'outdated'],
  ['member.inactive', 'left'],
])

/** What a refusal of the server means to a device: most are about the request, some about whoever sent it. */
export function failureFor(refused: Refused): Refused | WireFailure {
  const reason = aboutTheSender.get(refused.code)
  return reason === undefined ? refused : new WireFailure(reason, refused)
}

/** Clock, chance, timers and the attention of the person. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds since some moment; nobody can set it, and it may stand still while the device sleeps. */
  monotonic(): number
  /** 0 ≤ x < 1, to spread retries. */
  random(): number
  newId(): string
  isOnline(): boolean
  /** Calls back when the connection or the person has come back; returns the way to stop. */
  onReturn(callback: () => void): () => void
  /** A timer in milliseconds; returns the way to stop it. */
  after(delay: number, callback: () => void): () => void
  /** Lets the browser draw and answer the person before work goes on. */
  pause(): Promise<void>
  /** Resolves when there is time for work that nobody waits for. */
  idle(): Promise<void>
}

/** One holder at a time among all tabs. The part of `navigator.locks` that is used here. */
export interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** `changed`: read the disk again. `locked`: until the next sign-in. `wiped`: the member has signed out. */
export type TabMessage = 'changed' | 'locked' | 'wiped'

/** Word between the tabs of one member. */
export interface Channel {
  post(message: TabMessage): void
  listen(callback: (message: TabMessage) => void): void
  close(): void
}

/** Where the simulation may kill the device. */
export type CrashPoint =
  | 'before-outbox-write'
  | 'after-outbox-write'
  | 'before-send'
  | 'after-send'
  | 'after-outcome-write'
  | 'before-page-write'
  | 'after-page-write'
  | 'before-fold'
  | 'after-fold'

/**
 * What only the wiring can act on; the device is closed by then. `locked`: the lease has run out, `signed_out`: the
 * session is over; both need a new sign-in. `left`: the member has left and everything is gone. `wiped`: he has signed
 * out in another tab.
 */
export type DeviceEvent = 'locked' | 'signed_out' | 'left' | 'wiped'

export interface Outside {
  readonly transport: Transport
  readonly surroundings: Surroundings
  readonly indexedDB: IDBFactory
  readonly crypto: Crypto
  readonly locks: Locks
  readonly channel: Channel
  /** The dictionary once it is loaded. */
  readonly pinyin?: () => PinyinOf | null
  readonly tell?: (event: DeviceEvent) => void
  /** A bug that must not stop the device, such as a mutation that breaks when it is replayed. */
  readonly report?: (error: unknown) => void
  /** For the simulation only; a crash is a promise that never settles. */
  readonly reach?: (point: CrashPoint) => Promise<void>
}

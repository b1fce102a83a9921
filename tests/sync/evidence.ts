// What a simulation remembers of what happened, for the invariants to be judged by.
import type { Entity } from '#core/entity.ts'
import type { Json } from '#core/json.ts'
import type { Registry } from '#core/registry.ts'
import type { Lease } from '#sync/protocol.ts'
import type { Origin, Tab } from '../kit/device-origin.ts'
import type { Person, WorldServer } from '../kit/memory-server.ts'
import type { App } from '../kit/two-apps.ts'

/** The organisation that is simulated. */
export interface SimulatedWorld {
  readonly server: WorldServer
  readonly registry: Registry
  readonly manager: Person
  readonly reps: readonly [Person, Person]
  readonly customerIds: readonly string[]
  readonly visitIds: readonly string[]
  readonly institutionIds: readonly string[]
  readonly newId: () => string
  readonly now: () => number
  advance(by: number): void
  leaseOf(person: Person): Lease
  /** Lets everything that is under way go on a little. */
  breathe(): Promise<void>
  /** The server's process or its connection dies at that point of its next transaction. */
  crash(at: ServerCrash): void
}

/** Points at which the server half may be killed. */
export const serverCrashes = ['in-work', 'before-commit', 'after-commit', 'restart'] as const

export type ServerCrash = (typeof serverCrashes)[number]

/** An invariant does not hold. */
export class Violation extends Error {
  readonly invariant: string

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`)
    this.invariant = invariant
  }
}

/** One act of a person, known by a text that is in it and nowhere else. */
export interface Deed {
  readonly mark: string
  readonly origin: Origin
  readonly tab: Tab
  readonly entity: Entity
  readonly id: string
  readonly field: string
  /** The customer it hangs on. */
  readonly customerId: string
  /** What he saw in its place. */
  readonly saw: Json
  isSaved: boolean
}

/** What somebody saw where his own last word should have stood. */
export interface Glimpse {
  readonly deed: Deed
  readonly value: Json | undefined
}

export interface Evidence {
  readonly world: SimulatedWorld
  readonly origins: readonly Origin[]
  readonly apps: ReadonlyMap<Origin, App>
  readonly deeds: readonly Deed[]
  readonly glimpses: readonly Glimpse[]
  /** Customers that have changed hands, and members whose rights have changed, in the course of it. */
  readonly moved: ReadonlySet<string>
  readonly newRights: ReadonlySet<string>
}

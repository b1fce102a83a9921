import type { AnyRow } from '#core/entity.ts'
import type { Actor } from './acts.ts'
import type { Disk } from './disk.ts'
import type { GrantClock } from './grant.ts'
import type { Memory } from './memory.ts'
import type { Rows } from './rows.ts'
import type { CrashPoint, Outside } from './surroundings.ts'
import type { Vault } from './vault.ts'

/** How much the journal may hold before it is folded into chunks. */
export interface FoldAt {
  readonly records: number
  readonly bytes: number
}

/** What the parts of one device share. */
export interface Parts {
  readonly outside: Outside
  readonly disk: Disk
  readonly vault: Vault
  readonly memory: Memory
  readonly actor: Actor
  readonly emptyRows: () => Rows
  /** Of the rows of an entity that is needed `then`, those that are wanted at once: today's visits. */
  readonly early: ReadonlyMap<string, (row: AnyRow) => boolean>
  readonly foldAt: FoldAt
  readonly reach: (point: CrashPoint) => Promise<void>
  /** Called when the disk of this member turns out to have been wiped by another tab. */
  readonly wiped: () => void
  /** Called when the server does not take this device for its member's any more. */
  readonly sentAway: (reason: 'signed_out' | 'left') => void
  /** How much of the lease is used up. */
  readonly clock: GrantClock
  /** Steps that bring disk and memory together happen one after another in this tab. */
  readonly inTurn: <T>(step: () => Promise<T>) => Promise<T>
}

/** Runs steps one after another; a step that fails does not stop the next. */
export function turns(): Parts['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return (step) => {
    const mine = last.then(step)
    last = mine.catch(() => undefined)
    return mine
  }
}

// How long this device may be read without the server. What counts is the time that has passed since the server granted
// it, not what a clock says that anybody can set.
import type { Lease } from '../protocol.ts'
import { type Disk, readMeta, writeMeta } from './disk.ts'
import type { Surroundings } from './surroundings.ts'

/** Times in milliseconds. */
export interface Grant {
  /** Of the lease; a later one is a newer grant. */
  readonly until: string
  readonly allowance: number
  /** How much of it is used up. */
  readonly used: number
  /** The device's clock when that was last counted. */
  readonly seen: number
}

/** A grant of which nothing is used up yet. */
export function newGrant({ from, until }: Pick<Lease, 'from' | 'until'>, { now }: Surroundings): Grant {
  return { until, allowance: Date.parse(until) - Date.parse(from), used: 0, seen: now() }
}

/**
 * Counts the time that has passed. A clock that is set back makes it no shorter: while the app is open time is also
 * measured by what nobody can set, and counting goes on from where the clock stands now.
 */
export class GrantClock {
  readonly #surroundings: Surroundings
  #grant: Grant
  #mark: number

  constructor(surroundings: Surroundings, grant: Grant) {
    this.#surroundings = surroundings
    this.#grant = grant
    this.#mark = surroundings.monotonic()
  }

  get grant(): Grant {
    return this.#grant
  }

  /** What is left, in milliseconds; 0 when it is used up. */
  count(): number {
    const { used, seen, allowance } = this.#grant
    const [wall, mark] = [this.#surroundings.now(), this.#surroundings.monotonic()]
    const passed = Math.max(0, wall - seen, mark - this.#mark)
    this.#grant = { ...this.#grant, used: used + passed, seen: wall }
    this.#mark = mark
    return Math.max(0, allowance - used - passed)
  }

  /** Goes on by this grant if it is newer, or further used up. */
  take(other: Grant): void {
    const isNewer = other.until > this.#grant.until
    if (isNewer || (other.until === this.#grant.until && other.used > this.#grant.used)) this.#grant = other
  }
}

/** Brings the grant of this tab and the one on the disk together: the newer one counts, then the more used up. */
export async function keepGrant(disk: Disk, clock: GrantClock): Promise<void> {
  await disk.write(['meta'], async (tx) => {
    const kept = await readMeta(tx, 'grant')
    if (kept) clock.take(kept)
    await writeMeta(tx, 'grant', clock.grant)
  })
}

// Takes in what arrives for one organisation. What arrives while a transaction is under way waits and goes into the
// next one together: one commit, and one turn at the counter, for all of it.
import { setImmediate } from 'node:timers/promises'
import type { Refused } from '#core/refused.ts'
import { sqlState } from '#server/postgres/sql-state.ts'
import { refusalOf } from './flush.ts'
import type { ServerDeps } from './principal.ts'
import type { Sending, Taken } from './sending.ts'
import { takeIn } from './take-in.ts'

interface Waiting {
  readonly sending: Sending
  readonly done: (taken: Taken) => void
  readonly failed: (error: unknown) => void
}

/** Most mutations in one transaction, so that locks are not held for long. */
const mostAtOnce = 64

const writers = new WeakMap<ServerDeps, Map<string, OrgWriter>>()

/** The writer of this organisation in this process. */
export function writerOf(deps: ServerDeps, orgId: string): OrgWriter {
  const own = writers.get(deps) ?? new Map<string, OrgWriter>()
  writers.set(deps, own)
  const writer = own.get(orgId) ?? new OrgWriter(deps)
  own.set(orgId, writer)
  return writer
}

class OrgWriter {
  readonly #deps: ServerDeps
  #waiting: Waiting[] = []
  #isWriting = false

  constructor(deps: ServerDeps) {
    this.#deps = deps
  }

  /** Resolves when the sending is committed, as far as it could be taken in. */
  take(sending: Sending): Promise<Taken> {
    return new Promise<Taken>((done, failed) => {
      this.#waiting.push({ sending, done, failed })
      if (!this.#isWriting) void this.#write()
    })
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const together = this.#next()
      try {
        const taken = await this.#takeTogether(together.map(({ sending }) => sending))
        taken.forEach((each, index) => {
          together[index]?.done(each)
        })
      } catch (error) {
        for (const { failed } of together) failed(error)
      }
      // Those who were just answered may have more to say: let it join what waits already.
      await setImmediate()
    }
    this.#isWriting = false
  }

  /** One sending a device: the second of one device must see what came of the first. */
  #next(): readonly Waiting[] {
    const chosen: Waiting[] = []
    const devices = new Set<string>()
    let count = 0
    for (const each of this.#waiting) {
      const { device, mutations } = each.sending
      if (devices.has(device) || (count > 0 && count + mutations.length > mostAtOnce)) continue
      devices.add(device)
      count += mutations.length
      chosen.push(each)
    }
    this.#waiting = this.#waiting.filter((each) => !chosen.includes(each))
    return chosen
  }

  async #takeTogether(sendings: readonly Sending[]): Promise<readonly Taken[]> {
    try {
      return await takeIn(this.#deps, sendings)
    } catch (error) {
      if (isUnreachable(error)) throw error
      // Something in it cannot be written; one by one shows what.
      const taken: Taken[] = []
      for (const sending of sendings) taken.push(await this.#takeOneByOne(sending))
      return taken
    }
  }

  async #takeOneByOne(sending: Sending): Promise<Taken> {
    const outcomes: Taken['outcomes'][number][] = []
    let next = 0
    for (const mutation of sending.mutations) {
      const one = { ...sending, mutations: [mutation] }
      const taken = await this.#takeOne(one)
      next = taken.next || next
      outcomes.push(...taken.outcomes)
      if (taken.outcomes.length === 0) return { outcomes, next, fault: taken.fault }
    }
    return { outcomes, next, fault: null }
  }

  async #takeOne(one: Sending): Promise<Taken> {
    try {
      return (await takeIn(this.#deps, [one]))[0] ?? nothing(null)
    } catch (error) {
      const refusal = refusalOf(error)
      return refusal && !isAboutSender(refusal) ? this.#refuse(one, refusal) : nothing(error)
    }
  }

  /** Postgres would not write it: it is refused, and remembered as refused. */
  async #refuse(one: Sending, refusal: Refused): Promise<Taken> {
    try {
      return (await takeIn(this.#deps, [one], refusal))[0] ?? nothing(null)
    } catch (error) {
      return nothing(error)
    }
  }
}

function nothing(fault: unknown): Taken {
  return { outcomes: [], next: 0, fault }
}

/** The sender as a whole is refused, not the mutation. */
function isAboutSender({ code }: Refused): boolean {
  return code === 'device.cloned'
}

/** The database is away or shutting down; trying each by itself would only take longer. */
function isUnreachable(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== '') return ['08', '53', '57', '58'].includes(state.slice(0, 2))
  return error instanceof Error && ('syscall' in error || /connect/i.test(error.message))
}

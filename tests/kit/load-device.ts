// A device without a screen that speaks the real protocol over HTTP and never stops working: it plans visits, sends
// them in batches, and sends again whatever was not answered.
import { setTimeout as delay } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import type { Outcome, PushAnswer, SentMutation } from '#sync/protocol.ts'

export interface LoadOptions {
  /** Where the server is at the moment. */
  readonly url: () => string
  /** The session of whoever holds the device. */
  readonly cookie: string
  readonly customerId: string
}

const mostInBatch = 8

export class LoadDevice {
  readonly id = uuidv7()
  /** Visits by the number of the act that planned them. */
  readonly visits = new Map<number, string>()
  readonly acknowledged = new Map<number, Outcome>()
  /** Batches that were sent and not answered, and those that were sent again although they had been. */
  unanswered = 0
  repeated = 0
  /** What the server must not answer: a second answer that differs from the first. */
  readonly contradictions: string[] = []
  readonly #options: LoadOptions
  readonly #sent: SentMutation[] = []
  #isStopping = false

  constructor(options: LoadOptions) {
    this.#options = options
  }

  /** Works until it is asked to stop, and then until everything has been answered. */
  async run(): Promise<void> {
    while (!this.#isStopping || this.#waiting().length > 0) {
      if (!this.#isStopping) this.#plan(1 + Math.floor(Math.random() * mostInBatch))
      const batch = this.#waiting().slice(0, mostInBatch)
      if (batch.length > 0 && !(await this.#send(batch))) await delay(100)
      if (Math.random() < 0.05) await this.#repeat()
    }
  }

  stop(): void {
    this.#isStopping = true
  }

  #waiting(): readonly SentMutation[] {
    return this.#sent.filter(({ n }) => !this.acknowledged.has(n))
  }

  #plan(count: number): void {
    for (let at = 0; at < count; at += 1) {
      const n = this.#sent.length + 1
      const id = uuidv7()
      const { customerId } = this.#options
      const plan = { id, customerId, ownerId: null, institutionId: null, channel: 'phone', minutes: 15 }
      const args = { ...plan, startsAt: '2027-03-01T02:00:00.000Z', objective: `${this.id} ${n}` }
      this.visits.set(n, id)
      this.#sent.push({
        n,
        name: 'visit.plan',
        version: 1,
        args,
        at: new Date().toISOString(),
        base: {},
        deps: [],
      })
    }
  }

  /** An old packet that turns up once more. */
  async #repeat(): Promise<void> {
    const from = Math.floor(Math.random() * this.acknowledged.size)
    const batch = this.#sent.slice(from, from + mostInBatch).filter(({ n }) => this.acknowledged.has(n))
    if (batch.length === 0) return
    this.repeated += 1
    await this.#send(batch)
  }

  /** False when there was no answer that counts. */
  async #send(mutations: readonly SentMutation[]): Promise<boolean> {
    try {
      const response = await fetch(`${this.#options.url()}/api/sync/push`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rapport': '1', cookie: this.#options.cookie },
        body: JSON.stringify({ device: this.id, sentAt: new Date().toISOString(), mutations }),
        signal: AbortSignal.timeout(30_000),
      })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      // Our own server wrote it.
      const { outcomes } = (await response.json()) as PushAnswer
      for (const outcome of outcomes) this.#note(outcome)
      return outcomes.length > 0
    } catch {
      this.unanswered += 1
      return false
    }
  }

  #note(outcome: Outcome): void {
    const known = this.acknowledged.get(outcome.n)
    if (known && JSON.stringify(known) !== JSON.stringify(outcome)) {
      this.contradictions.push(`${outcome.n}: ${JSON.stringify(known)}, then ${JSON.stringify(outcome)}`)
    }
    this.acknowledged.set(outcome.n, outcome)
  }
}

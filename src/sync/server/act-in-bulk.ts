// Many acts of one member in one transaction: an import, the undoing of one. They are the same mutations as by
// hand, with the same rights; what differs is that they are told to the audit in blocks under one name.
import type { PoolClient } from 'pg'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { Change } from '#core/transaction.ts'
import type { SentMutation } from '../protocol.ts'
import { BatchRows } from './batch-rows.ts'
import { writeWithin } from './bulk.ts'
import { perform } from './perform.ts'
import { prefetch } from './prefetch.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { ScopeIntervals } from './sight.ts'

/** A mutation with its arguments and what its author saw of the rows it changes. */
export interface ActOfMany {
  readonly name: string
  readonly args: JsonObject
  readonly base: { readonly [row: string]: JsonObject }
}

export interface ManyActs {
  readonly principal: Principal
  /** Under which they stand in the audit, and why. */
  readonly name: string
  readonly reason: string
  readonly now: string
}

/** Changes told in one entry of the audit, so that an entry can still be read. */
const toldTogether = 200

/** The acts of one transaction, done one after the other; what one writes the next one sees. */
export class Acts {
  readonly #client: PoolClient
  readonly #deps: ServerDeps
  readonly #about: ManyActs
  readonly #rows: BatchRows
  readonly #intervals: ScopeIntervals
  readonly #done: Change[] = []

  constructor(client: PoolClient, deps: ServerDeps, about: ManyActs) {
    this.#client = client
    this.#deps = deps
    this.#about = about
    this.#rows = new BatchRows(client, about.principal.orgId)
    this.#intervals = new ScopeIntervals(client, about.principal.orgId)
  }

  /** Reads the rows that these acts point to in a few statements instead of one a row. */
  async prepare(acts: readonly ActOfMany[]): Promise<void> {
    const { principal } = this.#about
    const sending = { principal, device: '', isSingle: true, sentAt: null }
    const mutations = acts.map((act, index) => this.#sent(act, index + 1))
    await prefetch(this.#rows, this.#deps.registry, {
      sendings: [{ ...sending, mutations }],
      intervals: this.#intervals,
      orgId: principal.orgId,
    })
  }

  /** The changes of one act, or why it was refused; then it has changed nothing. */
  async do(act: ActOfMany): Promise<readonly Change[] | Refused> {
    const { principal, now } = this.#about
    const acting = { principal, mutation: this.#sent(act, 1), at: now, now }
    try {
      const { changes } = await perform(this.#deps, acting, { rows: this.#rows, intervals: this.#intervals })
      this.#rows.accept(changes)
      this.#done.push(...changes)
      return changes
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
  }

  /** The net changes of all acts so far. */
  changes(): readonly Change[] {
    return this.#rows.changes()
  }

  /** Writes all of it and what else belongs to it; gives the number in the feed. Nothing may follow but the commit. */
  async write(besides: readonly Change[]): Promise<number> {
    const { principal, name, reason, now } = this.#about
    const done = [...this.#done, ...besides]
    const blocks = Math.ceil(done.length / toldTogether)
    const told = Array.from({ length: blocks }, (_, at) =>
      done.slice(at * toldTogether, (at + 1) * toldTogether),
    )
    const act = { orgId: principal.orgId, actor: principal.userId, name, reason }
    return writeWithin(this.#client, this.#deps, { act, changes: [...this.changes(), ...besides], told, now })
  }

  #sent({ name, args, base }: ActOfMany, n: number): SentMutation {
    const version = this.#deps.registry.mutations.get(name)?.version ?? 1
    return { n, name, version, args, at: this.#about.now, base, deps: [] }
  }
}

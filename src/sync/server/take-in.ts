// One transaction that takes in mutations of one organisation, from one sender or several at once.
import type { PoolClient } from 'pg'
import { dayOf } from '#core/calendar.ts'
import { notFound, Refused } from '#core/refused.ts'
import type { Change } from '#core/transaction.ts'
import { allOf, prepared } from '#server/postgres/sql.ts'
import { sqlState } from '#server/postgres/sql-state.ts'
import { transaction } from '#server/postgres/transaction.ts'
import type { Outcome, SentMutation } from '../protocol.ts'
import { auditEntries } from './audit-entries.ts'
import { BatchRows } from './batch-rows.ts'
import { type DeviceLine, deviceLines } from './devices.ts'
import { type AppliedLine, finish, noEnding } from './finish.ts'
import { flush } from './flush.ts'
import { affectedBy, membershipDiff, membersOn } from './memberships.ts'
import { type Performed, perform } from './perform.ts'
import { newScopes } from './postgres-tx.ts'
import { prefetch } from './prefetch.ts'
import type { Membership, ServerDeps } from './principal.ts'
import { clockOffset, fingerprintOf, judgedAt, type Sending, type Taken } from './sending.ts'
import { ScopeIntervals } from './sight.ts'

/**
 * Takes in what it can, in order, and gives how far each sending has come. All of it is committed, or none.
 *
 * @param refuseWith the one mutation given is not run but refused with this: what Postgres would not write
 * @throws Refused where the rows that were gathered may not be written together; then send them one by one
 */
export async function takeIn(
  deps: ServerDeps,
  sendings: readonly Sending[],
  refuseWith: Refused | null = null,
): Promise<readonly Taken[]> {
  const orgId = sendings[0]?.principal.orgId
  if (orgId === undefined) return []
  const { taken, seq } = await transaction(deps.pool, orgId, async (client) => {
    const batch = new Batch(deps, client, orgId)
    const taken = await batch.run(sendings, refuseWith)
    return { taken: taken.map((each) => each.finished(batch.seq)), seq: batch.seq }
  })
  if (seq !== null) deps.committed(orgId, seq)
  return taken
}

/** A sending while it is taken in: accepted outcomes get their number at the end. */
class Progress {
  readonly line: DeviceLine
  readonly fresh: { n: number; refusal: Refused | null }[] = []
  readonly repeats: Outcome[] = []
  fault: unknown = null

  constructor(line: DeviceLine) {
    this.line = line
  }

  get next(): number {
    return Math.max(this.line.next, (this.fresh.at(-1)?.n ?? 0) + 1)
  }

  finished(seq: number | null): Taken {
    const outcomes = this.fresh.map(({ n, refusal }): Outcome => {
      if (refusal) return { n, status: 'refused', code: refusal.code, details: refusal.details }
      if (seq === null) throw new Error('an accepted mutation has no number in the feed')
      return { n, status: 'accepted', seq }
    })
    return { outcomes: [...this.repeats, ...outcomes], next: this.next, fault: this.fault }
  }
}

export class Batch {
  seq: number | null = null
  readonly #deps: ServerDeps
  readonly #client: PoolClient
  readonly #orgId: string
  readonly #now: string
  readonly #rows: BatchRows
  readonly #intervals: ScopeIntervals
  readonly #applied: AppliedLine[] = []
  readonly #performed: Performed[] = []

  constructor(deps: ServerDeps, client: PoolClient, orgId: string) {
    this.#deps = deps
    this.#client = client
    this.#orgId = orgId
    this.#now = deps.now()
    this.#rows = new BatchRows(client, orgId)
    this.#intervals = new ScopeIntervals(client, orgId)
  }

  async run(sendings: readonly Sending[], refuseWith: Refused | null): Promise<readonly Progress[]> {
    const about = { orgId: this.#orgId, now: this.#now }
    const expected = { sendings, intervals: this.#intervals, orgId: this.#orgId }
    const [lines] = await Promise.all([
      deviceLines(this.#client, sendings, about),
      prefetch(this.#rows, this.#deps.registry, expected),
    ])
    const progress = sendings.map((sending) => new Progress(lineOf(lines, sending)))
    for (const [index, sending] of sendings.entries()) {
      const own = progress[index]
      if (own) await this.#takeAll(sending, own, refuseWith)
    }
    if (this.#applied.length > 0) await this.#end(sendings, progress)
    return progress
  }

  async #takeAll(sending: Sending, progress: Progress, refuseWith: Refused | null): Promise<void> {
    for (const mutation of sending.mutations) {
      const seen = progress.line.seen.get(mutation.n)
      if (seen) {
        if (seen.fingerprint !== fingerprintOf(sending, mutation)) throw cloned(sending)
        progress.repeats.push(seen.outcome)
        continue
      }
      // Taken in once and no longer known: nothing of ours does that, so these are another device's numbers.
      if (mutation.n < progress.next) throw cloned(sending)
      if (mutation.n > progress.next) return
      try {
        await this.#takeOne(sending, mutation, { progress, refuseWith })
      } catch (fault) {
        // After an error of Postgres nothing of this transaction can be kept.
        if (sqlState(fault) !== '') throw fault
        // Any other fault of ours must not hold up what came before it.
        progress.fault = fault
        return
      }
    }
  }

  async #takeOne(
    sending: Sending,
    mutation: SentMutation,
    { progress, refuseWith }: { progress: Progress; refuseWith: Refused | null },
  ): Promise<void> {
    const offset = clockOffset(sending.sentAt, this.#now)
    const at = judgedAt(mutation.at, offset, this.#now)
    const refusal = await this.#attempt(sending, mutation, {
      at,
      refuseWith: refuseWith ?? refusedAfterLeaving(sending, at) ?? refusedDependency(mutation, progress),
    })
    progress.fresh.push({ n: mutation.n, refusal })
    this.#applied.push({
      device: sending.device,
      n: mutation.n,
      fingerprint: fingerprintOf(sending, mutation),
      memberId: sending.principal.userId,
      name: mutation.name,
      version: mutation.version,
      at: mutation.at,
      judgedAt: at,
      refusal,
      args: mutation.args,
      base: mutation.base,
    })
  }

  /** Null when it is accepted. */
  async #attempt(
    sending: Sending,
    mutation: SentMutation,
    { at, refuseWith }: { at: string; refuseWith: Refused | null },
  ): Promise<Refused | null> {
    if (refuseWith) return refuseWith
    try {
      const { principal, device, isSingle } = sending
      const about = { principal, mutation, at, now: this.#now }
      const done = await perform(this.#deps, about, { rows: this.#rows, intervals: this.#intervals })
      this.#rows.accept(done.changes)
      this.#performed.push({ ...done, device: isSingle ? null : device })
      return null
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
  }

  async #end(sendings: readonly Sending[], progress: readonly Progress[]): Promise<void> {
    const { memberships, registry } = this.#deps
    const [client, orgId, now] = [this.#client, this.#orgId, this.#now]
    const changes = this.#rows.changes()
    await mustBeNewNames(client, orgId, changes)
    const [entries] = await allOf([
      auditEntries(client, this.#performed, { orgId, now, rule: this.#deps.conflicts }),
      flush(client, changes, { orgId, registry }),
    ])
    const affected = affectedBy(memberships, changes)
    const about = { orgId, rule: memberships, now: this.#deps.now }
    const diff = affected ? await membershipDiff(client, about, affected) : { opened: [], closed: [] }
    await this.#mustSeeWhatTheyMade(diff.opened)
    const devices = sendings.flatMap(({ device, isSingle }, index) => {
      const own = progress[index]
      return isSingle || !own || own.fresh.length === 0 ? [] : [{ device, next_n: own.next }]
    })
    this.seq = await finish(client, {
      ...noEnding(orgId, now),
      ...diff,
      changes,
      entries,
      applied: this.#applied,
      devices,
      renewed: renewedBy(changes, (change) => memberships.rightsOf(change)),
    })
  }

  /**
   * Whoever makes a new scope within his territory must have come to see it by that, today or on the day of the
   * act. @throws Refused `not_found`: the place where it was put is not his
   */
  async #mustSeeWhatTheyMade(opened: readonly Membership[]): Promise<void> {
    for (const { made, actor, at, entity } of this.#performed) {
      const unseen = made.filter(
        (scope) => !opened.some((each) => each.scope === scope && each.user_id === actor),
      )
      if (unseen.length === 0) continue
      const about = { orgId: this.#orgId, rule: this.#deps.memberships, day: dayOf(at) }
      const then = await membersOn(this.#client, about, { scopes: unseen, users: [actor] })
      if (unseen.some((scope) => !then.some((each) => each.scope === scope))) throw notFound(entity)
    }
  }
}

/**
 * A bundle that is made must not be named like one that is there, of whatever kind: with its rows, those of the other
 * would come into sight. @throws Refused `already_exists`
 */
async function mustBeNewNames(client: PoolClient, orgId: string, changes: readonly Change[]): Promise<void> {
  const names = newScopes(changes)
  if (names.length === 0) return
  const [known] = await prepared<{ name: string }>(
    client,
    `select name from unnest($2::uuid[]) as name
     where name = $1
       or exists (select from scope_member m where m.org_id = $1 and m.user_id = name and m.scope = name)
       or exists (select from feed f where f.org_id = $1 and f.scope = name and not f.deleted)
     limit 1`,
    [orgId, names],
  )
  if (!known) return
  const entity = changes.find(({ id }) => id === known.name)?.entity.name ?? ''
  throw new Refused('already_exists', { entity, id: known.name })
}

function lineOf(lines: ReadonlyMap<string, DeviceLine>, sending: Sending): DeviceLine {
  const line = lines.get(sending.device)
  if (!line) throw new Error(`device ${sending.device} has no line`)
  if (line.memberId !== sending.principal.userId) throw cloned(sending)
  return line
}

/** Two stores send under one name, or under the name of another member's. */
function cloned({ device }: Sending): Refused {
  return new Refused('device.cloned', { device })
}

/** Somebody who has left may still send what he did before. */
function refusedAfterLeaving({ principal: { leftAt } }: Sending, at: string): Refused | null {
  return leftAt !== undefined && at >= leftAt ? new Refused('member.inactive') : null
}

/** What a mutation needs must have been accepted, before or just now. */
function refusedDependency({ deps }: SentMutation, { fresh, line }: Progress): Refused | null {
  for (const n of deps) {
    const now = fresh.find((each) => each.n === n)
    const isAccepted = now ? now.refusal === null : line.seen.get(n)?.outcome.status === 'accepted'
    if (!isAccepted) return new Refused('dependency_refused', { n })
  }
  return null
}

function renewedBy(
  changes: readonly Change[],
  rightsOf: (change: Change) => string | null,
): readonly string[] {
  return [...new Set(changes.map(rightsOf).filter((member) => member !== null))]
}

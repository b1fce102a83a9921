// The server half as small as it can be: one organisation in memory that follows the protocol. It stands in for
// the real one where a test is about the device, and it can be told to have one of the classic bugs.
import { type AnyRow, type Entity, scopeOf } from '#core/entity.ts'
import { canonicalJson, type Json, type JsonObject } from '#core/json.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { runInMemory, upgradeArgs } from '#core/mutation.ts'
import { notFound, Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import type { Role } from '#core/role.ts'
import { type Change, changedFields } from '#core/transaction.ts'
import { deviceColumns } from '#sync/device-columns.ts'
import type { Outcome, PulledRow, PullPage, PullRequest, PushAnswer, PushRequest } from '#sync/protocol.ts'

/** Somebody who has signed in. */
export interface Person {
  readonly orgId: string
  readonly userId: string
  readonly roles: readonly Role[]
}

/** The two requests a device makes. */
export interface WireServer {
  push(person: Person, request: PushRequest): Promise<PushAnswer>
  pull(person: Person, request: PullRequest): Promise<PullPage>
}

/** An act that took effect. */
export interface Effect {
  readonly device: string
  readonly n: number
  readonly args: JsonObject
}

/** What a simulation asks and does behind the wire. */
export interface WorldServer extends WireServer {
  /** Somebody in the office does something, not through a device. */
  act(person: Person, name: string, args: JsonObject): Promise<void>
  /** From now on this customer is worked by that person alone. */
  align(customerId: string, userId: string): Promise<void>
  /** The person's rights change: his devices need a new picture. */
  changeRights(userId: string): Promise<void>
  /** Numbers mean nothing any more: every device needs a new picture. */
  changeEpoch(): Promise<void>
  /** `entity:id` → the values a device of this person is to hold. */
  visibleTo(person: Person): Promise<ReadonlyMap<string, JsonObject>>
  /** In the order in which they took effect. */
  effects(): Promise<readonly Effect[]>
  /** All values a field has had, the last one last; among them those that gave way to others. */
  valuesOf(entity: Entity, id: string, field: string): Promise<readonly Json[]>
  /** To be asked before a pull: whether rows of a scope may come with its answer. */
  sightOf(person: Person): (scope: string) => boolean
  /** What gave way unseen and is shown to its authors; null where that is not kept. */
  conflicts(): Promise<readonly KeptConflict[] | null>
  /** Why the audit does not hold; null when it does. */
  auditFault(): Promise<string | null>
}

export interface KeptConflict {
  readonly rowId: string
  readonly field: string
  readonly kept: Json
  readonly lost: Json
}

export type ServerBug =
  | 'repeats-count'
  | 'late-number'
  | 'entering-sends-nothing'
  | 'leaving-sends-nothing'
  | 'last-write-wins'
  | 'cursor-goes-back'

interface Line {
  readonly key: string
  readonly entity: Entity
  readonly id: string
  readonly scope: string
  readonly seq: number
  readonly isDeleted: boolean
}

interface Membership {
  readonly userId: string
  readonly scope: string
  readonly since: number
  until: number | null
}

interface Series {
  readonly epoch: string
  readonly isFresh: boolean
  readonly from: number
  readonly upTo: number
  readonly after: string
}

interface DeviceLine {
  next: number
  readonly seen: Map<number, { readonly print: string; readonly outcome: Outcome }>
}

interface MemoryServerOptions {
  readonly registry: Registry
  readonly orgId: string
  readonly now: () => string
  readonly bug?: ServerBug | undefined
  /** Rows in one page. */
  readonly pageLimit?: number
}

export class MemoryServer implements WorldServer {
  readonly #options: MemoryServerOptions
  readonly #rows = new MemoryRows()
  readonly #lines = new Map<string, Line>()
  readonly #late: Line[] = []
  readonly #members: Membership[] = []
  readonly #devices = new Map<string, DeviceLine>()
  readonly #effects: Effect[] = []
  readonly #values = new Map<string, Json[]>()
  readonly #epochs = new Map<string, number>()
  #restores = 0
  #seq = 0
  #writes = 0

  constructor(options: MemoryServerOptions) {
    this.#options = options
  }

  /** Rows that were always there. */
  lay(entity: Entity, row: AnyRow): void {
    this.#commit([{ entity, id: row.id, before: null, after: row }])
  }

  /** Gives sight of a scope. */
  admit(userId: string, scope: string): void {
    this.#seq += 1
    this.#members.push({ userId, scope, since: this.#seq, until: null })
  }

  /** Goes back to nothing having been sent, as an empty backup would; the rows stay. */
  forgetDevices(): void {
    this.#devices.clear()
    this.#restores += 1
  }

  async act(person: Person, name: string, args: JsonObject): Promise<void> {
    this.#perform(person, { name, version: 1, args, at: this.#options.now() })
  }

  async align(customerId: string, userId: string): Promise<void> {
    const open = this.#members.filter(({ scope, until }) => scope === customerId && until === null)
    if (open.some((each) => each.userId === userId)) return
    this.#seq += 1
    for (const each of open) each.until = this.#seq
    this.#members.push({ userId, scope: customerId, since: this.#seq, until: null })
  }

  async changeRights(userId: string): Promise<void> {
    this.#epochs.set(userId, (this.#epochs.get(userId) ?? 0) + 1)
  }

  async changeEpoch(): Promise<void> {
    this.#restores += 1
  }

  async visibleTo(person: Person): Promise<ReadonlyMap<string, JsonObject>> {
    const visible = new Map<string, JsonObject>()
    for (const { entity, id, scope, isDeleted } of this.#lines.values()) {
      const row = this.#rows.get(entity, id)
      if (isDeleted || !row || !this.#mayHold(person, scope)) continue
      visible.set(`${entity.name}:${id}`, valuesOf(entity, row))
    }
    return visible
  }

  async effects(): Promise<readonly Effect[]> {
    return this.#effects
  }

  async valuesOf(entity: Entity, id: string, field: string): Promise<readonly Json[]> {
    return this.#values.get(`${entity.name}:${id}:${field}`) ?? []
  }

  sightOf(person: Person): (scope: string) => boolean {
    return (scope) => this.#mayHold(person, scope)
  }

  async conflicts(): Promise<null> {
    return null
  }

  async auditFault(): Promise<null> {
    return null
  }

  #mayHold({ userId }: Person, scope: string): boolean {
    return this.#members.some((each) => each.userId === userId && each.scope === scope && each.until === null)
  }

  async push(person: Person, { device, mutations }: PushRequest): Promise<PushAnswer> {
    const line = this.#devices.get(device) ?? { next: 1, seen: new Map() }
    this.#devices.set(device, line)
    const outcomes: Outcome[] = []
    for (const mutation of mutations) {
      const print = canonicalJson({ ...mutation, deps: [...mutation.deps] })
      const seen = line.seen.get(mutation.n)
      if (seen && this.#options.bug !== 'repeats-count') {
        if (seen.print !== print) throw new Refused('device.cloned')
        outcomes.push(seen.outcome)
        continue
      }
      if (mutation.n > line.next) break
      const outcome = this.#take(person, { ...mutation, device }, line)
      line.seen.set(mutation.n, { print, outcome })
      line.next = Math.max(line.next, mutation.n + 1)
      outcomes.push(outcome)
    }
    return { outcomes, next: line.next }
  }

  async pull(person: Person, { cursor, epoch, resume }: PullRequest): Promise<PullPage> {
    const current = `e${this.#restores}.${this.#epochs.get(person.userId) ?? 0}`
    const isFresh = epoch !== current || cursor === 0
    // Nobody but this server wrote it.
    const asked = resume === undefined ? null : (JSON.parse(resume) as Series)
    const series: Series =
      asked?.epoch === current
        ? asked
        : { epoch: current, isFresh, from: isFresh ? 0 : cursor, upTo: this.#seq, after: '' }
    const left = series === asked || series.isFresh ? [] : this.#left(person, series.from)
    const lines = this.#linesFor(person, series)
    const { pageLimit = 3 } = this.#options
    const last = lines.length > pageLimit ? lines[pageLimit - 1] : undefined
    const back = this.#options.bug === 'cursor-goes-back' && this.#seq % 4 === 0 ? 3 : 0
    return {
      epoch: current,
      fresh: series.isFresh,
      cursor: last ? series.from : series.upTo - back,
      left,
      columns: columnsOf(lines.map(({ entity }) => entity)),
      rows: lines.slice(0, pageLimit).map((line) => this.#wireRow(line)),
      usable: true,
      ...(last && { resume: JSON.stringify({ ...series, after: last.key }) }),
    }
  }

  #linesFor(person: Person, { isFresh, from, after }: Series): readonly Line[] {
    return [...this.#lines.values()]
      .filter(({ key, scope, seq, isDeleted }) => {
        const membership = this.#members.find(
          (each) => each.userId === person.userId && each.scope === scope && each.until === null,
        )
        if (!membership || key <= after) return false
        const isEntered = membership.since > from && this.#options.bug !== 'entering-sends-nothing'
        return isFresh || isEntered ? !isDeleted : seq > from
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  #left(person: Person, from: number): readonly string[] {
    if (this.#options.bug === 'leaving-sends-nothing') return []
    return this.#members
      .filter(({ userId, until }) => userId === person.userId && until !== null && until > from)
      .map(({ scope }) => scope)
      .filter((scope) => !this.#mayHold(person, scope))
  }

  #wireRow({ entity, id, seq, scope, isDeleted }: Line): PulledRow {
    const row = isDeleted ? undefined : this.#rows.get(entity, id)
    return [entity.name, id, seq, scope, row ? Object.values(valuesOf(entity, row)) : null]
  }

  #take(person: Person, sent: PushRequest['mutations'][number] & { device: string }, line: DeviceLine) {
    const { n, deps, device, args } = sent
    try {
      if (deps.some((dep) => line.seen.get(dep)?.outcome.status === 'refused')) {
        throw new Refused('dependency')
      }
      this.#perform(person, sent)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { n, status: 'refused', code: error.code, details: error.details } as const
    }
    this.#effects.push({ device, n, args })
    return { n, status: 'accepted', seq: this.#seq } as const
  }

  #perform(
    person: Person,
    { name, version, args, at }: { name: string; version: number; args: JsonObject; at: string },
  ): void {
    const mutation = this.#options.registry.mutations.get(name)
    if (!mutation) throw new Refused('mutation.unknown')
    const context = { ...person, at, now: this.#options.now(), pinyin: null }
    const tx = runInMemory(mutation, upgradeArgs(mutation, version, args), {
      context,
      read: (read) => this.#rows.read(read).filter((row) => this.#mayTouch(person, read.entity, row)),
    })
    for (const { entity, id, before, after } of tx.changes()) {
      if (!before && this.#rows.get(entity, id)) throw new Refused('already_exists')
      if (after && !this.#mayTouch(person, entity, after)) throw notFound(entity.name)
    }
    this.#commit(tx.changes())
  }

  #mayTouch(person: Person, entity: Entity, row: AnyRow): boolean {
    return person.roles.includes('manager') || this.#mayHold(person, scopeOf(entity, row, person.orgId))
  }

  #commit(changes: readonly Change[]): void {
    const { bug, orgId } = this.#options
    this.#rows.apply(changes)
    this.#seq += 1
    this.#writes += 1
    const arrived = this.#late.splice(0)
    for (const change of changes) {
      const { entity, id, before, after } = change
      for (const field of changedFields(change))
        this.#keepValue(`${entity.name}:${id}:${field}`, after, field)
      const row = after ?? before
      if (!row) continue
      const scope = scopeOf(entity, row, orgId)
      const key = `${entity.name}:${id}:${scope}`
      const line: Line = { key, entity, id, scope, seq: this.#seq, isDeleted: after === null }
      // The bug: the number is taken, and the transaction becomes visible only after the next one has.
      if (bug === 'late-number' && this.#writes % 3 === 0) this.#late.push(line)
      else this.#lines.set(key, line)
    }
    for (const line of arrived) {
      const known = this.#lines.get(line.key)
      if (!known || known.seq < line.seq) this.#lines.set(line.key, line)
    }
  }

  #keepValue(key: string, after: AnyRow | null, field: string): void {
    const value = after?.[field] ?? null
    const kept = this.#options.bug === 'last-write-wins' ? [] : (this.#values.get(key) ?? [])
    this.#values.set(key, [...kept, value])
  }
}

function columnsOf(entities: readonly Entity[]): PullPage['columns'] {
  return Object.fromEntries(entities.map((entity) => [entity.name, deviceColumns(entity)]))
}

function valuesOf(entity: Entity, row: AnyRow): JsonObject {
  return Object.fromEntries(deviceColumns(entity).map((name) => [name, row[name] ?? null]))
}

// Drives the real device half over a faulty wire, through crashes at every named point, with several tabs and
// devices, while customers change hands and rights change; then lets everything come to rest and compares. The
// server is a parameter: a small one in memory here, the real one over Postgres elsewhere.
import { canonicalJson, type Json, type JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { editVisit, planVisit } from '#features/visits/visit.mutations.ts'
import type { CrashPoint } from '#sync/device/surroundings.ts'
import { deviceColumns } from '#sync/device-columns.ts'
import type { Lease } from '#sync/protocol.ts'
import { Origin, type Tab, tick, type WireFault } from '../kit/device-origin.ts'
import type { Person, WireServer, WorldServer } from '../kit/memory-server.ts'

/** The organisation that is simulated. */
export interface SimulatedWorld {
  readonly server: WorldServer
  readonly registry: Registry
  readonly manager: Person
  readonly reps: readonly [Person, Person]
  readonly customerIds: readonly string[]
  readonly visitIds: readonly string[]
  readonly newId: () => string
  readonly now: () => number
  advance(by: number): void
  leaseOf(person: Person): Lease
}

export type Step = {
  /** Which browser and which of its tabs, by number; taken modulo what there is. */
  readonly origin: number
  readonly tab: number
  /** Which customer, visit or old request it is about. */
  readonly about: number
  /** How long to let things go on before the next step. */
  readonly turns: number
} & (
  | { readonly kind: 'edit' | 'plan' | 'sync' | 'kill' | 'open' | 'offline' | 'online' | 'sign-out' }
  | { readonly kind: 'office' | 'align' | 'rights' | 'old-request' | 'disk-lost' | 'come-back' }
  | { readonly kind: 'fault'; readonly fault: WireFault }
  | { readonly kind: 'crash'; readonly at: CrashPoint }
  | { readonly kind: 'time'; readonly by: number }
  | { readonly kind: 'skew'; readonly by: number }
)

/** Bugs outside the server that the invariants must notice. */
export type DeviceBug = 'answer-settles' | 'saved-too-early' | 'sign-out-only-closes'

/** An invariant does not hold. */
export class Violation extends Error {
  readonly invariant: string

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`)
    this.invariant = invariant
  }
}

/** One act of a person, known by a text that is in it and nowhere else. */
interface Deed {
  readonly mark: string
  readonly origin: Origin
  readonly tab: Tab
  readonly visitId: string
  isSaved: boolean
}

interface Glimpse {
  readonly mark: string
  readonly visitId: string
  readonly value: Json | undefined
}

export class Simulation {
  readonly #world: SimulatedWorld
  readonly #bug: DeviceBug | undefined
  readonly #origins: readonly [Origin, Origin, Origin]
  /** Tabs of somebody who is signing out: he was asked, and gives up what has not been sent. */
  readonly #leaving = new Set<Tab>()
  readonly #moved = new Set<string>()
  readonly #lastOwn = new Map<Tab, Map<string, string>>()
  readonly #glimpses: Glimpse[] = []
  #deeds: Deed[] = []
  #marks = 0
  readonly #found: Violation[] = []

  constructor(world: SimulatedWorld, bug?: DeviceBug) {
    this.#world = world
    this.#bug = bug
    const server = this.#watched(world.server)
    const browser = (person: Person) =>
      new Origin({
        ...{ person, server, registry: world.registry, now: world.now, newId: world.newId },
        lease: world.leaseOf(person),
      })
    // The first rep has a phone and a desk.
    this.#origins = [browser(world.reps[0]), browser(world.reps[0]), browser(world.reps[1])]
  }

  /** @throws Violation the first invariant that does not hold */
  async run(steps: readonly Step[]): Promise<void> {
    for (const origin of this.#origins) await this.#open(origin)
    for (const step of steps) {
      await this.#take(step)
      for (let turn = 0; turn < step.turns; turn += 1) await tick()
      this.#raise()
    }
    await this.#comeToRest()
    await this.#compare()
    this.#raise()
  }

  get deeds(): number {
    return this.#marks
  }

  #raise(): void {
    const [first] = this.#found
    if (first) throw first
    for (const { errors } of this.#origins) if (errors[0]) throw errors[0]
  }

  async #take(step: Step): Promise<void> {
    const origin = pick(this.#origins, step.origin)
    const tab = pick(origin.live, step.tab)
    const { server, customerIds, reps, manager } = this.#world
    switch (step.kind) {
      case 'fault':
        origin.fault = step.fault
        return
      case 'time':
        this.#world.advance(step.by)
        for (const each of this.#origins) for (const one of each.live) one.fireTimers()
        return
      case 'skew':
        origin.skew = step.by
        return
      case 'offline':
      case 'online':
        origin.isOnline = step.kind === 'online'
        if (origin.isOnline) for (const each of origin.live) each.comeBack()
        return
      case 'office':
        return this.#office(manager, pick(this.#world.visitIds, step.about) ?? '')
      case 'align': {
        const customerId = pick(customerIds, step.about) ?? ''
        this.#moved.add(customerId)
        return server.align(customerId, (pick(reps, step.tab) ?? reps[0]).userId)
      }
      case 'rights':
        return server.changeRights((pick(reps, step.tab) ?? reps[0]).userId)
      case 'old-request':
        return origin.repeatOldPush(step.about)
      case 'open':
        return origin.live.length < 2 ? this.#open(origin) : undefined
      default:
        if (tab?.isOpen) await this.#onTab(step, origin, tab)
    }
  }

  async #onTab(step: Step, origin: Origin, tab: Tab): Promise<void> {
    switch (step.kind) {
      case 'edit':
        return this.#edit(origin, tab, pick(this.#world.visitIds, step.about) ?? '')
      case 'plan':
        return this.#plan(origin, tab, pick(this.#world.customerIds, step.about) ?? '')
      case 'sync':
        void tab.device.sync()
        return
      case 'come-back':
        tab.comeBack()
        return
      case 'crash':
        tab.crashAt = step.at
        return
      case 'kill':
        tab.kill()
        return
      case 'sign-out':
        return this.#signOut(origin, tab)
      case 'disk-lost':
        tab.loseDisk()
        return
      default:
    }
  }

  #edit(origin: Origin, tab: Tab, visitId: string): void {
    const deed = this.#deed(origin, tab, visitId)
    const saving = tab.device.mutate(editVisit, { id: visitId, changes: { objective: deed.mark } })
    this.#note(deed, saving)
  }

  #plan(origin: Origin, tab: Tab, customerId: string): void {
    const deed = this.#deed(origin, tab, this.#world.newId())
    const saving = tab.device.mutate(planVisit, {
      ...{ id: deed.visitId, customerId, ownerId: null, institutionId: null, channel: 'phone', minutes: 15 },
      ...{ startsAt: '2026-09-20T02:00:00.000Z', objective: deed.mark },
    })
    this.#note(deed, saving)
  }

  #deed(origin: Origin, tab: Tab, visitId: string): Deed {
    this.#marks += 1
    return { mark: `第${this.#marks}件`, origin, tab, visitId, isSaved: this.#bug === 'saved-too-early' }
  }

  #note(deed: Deed, saving: Promise<void>): void {
    const { tab, visitId, mark } = deed
    const isShown = tab.device.view.get(visit, visitId)?.objective === mark
    if (isShown) {
      this.#deeds.push(deed)
      // Another tab of this browser hears of it a little later, and has its own last word until then.
      for (const each of deed.origin.tabs) this.#lastOwn.get(each)?.delete(visitId)
      this.#lastOwn.get(tab)?.set(visitId, mark)
    }
    saving.then(
      () => {
        deed.isSaved = true
        if (!isShown) this.#fail('I5', `${mark} was saved but never shown`)
      },
      (error: unknown) => {
        if (this.#leaving.has(tab)) return
        if (isShown && !tab.isDead) this.#fail('I3', `${mark} was shown and then lost: ${error}`)
        if (!(error instanceof Refused) && !tab.isDead) this.#fail('I3', `${mark} broke: ${error}`)
      },
    )
  }

  async #office(manager: Person, visitId: string): Promise<void> {
    this.#marks += 1
    const args = { id: visitId, changes: { objective: `办公室${this.#marks}` } }
    await this.#world.server.act(manager, 'visit.edit', args)
  }

  async #open(origin: Origin): Promise<void> {
    const saved = this.#deeds.filter((deed) => deed.origin === origin && deed.isSaved)
    const tab = await origin.open({ foldAt: { records: 3, bytes: 1_000_000 } })
    if (!tab.isOpen) return
    await this.#checkSaved(saved, tab)
    const own = new Map<string, string>()
    this.#lastOwn.set(tab, own)
    tab.device.subscribe(() => {
      if (tab.isDead || this.#leaving.has(tab)) return
      for (const [visitId, mark] of own) {
        const value = tab.device.view.get(visit, visitId)?.objective
        this.#glimpses.push({ mark, visitId, value })
      }
    })
  }

  /** I6: what was said to be saved is there when the browser comes back. */
  async #checkSaved(saved: readonly Deed[], tab: Tab): Promise<void> {
    const { pending, refused } = tab.device.status()
    const here = canonicalJson([...pending, ...refused].map(({ args }) => args))
    const there = canonicalJson((await this.#world.server.effects()).map(({ args }) => args))
    for (const { mark } of saved) {
      if (here.includes(`"${mark}"`) || there.includes(`"${mark}"`)) continue
      this.#fail('I6', `${mark} was saved and is gone`)
    }
  }

  async #signOut(origin: Origin, tab: Tab): Promise<void> {
    for (const each of origin.live) this.#leaving.add(each)
    if (this.#bug === 'sign-out-only-closes') tab.device.close()
    else await tab.device.signOut()
    for (let turn = 0; turn < 20; turn += 1) await tick()
    for (const each of origin.live) {
      if (each.isOpen && each !== tab && each.device.view.all(visit).length > 0) {
        this.#fail('I8', 'another tab still shows rows')
      }
    }
    if (await origin.canStillRead()) this.#fail('I8', 'rows can still be read after sign-out')
    for (const each of origin.live) each.kill()
    origin.pulls.length = 0
    this.#deeds = this.#deeds.filter((deed) => deed.origin !== origin)
  }

  async #comeToRest(): Promise<void> {
    for (let round = 0; round < 30; round += 1) {
      for (const origin of this.#origins) {
        origin.isOnline = true
        origin.fault = 'none'
        for (const tab of origin.live) tab.crashAt = null
        for (const tab of origin.live) if (!tab.isOpen) tab.kill()
        if (origin.live.length === 0) await this.#open(origin)
        for (const tab of origin.live) await inTime(tab.device.sync())
      }
      for (let turn = 0; turn < 10; turn += 1) await tick()
      if (round > 1 && this.#isAtRest()) return
    }
    for (const { pulls } of this.#origins) this.#compareCursors(pulls)
    this.#raise()
    const states = this.#origins.flatMap(({ live }) => live.map(({ device }) => device.status()))
    throw new Violation('rest', `the devices never come to rest: ${JSON.stringify(states)}`)
  }

  #isAtRest(): boolean {
    return this.#origins.every(({ live }) =>
      live.every(({ device }) => {
        const { pending, loading, connection } = device.status()
        return pending.length === 0 && loading === 'complete' && connection === 'online'
      }),
    )
  }

  async #compare(): Promise<void> {
    for (const origin of this.#origins) for (const tab of origin.live) await this.#compareRows(origin, tab)
    await this.#compareEffects()
    await this.#compareValues()
    await this.#compareGlimpses()
    for (const { pulls } of this.#origins) this.#compareCursors(pulls)
  }

  /** I2 and I4. */
  async #compareRows(origin: Origin, { device }: Tab): Promise<void> {
    const { person } = origin.options
    const expected = new Map(await this.#world.server.visibleTo(person))
    for (const entity of this.#world.registry.entities.values()) {
      for (const row of device.view.all(entity)) {
        const key = `${entity.name}:${row.id}`
        const wanted = expected.get(key)
        // Rows of the view have all columns of the device.
        const held = Object.fromEntries(
          deviceColumns(entity).map((name) => [name, (row as JsonObject)[name] ?? null]),
        )
        if (!wanted) this.#fail('I4', `${key} is held and not to be seen`)
        else if (canonicalJson(held) !== canonicalJson(wanted)) this.#fail('I2', `${key} is out of date`)
        expected.delete(key)
      }
    }
    for (const key of expected.keys()) this.#fail('I2', `${key} is missing`)
  }

  /** I1. */
  async #compareEffects(): Promise<void> {
    const last = new Map<string, number>()
    const order = new Map<string, number>()
    for (const [at, { device, n, args }] of (await this.#world.server.effects()).entries()) {
      if (n <= (last.get(device) ?? 0))
        this.#fail('I1', `${n} of ${device} took effect twice or out of order`)
      last.set(device, n)
      const mark = markIn(args)
      if (order.has(mark)) this.#fail('I1', `${mark} took effect twice`)
      order.set(mark, at)
    }
    const latest = new Map<Tab, number>()
    for (const { tab, mark } of this.#deeds) {
      const at = order.get(mark)
      if (at === undefined) continue
      if (at < (latest.get(tab) ?? -1)) this.#fail('I1', `${mark} overtook what was done before it`)
      latest.set(tab, at)
    }
  }

  /** I3. */
  async #compareValues(): Promise<void> {
    const done = new Set((await this.#world.server.effects()).map(({ args }) => markIn(args)))
    for (const { mark, origin, visitId, isSaved } of this.#deeds) {
      const refused = origin.live.some(({ device }) =>
        device.status().refused.some(({ args }) => markIn(args) === mark),
      )
      if (done.has(mark)) {
        const values = await this.#world.server.valuesOf(visit, visitId, 'objective')
        if (!values.includes(mark)) this.#fail('I3', `${mark} was accepted and its value is nowhere`)
      } else if (isSaved && !refused) this.#fail('I3', `${mark} is neither accepted nor refused`)
    }
  }

  /** I5: after an act its author sees it, or what the server took in after it. */
  async #compareGlimpses(): Promise<void> {
    for (const { mark, visitId, value } of this.#glimpses) {
      if (value === mark) continue
      const values = await this.#world.server.valuesOf(visit, visitId, 'objective')
      const at = values.indexOf(mark)
      if (at < 0 || (value === undefined && this.#moved.size > 0)) continue
      if (!values.slice(at).includes(value ?? null)) this.#fail('I5', `instead of ${mark} there was ${value}`)
    }
  }

  /** I7. */
  #compareCursors(pulls: Origin['pulls']): void {
    const highest = new Map<string, number>()
    for (const { epoch, cursor, resume } of pulls) {
      if (resume !== undefined) continue
      if (cursor < (highest.get(epoch) ?? 0)) this.#fail('I7', `the cursor went back to ${cursor}`)
      highest.set(epoch, cursor)
    }
  }

  #watched(server: WireServer): WireServer {
    return {
      push: async (person, request) => {
        const answer = await server.push(person, request)
        if (this.#bug !== 'answer-settles') return answer
        // As if an accepted act were settled by the answer and not by the rows that follow.
        const outcomes = answer.outcomes.map((each) => ('seq' in each ? { ...each, seq: 0 } : each))
        return { ...answer, outcomes }
      },
      pull: async (person, request) => {
        const page = await server.pull(person, request)
        for (const [entity, id, , scope] of page.rows) {
          if (!this.#world.server.mayHold(person, scope)) this.#fail('I4', `${entity} ${id} was sent`)
        }
        return page
      },
    }
  }

  #fail(invariant: string, what: string): void {
    this.#found.push(new Violation(invariant, what))
  }
}

function markIn(args: JsonObject): string {
  const changes = args.changes as JsonObject | undefined
  return String(args.objective ?? changes?.objective)
}

function pick<T>(all: readonly [T, ...T[]], at: number): T
function pick<T>(all: readonly T[], at: number): T | undefined
function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)]
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Violation('rest', 'an exchange never ends')), 10_000)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

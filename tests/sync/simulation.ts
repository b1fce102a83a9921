// Drives the real device half over a faulty wire, through crashes at every named point on both sides, with several
// tabs and devices, while customers change hands, rights change and the app is updated; then lets everything come to
// rest and judges it. The server is a parameter: a small one in memory, or the real one over Postgres.
import { Refused } from '#core/refused.ts'
import { Origin, type Tab } from '../kit/device-origin.ts'
import type { WireServer } from '../kit/memory-server.ts'
import { type App, appBefore, appNow } from '../kit/two-apps.ts'
import { planOf } from './deeds.ts'
import { type Deed, type Evidence, type Glimpse, type SimulatedWorld, Violation } from './evidence.ts'
import * as invariants from './invariants.ts'
import type { DeedStep, Step } from './steps.ts'

/** Bugs outside the server that the invariants must notice. */
export type DeviceBug = 'answer-settles' | 'saved-too-early' | 'sign-out-only-closes' | 'refusals-vanish'

/** Rounds of exchanges after which everything must have come to rest, and the patience for one exchange in ms. */
const mostRounds = 40
const patience = 30_000

export class Simulation {
  readonly #world: SimulatedWorld
  readonly #bug: DeviceBug | undefined
  readonly #origins: readonly [Origin, Origin, Origin]
  readonly #apps = new Map<Origin, App>()
  /** Tabs of somebody who is signing out: he was asked, and gives up what has not been sent. */
  readonly #leaving = new Set<Tab>()
  readonly #lastOwn = new Map<Tab, Map<string, Deed>>()
  readonly #glimpses: Glimpse[] = []
  readonly #moved = new Set<string>()
  readonly #newRights = new Set<string>()
  #deeds: Deed[] = []
  #marks = 0
  readonly #found: unknown[] = []

  constructor(world: SimulatedWorld, bug?: DeviceBug) {
    this.#world = world
    this.#bug = bug
    const server = this.#watched(world.server)
    const { now, newId } = world
    // The first rep has a phone and a desk.
    const [first, second] = world.reps
    const browsers = [first, first, second].map((person) => {
      const lease = world.leaseOf(person)
      return new Origin({ person, server, registry: world.registry, now, newId, lease })
    })
    const [phone, desk, other] = browsers
    if (!phone || !desk || !other) throw new Error('three browsers')
    this.#origins = [phone, desk, other]
    // One phone was updated in time.
    for (const origin of this.#origins) this.#apps.set(origin, origin === desk ? appNow : appBefore)
  }

  /** How many acts were done on devices. */
  get deeds(): number {
    return this.#marks
  }

  /** @throws Violation the first invariant that does not hold */
  async run(steps: readonly Step[]): Promise<void> {
    for (const origin of this.#origins) await this.#open(origin)
    for (const step of steps) {
      await this.#take(step)
      for (let turn = 0; turn < step.turns; turn += 1) await this.#world.breathe()
      this.#raise()
    }
    await this.#comeToRest()
    await this.#judge()
    this.#raise()
  }

  get #evidence(): Evidence {
    return {
      ...{ world: this.#world, origins: this.#origins, apps: this.#apps, deeds: this.#deeds },
      ...{ glimpses: this.#glimpses, moved: this.#moved, newRights: this.#newRights },
    }
  }

  async #judge(): Promise<void> {
    const evidence = this.#evidence
    await invariants.eachActCountsOnce(evidence)
    await invariants.quietDevicesEqualTheServer(evidence)
    await invariants.nothingEnteredIsLost(evidence)
    await invariants.whatGaveWayUnseenIsShown(evidence)
    await invariants.ownWorkNeverFlickers(evidence)
    invariants.cursorsNeverGoBack(evidence)
    await invariants.auditHolds(evidence)
  }

  #raise(): void {
    const [first] = this.#found
    if (first) throw first
    for (const { errors } of this.#origins) if (errors[0]) throw errors[0]
  }

  async #take(step: Step): Promise<void> {
    const origin = pick(this.#origins, step.origin)
    const tab = pick(origin.live, step.tab)
    const { server, visitIds, reps, manager } = this.#world
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
        this.#marks += 1
        return server.act(manager, 'visit.edit', {
          id: pick(visitIds, step.about) ?? '',
          changes: { objective: `办公室${this.#marks}` },
        })
      case 'align':
        return this.#align(step)
      case 'rights':
        this.#newRights.add((pick(reps, step.tab) ?? reps[0]).userId)
        return server.changeRights((pick(reps, step.tab) ?? reps[0]).userId)
      case 'epoch':
        return server.changeEpoch()
      case 'server-crash':
        return this.#world.crash(step.at)
      case 'old-request':
        return origin.repeatOldPush(step.about)
      case 'open':
        return origin.live.length < 2 ? this.#open(origin) : undefined
      case 'update':
        return this.#update(origin)
      default:
        if (tab?.isOpen) await this.#onTab(step, origin, tab)
    }
  }

  #align({ about, tab }: Step): Promise<void> {
    const { server, customerIds, reps } = this.#world
    const customerId = pick(customerIds, about) ?? ''
    this.#moved.add(customerId)
    return server.align(customerId, (pick(reps, tab) ?? reps[0]).userId)
  }

  async #onTab(step: Step, origin: Origin, tab: Tab): Promise<void> {
    switch (step.kind) {
      case 'do':
        return this.#do(step, origin, tab)
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

  #do({ deed: kind, about }: DeedStep, origin: Origin, tab: Tab): void {
    const { newId, institutionIds } = this.#world
    const app = this.#apps.get(origin) ?? appNow
    if (kind === 'miss' && !app.hasReasons) return
    const { person } = origin.options
    const mark = `第${this.#marks + 1}件`
    const now = new Date(origin.now()).toISOString()
    const occasion = { mark, person, about, newId, institutionIds, now, app }
    const plan = planOf(kind, tab.device.view, occasion)
    if (!plan) return
    this.#marks += 1
    const { entity, id, field } = plan
    const saw = valueIn(tab, plan) ?? null
    const saving = plan.start(tab.device)
    const deed: Deed = {
      ...{ mark, origin, tab, entity, id, field, saw, customerId: customerOf(tab, plan) },
      isSaved: this.#bug === 'saved-too-early',
    }
    this.#note(deed, saving)
  }

  #note(deed: Deed, saving: Promise<void>): void {
    const { tab, mark } = deed
    const isShown = valueIn(tab, deed) === mark
    if (isShown) {
      this.#deeds.push(deed)
      // Another tab of this browser hears of it a little later, and has its own last word until then.
      for (const each of deed.origin.tabs) this.#lastOwn.get(each)?.delete(placeOf(deed))
      this.#lastOwn.get(tab)?.set(placeOf(deed), deed)
    }
    saving.then(
      () => {
        deed.isSaved = true
        if (!isShown) this.#found.push(new Violation('I5', `${mark} was saved but never shown`))
      },
      (error: unknown) => {
        if (this.#leaving.has(tab) || tab.isDead) return
        if (isShown) this.#found.push(new Violation('I3', `${mark} was shown and then lost: ${error}`))
        else if (!(error instanceof Refused)) this.#found.push(new Violation('I3', `${mark} broke: ${error}`))
      },
    )
  }

  async #open(origin: Origin): Promise<void> {
    const saved = this.#deeds.filter((deed) => deed.origin === origin && deed.isSaved)
    const { registry } = this.#apps.get(origin) ?? appNow
    const tab = await origin.open({ registry, foldAt: { records: 3, bytes: 1_000_000 } })
    if (!tab.isOpen) return
    await invariants.whatIsSavedSurvives({ world: this.#world }, saved, tab)
    const own = new Map<string, Deed>()
    this.#lastOwn.set(tab, own)
    tab.device.subscribe(() => {
      if (tab.isDead || this.#leaving.has(tab)) return
      for (const deed of own.values()) this.#glimpses.push({ deed, value: valueIn(tab, deed) })
    })
  }

  /** A new program takes the place of the old one in all tabs at once, with whatever waits on the disk. */
  async #update(origin: Origin): Promise<void> {
    if (this.#apps.get(origin) === appNow || !origin.isOnline) return
    for (const tab of origin.live) tab.kill()
    this.#apps.set(origin, appNow)
    await this.#open(origin)
  }

  async #signOut(origin: Origin, tab: Tab): Promise<void> {
    for (const each of origin.live) this.#leaving.add(each)
    if (this.#bug === 'sign-out-only-closes') tab.device.close()
    else await tab.device.signOut()
    for (let turn = 0; turn < 20; turn += 1) await this.#world.breathe()
    await invariants.signOutLeavesNothing(tab, this.#world.registry.entities.values())
    for (const each of origin.live) each.kill()
    origin.pulls.length = 0
    this.#deeds = this.#deeds.filter((deed) => deed.origin !== origin)
  }

  async #comeToRest(): Promise<void> {
    let before = ''
    for (let round = 0; round < mostRounds; round += 1) {
      for (const origin of this.#origins) await this.#calm(origin)
      for (let turn = 0; turn < 10; turn += 1) await this.#world.breathe()
      this.#raise()
      const now = this.#picture()
      if (now === before && this.#isAtRest()) return
      before = now
    }
    invariants.cursorsNeverGoBack(this.#evidence)
    const states = this.#origins.flatMap(({ live }) => live.map(({ device }) => device.status()))
    throw new Violation('rest', `the devices never come to rest: ${JSON.stringify(states)}`)
  }

  /** No more faults, and one exchange in each tab. */
  async #calm(origin: Origin): Promise<void> {
    origin.isOnline = true
    origin.fault = 'none'
    for (const tab of origin.live) tab.crashAt = null
    for (const tab of origin.live) if (!tab.isOpen) tab.kill()
    if (origin.live.length === 0) await this.#open(origin)
    for (const tab of origin.live) await inTime(tab.device.sync())
  }

  /** Changes whenever rows of any tab change. */
  #picture(): string {
    const names = [...this.#world.registry.entities.keys()]
    const tabs = this.#origins.flatMap(({ live }) => live)
    return tabs.map(({ device }) => names.map((name) => device.versionOf(name)).join()).join(' ')
  }

  #isAtRest(): boolean {
    return this.#origins.every(({ live }) =>
      live.every(({ device }) => {
        const { pending, loading, connection } = device.status()
        return pending.length === 0 && loading === 'complete' && connection === 'online'
      }),
    )
  }

  #watched(server: WireServer): WireServer {
    return {
      push: async (person, request) => {
        const answer = await server.push(person, request)
        // As if an accepted act were settled by the answer and not by the rows that follow, or a refusal forgotten.
        const outcomes = answer.outcomes.map((each) => {
          if (each.status === 'accepted') return this.#bug === 'answer-settles' ? { ...each, seq: 0 } : each
          return this.#bug === 'refusals-vanish' ? { n: each.n, status: 'accepted' as const, seq: 0 } : each
        })
        return { ...answer, outcomes }
      },
      pull: async (person, request) => {
        const maySee = this.#world.server.sightOf(person)
        const page = await server.pull(person, request)
        // I4, on the wire: no row outside its visibility is ever sent.
        for (const [entity, id, , scope] of page.rows) {
          if (!maySee(scope)) this.#found.push(new Violation('I4', `${entity} ${id} was sent`))
        }
        return page
      },
    }
  }
}

function placeOf({ entity, id, field }: Pick<Deed, 'entity' | 'id' | 'field'>): string {
  return `${entity.name}:${id}:${field}`
}

function valueIn({ device }: Tab, { entity, id, field }: Pick<Deed, 'entity' | 'id' | 'field'>) {
  const row: { readonly [name: string]: unknown } | undefined = device.view.get(entity, id)
  // The fields that acts mark hold texts or nothing.
  return row?.[field] as string | null | undefined
}

/** Rows hang on the customer they name; his own row on himself. */
function customerOf(tab: Tab, { entity, id }: Pick<Deed, 'entity' | 'id'>): string {
  return valueIn(tab, { entity, id, field: 'customerId' }) ?? id
}

function pick<T>(all: readonly [T, ...T[]], at: number): T
function pick<T>(all: readonly T[], at: number): T | undefined
function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)]
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Violation('rest', 'an exchange never ends')), patience)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

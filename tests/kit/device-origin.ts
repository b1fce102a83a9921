// One browser profile in memory: a disk, locks, a channel between tabs, a clock and a wire, all of which a test
// can disturb. A tab that is killed stops where it stands: whatever it waits for never comes.
import { IDBFactory } from 'fake-indexeddb'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import { type OpenedDevice, openDevice } from '#sync/device/open-device.ts'
import {
  type Channel,
  type CrashPoint,
  failureFor,
  type Locks,
  type Outside,
  type TabMessage,
  type Transport,
  WireFailure,
} from '#sync/device/surroundings.ts'
import type { Lease, PullRequest, PushRequest } from '#sync/protocol.ts'
import type { Person, WireServer } from './memory-server.ts'

/** What the server gives to this member when he signs in. */
const unlock = '5a'.repeat(32)

const never = <T>() => new Promise<T>(() => undefined)

/** What happens to the next requests. */
export type WireFault = 'none' | 'request-lost' | 'answer-lost' | 'sent-twice' | 'late'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

export interface OriginOptions {
  readonly registry: Registry
  readonly lease: Lease
  readonly person: Person
  readonly server: WireServer
  readonly now: () => number
  readonly newId: () => string
  readonly indexedDB?: IDBFactory
}

/** All tabs of one member in one browser. */
export class Origin {
  readonly options: OriginOptions
  readonly indexedDB: IDBFactory
  readonly tabs: Tab[] = []
  readonly errors: unknown[] = []
  readonly pulls: PullRequest[] = []
  readonly #pushes: PushRequest[] = []
  readonly #late: (() => Promise<unknown>)[] = []
  readonly #locks = new Map<string, { holder: Tab; queue: (() => void)[] }>()
  isOnline = true
  /** The database cannot be opened. */
  isDiskBroken = false
  fault: WireFault = 'none'
  /** How far this clock is off, in milliseconds. */
  skew = 0

  constructor(options: OriginOptions) {
    this.options = options
    this.indexedDB = options.indexedDB ?? new IDBFactory()
  }

  async open(overrides: Partial<Parameters<typeof openDevice>[0]> = {}): Promise<Tab> {
    const tab = new Tab(this)
    this.tabs.push(tab)
    await tab.open(overrides)
    return tab
  }

  get live(): readonly Tab[] {
    return this.tabs.filter((tab) => !tab.isDead)
  }

  /** An old packet turns up once more. */
  async repeatOldPush(which: number): Promise<void> {
    const request = this.#pushes[which % Math.max(1, this.#pushes.length)]
    if (request) await this.options.server.push(this.options.person, request).catch(() => undefined)
  }

  now(): number {
    return this.options.now() + this.skew
  }

  /** Whether the key of what is on the disk is still there. */
  async canStillRead(): Promise<boolean> {
    const [database] = await this.indexedDB.databases()
    return (
      database !== undefined &&
      (await this.onDisk('meta', 'readonly', (store) => store.get('key'))) !== undefined
    )
  }

  /** Does one thing with one store, beside the device. */
  async onDisk<T>(
    name: string,
    mode: IDBTransactionMode,
    request: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const [info] = await this.indexedDB.databases()
    const database = await settle(this.indexedDB.open(info?.name ?? ''))
    try {
      if (!database.objectStoreNames.contains(name)) throw new Error(`no store ${name}`)
      return await settle(request(database.transaction(name, mode).objectStore(name)))
    } finally {
      database.close()
    }
  }

  locksFor(tab: Tab): Locks {
    return {
      request: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        await this.#take(name, tab)
        if (tab.isDead) return never<T>()
        try {
          return await work()
        } finally {
          if (!tab.isDead) this.#release(name)
        }
      },
    }
  }

  releaseAll(tab: Tab): void {
    for (const [name, { holder }] of this.#locks) if (holder === tab) this.#release(name)
  }

  transportFor(tab: Tab): Transport {
    const { server, person } = this.options
    const exchange = async <T>(send: () => Promise<T>): Promise<T> => {
      if (tab.isDead) return never<T>()
      const { fault } = this
      this.fault = 'none'
      if (!this.isOnline || fault === 'request-lost') throw new WireFailure('unreachable')
      if (fault === 'sent-twice') await passed(send())
      // Whoever waits gives up, and the request arrives after the one that follows it.
      if (fault === 'late') {
        this.#late.push(send)
        throw new WireFailure('unreachable')
      }
      const answer = await passed(send())
      for (const late of this.#late.splice(0)) void passed(late()).catch(() => undefined)
      await tick()
      if (tab.isDead) return never<T>()
      if (!this.isOnline || fault === 'answer-lost') throw new WireFailure('unreachable')
      return answer
    }
    return {
      push: (request) => {
        this.#pushes.push(request)
        return exchange(() => server.push(person, structuredClone(request)))
      },
      pull: async (request) => {
        this.pulls.push(request)
        const page = await exchange(() => server.pull(person, request))
        return new TextEncoder().encode(JSON.stringify(page))
      },
      wake: () => () => undefined,
    }
  }

  channelFor(tab: Tab): Channel {
    return {
      post: (message) => {
        if (tab.isDead) return
        for (const other of this.live) if (other !== tab) void tick().then(() => other.hear(message))
      },
      listen: (callback) => tab.listeners.push(callback),
      close: () => tab.listeners.splice(0),
    }
  }

  async #take(name: string, tab: Tab): Promise<void> {
    const lock = this.#locks.get(name)
    if (!lock) {
      this.#locks.set(name, { holder: tab, queue: [] })
      return
    }
    await new Promise<void>((resolve) =>
      lock.queue.push(() => {
        lock.holder = tab
        if (tab.isDead) this.#release(name)
        resolve()
      }),
    )
  }

  #release(name: string): void {
    const lock = this.#locks.get(name)
    const next = lock?.queue.shift()
    if (next) next()
    else this.#locks.delete(name)
  }
}

/** One tab; dead after `kill` or `close`. */
export class Tab {
  readonly origin: Origin
  readonly listeners: ((message: TabMessage) => void)[] = []
  readonly events: string[] = []
  readonly #timers = new Set<Timer>()
  readonly #returns = new Set<() => void>()
  readonly #databases: IDBDatabase[] = []
  #device: OpenedDevice | null = null
  isDead = false
  /** Dies when it next comes to this point. */
  crashAt: CrashPoint | null = null

  constructor(origin: Origin) {
    this.origin = origin
  }

  get device(): OpenedDevice {
    if (!this.#device) throw new Error('the tab is not open yet')
    return this.#device
  }

  get isOpen(): boolean {
    return this.#device !== null && !this.isDead
  }

  async open(overrides: Partial<Parameters<typeof openDevice>[0]>): Promise<void> {
    const { registry, lease } = this.origin.options
    const opened = openDevice({ registry, lease, unlock, ...this.#outside(), ...overrides })
    const killed = new Promise<null>((resolve) => {
      this.#whenKilled = () => resolve(null)
    })
    this.#device = await Promise.race([opened, killed])
  }

  #whenKilled: () => void = () => undefined

  /** The process is gone, as with SIGKILL. */
  kill(): void {
    this.isDead = true
    this.listeners.splice(0)
    this.#timers.clear()
    this.origin.releaseAll(this)
    this.#whenKilled()
  }

  close(): void {
    this.#device?.close()
    this.kill()
  }

  hear(message: TabMessage): void {
    for (const listener of [...this.listeners]) listener(message)
  }

  /** The browser closes the database under the app, as iOS does in the background. */
  loseDisk(): void {
    for (const database of this.#databases.splice(0)) database.close()
  }

  /** The connection or the person has come back. */
  comeBack(): void {
    for (const callback of [...this.#returns]) callback()
  }

  fireTimers(): void {
    // Timers do not go by the clock that can be set.
    const now = this.origin.options.now()
    for (const timer of [...this.#timers]) {
      if (timer.at > now) continue
      this.#timers.delete(timer)
      timer.callback()
    }
  }

  #watchedFactory(factory: IDBFactory): IDBFactory {
    const open = (name: string, version?: number) => {
      if (this.origin.isDiskBroken) throw new DOMException('the medium is gone', 'UnknownError')
      const request = factory.open(name, version)
      request.addEventListener('success', () => this.#databases.push(request.result))
      return request
    }
    return new Proxy(factory, {
      get: (target, name) => {
        if (name === 'open') return open
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  #outside(): Outside {
    const { origin } = this
    const { newId, lease } = origin.options
    return {
      transport: origin.transportFor(this),
      locks: origin.locksFor(this),
      channel: origin.channelFor(this),
      indexedDB: this.#watchedFactory(origin.indexedDB),
      crypto: globalThis.crypto,
      surroundings: {
        now: () => origin.now(),
        monotonic: () => origin.options.now(),
        random: () => 0.5,
        newId,
        isOnline: () => origin.isOnline,
        onReturn: (callback) => {
          this.#returns.add(callback)
          return () => this.#returns.delete(callback)
        },
        after: (delay, callback) => {
          const timer = { at: origin.options.now() + delay, callback }
          this.#timers.add(timer)
          return () => this.#timers.delete(timer)
        },
        pause: () => Promise.resolve(),
        idle: () => Promise.resolve(),
      },
      tell: (event) => this.events.push(`${event} ${lease.userId}`),
      report: (error) => {
        if (!this.isDead) origin.errors.push(error)
      },
      reach: async (point) => {
        if (this.crashAt === point) this.kill()
        if (this.isDead) await never()
      },
    }
  }
}

/** What is no word of the server about the request reaches a device as no answer at all. */
async function passed<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof Refused ? failureFor(error) : new WireFailure('unreachable', error)
  }
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Waits until it is true; threads of the crypto pool may take their time. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 8000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error('it never came true')
    await tick()
  }
}

/** Lets everything that is ready go on once. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

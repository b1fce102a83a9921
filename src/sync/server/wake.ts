// Tells whoever waits that an organisation has something new. Only a hint: it carries no rows, may be late, may be
// lost; every device also asks by itself.
import pg from 'pg'

export interface Wakes {
  /** To be called after each commit. Tells listeners in this process and, in at most 250 ms, in all others. */
  tell(orgId: string, seq: number): void
  /** Calls back when the organisation has gone on; gives the way to stop. */
  listen(orgId: string, listener: (seq: number) => void): () => void
  close(): Promise<void>
}

export interface WakeTimes {
  /** Many commits in a short time are one wake-up, ms. */
  readonly gather: number
  /** How often listeners' organisations are looked at in case a notification was lost, ms. */
  readonly look: number
  /** Before a lost connection is tried again, ms. */
  readonly retry: number
}

const channel = 'rapport_feed'
const usual: WakeTimes = { gather: 250, look: 15_000, retry: 2000 }

/** Opens one connection that listens, as the owner. */
export async function openWakes(connection: pg.PoolConfig, times: WakeTimes = usual): Promise<Wakes> {
  const exchange = new WakeExchange(connection, times)
  await exchange.connect()
  return exchange
}

class WakeExchange implements Wakes {
  readonly #connection: pg.PoolConfig
  readonly #times: WakeTimes
  readonly #listeners = new Map<string, Set<(seq: number) => void>>()
  /** The highest number listeners were told. */
  readonly #told = new Map<string, number>()
  /** Numbers to be passed on to other processes. */
  readonly #gathered = new Map<string, number>()
  #client: pg.Client | null = null
  #gathering: NodeJS.Timeout | null = null
  #retrying: NodeJS.Timeout | null = null
  readonly #looking: NodeJS.Timeout
  #isClosed = false

  constructor(connection: pg.PoolConfig, times: WakeTimes) {
    this.#connection = connection
    this.#times = times
    this.#looking = setInterval(() => void this.#look(), times.look).unref()
  }

  async connect(): Promise<void> {
    const client = new pg.Client(this.#connection)
    client.on('error', () => this.#lost(client))
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ payload }) => this.#heard(payload ?? ''))
    await client.connect()
    await client.query(`listen ${channel}`)
    this.#client = client
  }

  tell(orgId: string, seq: number): void {
    this.#gathered.set(orgId, Math.max(seq, this.#gathered.get(orgId) ?? 0))
    this.#gathering ??= setTimeout(() => void this.#passOn(), this.#times.gather).unref()
  }

  listen(orgId: string, listener: (seq: number) => void): () => void {
    const listeners = this.#listeners.get(orgId) ?? new Set()
    this.#listeners.set(orgId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || this.#listeners.get(orgId) !== listeners) return
      this.#listeners.delete(orgId)
      this.#told.delete(orgId)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#looking)
    for (const timer of [this.#gathering, this.#retrying]) if (timer) clearTimeout(timer)
    await this.#client?.end()
  }

  async #passOn(): Promise<void> {
    this.#gathering = null
    const gathered = [...this.#gathered]
    this.#gathered.clear()
    for (const [orgId, seq] of gathered) this.#wake(orgId, seq)
    // Outside the transactions that are told of: NOTIFY makes commits of the whole server wait for each other.
    const payloads = gathered.map(([orgId, seq]) => `${orgId} ${seq}`)
    try {
      await this.#client?.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
        channel,
        payloads,
      ])
    } catch {
      // The other processes look by themselves.
    }
  }

  #heard(payload: string): void {
    const [orgId, seq] = payload.split(' ')
    if (orgId !== undefined) this.#wake(orgId, Number(seq))
  }

  #wake(orgId: string, seq: number): void {
    const listeners = this.#listeners.get(orgId)
    if (!listeners || seq <= (this.#told.get(orgId) ?? 0)) return
    this.#told.set(orgId, seq)
    for (const listener of [...listeners]) listener(seq)
  }

  /** What notifications have missed. */
  async #look(): Promise<void> {
    const orgs = [...this.#listeners.keys()]
    if (!this.#client || orgs.length === 0) return
    try {
      const { rows } = await this.#client.query<{ org_id: string; seq: string }>(
        'select org_id, seq from org_counter where org_id = any($1)',
        [orgs],
      )
      for (const { org_id, seq } of rows) this.#wake(org_id, Number(seq))
    } catch {
      // The connection is being mended; the next look will tell.
    }
  }

  #lost(client: pg.Client): void {
    if (this.#isClosed || (this.#client !== client && this.#client !== null) || this.#retrying) return
    this.#client = null
    this.#retrying = setTimeout(() => {
      this.#retrying = null
      this.connect().then(
        () => this.#look(),
        () => this.#lost(client),
      )
    }, this.#times.retry).unref()
  }
}

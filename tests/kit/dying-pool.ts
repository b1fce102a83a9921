// A pool whose connections die at named points of a transaction, as when the server, the network or Postgres goes.
import type { Pool, PoolClient } from 'pg'

export type ConnectionDeath = 'in-work' | 'before-commit' | 'after-commit'

export class DyingPool {
  /** For whoever is to meet the deaths. */
  readonly pool: Pool
  #next: ConnectionDeath | null = null
  readonly #wrapped = new WeakMap<PoolClient, PoolClient>()
  /** How many have died so far. */
  deaths = 0

  constructor(pool: Pool) {
    this.pool = replaced(pool, 'connect', async () => this.#wrap(await pool.connect()))
  }

  /** The next transaction dies there. */
  dieAt(death: ConnectionDeath | null): void {
    this.#next = death
  }

  #wrap(client: PoolClient): PoolClient {
    const known = this.#wrapped.get(client)
    if (known) return known
    // One of many overloads; what comes is passed on as it comes.
    const pass = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    const query = (...given: unknown[]): Promise<unknown> => {
      const [statement] = given
      if (statement === 'commit') return this.#commit(client, () => pass(statement))
      if (this.#next === 'in-work' && isWrite(statement)) {
        this.#take()
        cut(client)
      }
      return pass(...given)
    }
    const wrapped = replaced(client, 'query', query)
    this.#wrapped.set(client, wrapped)
    return wrapped
  }

  async #commit(client: PoolClient, commit: () => Promise<unknown>): Promise<unknown> {
    if (this.#next === null || this.#next === 'in-work') return commit()
    const death = this.#take()
    if (death === 'before-commit') cut(client)
    const result = await commit()
    if (death !== 'after-commit') return result
    cut(client)
    throw new Error('Connection terminated unexpectedly')
  }

  #take(): ConnectionDeath | null {
    const death = this.#next
    this.#next = null
    this.deaths += 1
    return death
  }
}

/** The connection breaks off under whoever uses it. */
function cut(client: PoolClient): void {
  // The driver's own way to its socket, which its types do not show.
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}

function isWrite(statement: unknown): boolean {
  const text = typeof statement === 'string' ? statement : (statement as { text?: string }).text
  return /insert|update/.test(text ?? '')
}

function replaced<T extends object>(target: T, name: string, by: unknown): T {
  return new Proxy(target, {
    get(_, asked) {
      if (asked === name) return by
      const value: unknown = Reflect.get(target, asked)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

// Work in the name of one organisation: row-level security compares every row with `rapport.org`.

import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { sqlState } from './sql-state.ts'

export type Isolation = 'read committed' | 'repeatable read' | 'serializable'

const ATTEMPTS = 5
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'

/** The organisation each connection was last set to, so that setting it costs a round trip only when it changes. */
const orgOf = new WeakMap<PoolClient, string>()

/**
 * Runs `work` with a connection that sees the rows of one organisation. For single statements: each commits by
 * itself. Must not begin a transaction of its own; that is `transaction`.
 */
export async function inOrg<T>(
  pool: Pool,
  orgId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await speakFor(client, orgId)
    return await work(client)
  } finally {
    client.release()
  }
}

/**
 * Runs `work` in one transaction of one organisation: commits what it did, or nothing if it throws.
 * When Postgres breaks it off because of others (deadlock, serialization), it is run again, five times in all,
 * so `work` must have no effect but through its client.
 */
export async function transaction<T>(
  pool: Pool,
  orgId: string,
  work: (client: PoolClient) => Promise<T>,
  { isolation = 'read committed' }: { isolation?: Isolation } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, orgId, work, isolation)
    } catch (error) {
      const isWorthRetrying = [SERIALIZATION_FAILURE, DEADLOCK].includes(sqlState(error))
      if (!isWorthRetrying || attempt === ATTEMPTS) throw error
      // Jitter: those who collided must not meet again at the same moment.
      await delay(Math.random() * 10 * 2 ** attempt)
    }
  }
}

async function once<T>(
  pool: Pool,
  orgId: string,
  work: (client: PoolClient) => Promise<T>,
  isolation: Isolation,
): Promise<T> {
  const client = await pool.connect()
  let broken: unknown = null
  try {
    // Before BEGIN: a rollback would take the setting back, and the note of it would be wrong.
    await speakFor(client, orgId)
    // Not waited for: it travels with the first statement of the work, which fails if this does.
    const begun = client.query(
      isolation === 'read committed' ? 'begin' : `begin isolation level ${isolation}`,
    )
    try {
      const [result] = await Promise.all([work(client), begun])
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        broken = failure
      })
      throw error
    }
  } finally {
    client.release(broken !== null)
  }
}

async function speakFor(client: PoolClient, orgId: string): Promise<void> {
  if (orgOf.get(client) === orgId) return
  orgOf.delete(client)
  await client.query("select set_config('rapport.org', $1, false)", [orgId])
  orgOf.set(client, orgId)
}

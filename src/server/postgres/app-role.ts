// The application speaks to Postgres as a role that owns nothing, so that row-level security binds it.
import pg from 'pg'
import { ForeignPostgresError } from './foreign-postgres.ts'
import { sqlState } from './sql-state.ts'

export const APP_ROLE = 'rapport_app'

const DUPLICATE = ['42710', '23505']

/**
 * Makes the role at first use and lets the owner speak as it. On a server where the owner may not make roles,
 * throws `ForeignPostgresError` with the statements for its administrator.
 */
export async function ensureAppRole(address: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    if (await canSpeakAsApp(client)) return
    await makeRole(client)
    await client.query(`grant ${APP_ROLE} to current_user`)
  } catch (error) {
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_user) as name')
    throw new ForeignPostgresError(
      `The role ${APP_ROLE} is missing, or ${rows[0]?.name} may not use it (${String(error)}). Rapport reads and writes through it so that row-level security binds. Have an administrator of the server run: create role ${APP_ROLE} nologin; grant ${APP_ROLE} to ${rows[0]?.name};`,
    )
  } finally {
    await client.end()
  }
}

/** Tried rather than asked: what may be asked differs between versions. */
async function canSpeakAsApp(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`set role ${APP_ROLE}`)
    await client.query('reset role')
    return true
  } catch {
    return false
  }
}

async function makeRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`create role ${APP_ROLE} nologin`)
  } catch (error) {
    // Roles belong to the whole server: it may be there for another database, or be made at this very moment.
    if (!DUPLICATE.includes(sqlState(error))) throw error
  }
}

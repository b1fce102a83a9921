// A server as its administrator hands it over: a role that is no superuser and may not make roles.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { openDatabase, openPools, type PostgresAddress } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { checkForeignPostgres } from './foreign-postgres.ts'
import { transaction } from './transaction.ts'

const database = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'rapport-foreign-'))
const server = await durableServer()
const role = `tenant_${randomBytes(6).toString('hex')}`
const password = randomBytes(12).toString('hex')
const settings = { databaseUrl: urlFor(role, password), dataFolder: join(folder, 'data') }

beforeAll(async () => {
  await server.owner.query(`create role ${role} login password '${password}'`)
})
afterAll(async () => {
  await server.owner.query(`drop owned by ${role}`)
  await server.owner.query(`drop role ${role}`)
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('a Postgres server of the operator', () => {
  test('is refused with the statements that are missing, until they have been run', async () => {
    await expect(openDatabase(settings)).rejects.toThrow(/may not make tables.*grant create on database/)
    const { rows } = await server.owner.query('select current_database() as name')
    await server.owner.query(`grant create on database ${rows[0].name} to ${role}`)
    await server.owner.query(`grant create, usage on schema public to ${role}`)
    await expect(openDatabase(settings)).rejects.toThrow(
      new RegExp(`create role rapport_app nologin; grant rapport_app to ${role};`),
    )
    await server.owner.query(`grant rapport_app to ${role}`)
    const opened = await openDatabase(settings)
    await opened.close()
  })

  test('is used through a role that row-level security binds', async () => {
    const opened = await openDatabase(settings)
    await opened.owner.query(`
      create table walled (org_id text not null, value int);
      alter table walled enable row level security;
      create policy own on walled using (org_id = current_setting('rapport.org', true));
      grant select, insert on walled to rapport_app;
      insert into walled values ('a', 1), ('b', 2)`)
    const seen = await transaction(opened.app, 'b', (client) => client.query('select value from walled'))
    expect(seen.rows).toEqual([{ value: 2 }])
    await opened.close()
  })

  test('whose sessions are not durable is refused', async () => {
    await server.owner.query(`alter role ${role} set synchronous_commit = off`)
    await expect(checkForeignPostgres(settings.databaseUrl)).rejects.toThrow('synchronous_commit is off')
  })

  test('that is not there is reported without its password', async () => {
    const attempt = checkForeignPostgres('postgres://rapport:geheim@127.0.0.1:9/rapport')
    await expect(attempt).rejects.toThrow(/^(?!.*geheim).*does not answer: .*ECONNREFUSED.*Check host/)
  })
})

type Server = { address: PostgresAddress; owner: Pool; close(): Promise<void> }

/** The given server, or one of our own: that of the other tests is hasty, which is refused. */
async function durableServer(): Promise<Server> {
  if ('connectionString' in database.address) return { ...database, close: async () => {} }
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'server'))
  const embedded = await startEmbeddedPostgres(join(folder, 'server'))
  const pools = await openPools(embedded.connection)
  return {
    address: embedded.connection,
    owner: pools.owner,
    close: () => pools.close().then(embedded.stop),
  }
}

function urlFor(user: string, word: string): string {
  const { address } = server
  if (!('connectionString' in address))
    return `postgres:///${address.database}?host=${encodeURIComponent(address.host)}&port=${address.port}&user=${user}`
  const url = new URL(address.connectionString)
  url.username = user
  url.password = word
  return url.href
}

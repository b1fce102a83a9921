// A database of its own for each test file, copied from the migrated one in a few dozen milliseconds.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { openPools, type PostgresAddress } from '#server/postgres/database.ts'

export type TestDatabase = {
  /** Owns the tables: for laying down rows and looking at everything. */
  owner: pg.Pool
  /** As the running server speaks to it: bound by row-level security. */
  app: pg.Pool
  /** For what makes its own connections. */
  address: PostgresAddress
}

/** Call it once at the top of a test file: `const database = await freshDatabase()`. Dropped after the file. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { address: server, template } = inject('postgres')
  const name = `rapport_test_${randomUUID().replaceAll('-', '')}`
  await runStatement(server, `create database ${name} template ${template}`)
  const address = addressOf(server, name)
  const { owner, app, close } = await openPools(address)
  afterAll(async () => {
    await close()
    await runStatement(server, `drop database ${name} with (force)`)
  })
  return { owner, app, address }
}

/** Another database on the same server. */
export function addressOf(server: PostgresAddress, database: string): PostgresAddress {
  if (!('connectionString' in server)) return { ...server, database }
  const url = new URL(server.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

/** For statements that run outside any test database. */
export async function runStatement(server: PostgresAddress, statement: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

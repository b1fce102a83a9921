// Runs once before the tests of a project: one server, one migrated database that each test file copies.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPools, type PostgresAddress } from '#server/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/postgres/embedded-postgres.ts'
import { migrate } from '#server/postgres/migrate.ts'
import { addressOf, runStatement } from './postgres.ts'

type TestServer = { address: PostgresAddress; stop(): Promise<void> }

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { address: PostgresAddress; template: string }
  }
}

/** The project `db-server` runs on the server of TEST_DATABASE_URL, every other on an embedded one of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = project.name === 'db-server' ? givenServer() : await temporaryServer()
  const template = `rapport_template_${process.pid}_${project.name.replaceAll('-', '_')}`
  await runStatement(server.address, `create database ${template} template template0 encoding 'UTF8'`)
  await migrateTemplate(addressOf(server.address, template))
  project.provide('postgres', { address: server.address, template })
  return async () => {
    await runStatement(server.address, `drop database ${template}`)
    await server.stop()
  }
}

async function migrateTemplate(address: PostgresAddress): Promise<void> {
  const pools = await openPools(address)
  try {
    if (existsSync('migrations')) await migrate(pools.owner, 'migrations')
  } finally {
    await pools.close()
  }
}

function givenServer(): TestServer {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('TEST_DATABASE_URL must name a Postgres server')
  return { address: { connectionString: url }, stop: async () => {} }
}

/** Thrown away afterwards, so nothing has to reach the disk. */
async function temporaryServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-test-'))
  const hasty = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const server = await startEmbeddedPostgres(folder, hasty)
  return {
    address: server.connection,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
      if (server.home !== folder) await rm(server.home, { recursive: true, force: true })
    },
  }
}

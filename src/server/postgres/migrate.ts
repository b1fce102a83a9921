// Brings a database forward: plain SQL files in order, each once, never back.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'

/** The migrations and the database do not fit together; the message says where and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

type Migration = { name: string; sql: string; checksum: string }
type Applied = { name: string; checksum: string }

/** Any number, the same in every Rapport: whoever holds this advisory lock migrates. */
const LOCK = 7_269_707

/**
 * Applies what the database has not yet had, each file in one transaction, and gives their names; none that comes
 * after `last`, where a restore must first stand as the backup stood. Several processes may call it at once. `owner`
 * must be the owner's pool. Throws `MigrationError`.
 */
export async function migrate(owner: Pool, folder: string, last?: string): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const missing = pendingMigrations(migrations, await appliedMigrations(client))
    const pending = last === undefined ? missing : missing.filter(({ name }) => name <= last)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    // Destroyed rather than returned: with it go the lock and whatever a migration set in the session.
    client.release(true)
  }
}

/** The migrations of a folder in order. Throws when a name is odd or a number is used twice. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const odd = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
  if (odd) throw new MigrationError(`The migration ${odd} must be named like 0001_what_it_does.sql.`)
  const twice = names.find((name, index) => names[index - 1]?.slice(0, 4) === name.slice(0, 4))
  if (twice)
    throw new MigrationError(
      `Two migrations bear the number ${twice.slice(0, 4)}. Give ${twice} the next free one.`,
    )
  return Promise.all(
    names.map(async (name) => {
      // Checked out with other line ends it is still the same migration.
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** What is still to be applied. Throws when the past of database and folder differ. */
function pendingMigrations(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  applied.forEach((past, index) => {
    const known = migrations[index]
    if (!migrations.some(({ name }) => name === past.name))
      throw new MigrationError(
        `The database has had ${past.name}, which this Rapport does not know: it was run by a later version. Start that version, or restore a backup from before.`,
      )
    if (known?.name !== past.name)
      throw new MigrationError(
        `${known?.name} comes before ${past.name}, which the database has had already. A new migration must bear the highest number.`,
      )
    if (known.checksum !== past.checksum)
      throw new MigrationError(
        `${past.name} was changed after this database had it. Bring the file back as it was and put the change into a new migration.`,
      )
  })
  return migrations.slice(applied.length)
}

async function appliedMigrations(client: PoolClient): Promise<Applied[]> {
  await client.query(`
    create table if not exists schema_migration (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<Applied>('select name, checksum from schema_migration order by name')
  return rows
}

async function apply(client: PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new MigrationError(
      `${name} failed and was rolled back: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

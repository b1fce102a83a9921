// Brings a backup into an empty database, whole or not at all: the same rows, files and audit. Numbers of the change
// feed mean something else from then on, so every organisation gets a new epoch and devices take a fresh picture;
// what they have not sent yet stays with them.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type AuditVerdict, verifyAudit } from '#server/audit/audit-verify.ts'
import { migrate } from '#server/postgres/migrate.ts'
import { type BackupArchive, openBackup, verifyBackup } from './backup-archive.ts'
import { BackupError, type Manifest, type TablePart } from './backup-manifest.ts'
import { columnList, speakPlainly, type TableFacts, tablesOf } from './copy-tables.ts'

export interface RestoreTarget {
  readonly owner: Pool
  readonly dataFolder: string
  readonly migrationsFolder: string
}

export interface RestoreReport {
  readonly manifest: Manifest
  /** Of each organisation, as it was restored. */
  readonly audits: ReadonlyMap<string, AuditVerdict>
}

/**
 * @throws BackupError when the archive is damaged or of a later version, or the target is not empty
 * @throws MigrationError when the database has had other migrations
 */
export async function restore(target: RestoreTarget, file: string): Promise<RestoreReport> {
  const archive = await openBackup(file)
  try {
    const { manifest } = archive
    await mustBeEmpty(target, manifest)
    await verifyBackup(archive, file)
    await migrateAsThen(target, manifest)
    await restoreFiles(target, archive)
    await inOneTransaction(target.owner, (client) => load(client, archive))
    const audits = new Map<string, AuditVerdict>()
    for (const { orgId } of manifest.organisations) audits.set(orgId, await verifyAudit(target.owner, orgId))
    await migrate(target.owner, target.migrationsFolder)
    return { manifest, audits }
  } finally {
    archive.close()
  }
}

async function mustBeEmpty({ owner, dataFolder }: RestoreTarget, { hasSecret }: Manifest): Promise<void> {
  const client = await owner.connect()
  try {
    for (const { quoted } of await tablesOf(client)) {
      const { rowCount } = await client.query(`select 1 from ${quoted} limit 1`)
      if (rowCount !== 0) {
        throw new BackupError(
          'The database is not empty, and a restore never mixes with what is there. Name an empty one with RAPPORT_DATA or DATABASE_URL.',
        )
      }
    }
  } finally {
    client.release()
  }
  const files = join(dataFolder, 'files')
  const hasFiles = existsSync(files) && (await readdir(files)).length > 0
  if (hasFiles || (hasSecret && existsSync(join(dataFolder, 'secret')))) {
    throw new BackupError(
      `The data folder ${dataFolder} has files or a secret of its own, and a restore never mixes with what is there. Name an empty one with RAPPORT_DATA.`,
    )
  }
}

/** Rows go into the tables as they were when the backup was made; later migrations then change both. */
async function migrateAsThen(
  { owner, migrationsFolder }: RestoreTarget,
  { migrations }: Manifest,
): Promise<void> {
  const last = migrations.at(-1)?.name
  if (last === undefined) throw new BackupError('The backup was made of a database that was never migrated.')
  const known = await readdir(migrationsFolder)
  const later = migrations.find(({ name }) => !known.includes(name))
  if (later) {
    throw new BackupError(
      `The backup was made by a later version of Rapport, which knows ${later.name}. Restore it with that version.`,
    )
  }
  await migrate(owner, migrationsFolder, last)
  const { rows } = await owner.query<Manifest['migrations'][number]>(
    'select name, checksum from schema_migration order by name',
  )
  if (
    JSON.stringify(rows.map(({ name, checksum }) => [name, checksum])) !==
    JSON.stringify(migrations.map(({ name, checksum }) => [name, checksum]))
  ) {
    throw new BackupError(
      `The database has been migrated otherwise than that of the backup, which ends at ${last}. Name an empty database.`,
    )
  }
}

async function inOneTransaction(owner: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await owner.connect()
  let isDone = false
  try {
    await client.query('begin')
    await work(client)
    await client.query('commit')
    isDone = true
  } finally {
    // A connection that is destroyed takes an open transaction and a copy under way with it.
    client.release(!isDone)
  }
}

async function load(client: PoolClient, archive: BackupArchive): Promise<void> {
  const { manifest } = archive
  const tables = await tablesOf(client)
  await speakPlainly(client)
  // Nobody sets the server up meanwhile, and no second restore runs beside this one.
  await client.query(`lock table ${tables.map(({ quoted }) => quoted).join(', ')} in exclusive mode`)
  for (const { quoted } of tables) {
    const { rowCount } = await client.query(`select 1 from ${quoted} limit 1`)
    if (rowCount !== 0) throw new BackupError('Somebody has begun to use the database. Name an empty one.')
  }
  for (const facts of tables) {
    const part = manifest.tables.find(({ schema, table }) => schema === facts.schema && table === facts.table)
    if (!part) throw new BackupError(`The backup has no rows for the table ${facts.quoted}.`)
    await loadTable(client, archive, { part, facts })
  }
  await client.query('update org_counter set epoch = gen_random_uuid()')
  await mustHaveHeads(client, manifest)
}

async function loadTable(
  client: PoolClient,
  archive: BackupArchive,
  { part, facts }: { readonly part: TablePart; readonly facts: TableFacts },
): Promise<void> {
  const unknown = part.columns.find((column) => !facts.columns.includes(column))
  if (unknown !== undefined) throw new BackupError(`The table ${facts.quoted} has no column ${unknown}.`)
  const rows = client.query(copyFrom(`copy ${facts.quoted} ${columnList(part.columns)} from stdin`))
  await pipeline(await archive.read(part.part), rows)
  if (rows.rowCount !== part.rows) {
    throw new BackupError(`${facts.quoted} has ${rows.rowCount} rows, but ${part.rows} were backed up.`)
  }
}

async function mustHaveHeads(client: PoolClient, { organisations }: Manifest): Promise<void> {
  const { rows } = await client.query<{ orgId: string; head: string; n: number }>(
    `select org_id::text as "orgId", encode(audit_head, 'hex') as head, audit_n as n from org_counter`,
  )
  for (const { orgId, name, auditHead, auditEntries } of organisations) {
    const found = rows.find((row) => row.orgId === orgId)
    if (found?.head !== auditHead || found.n !== auditEntries) {
      throw new BackupError(`The audit of ${name} does not end where it ended when it was backed up.`)
    }
  }
}

/** Files first: rows that name a file are never there without it. They are put in place all together. */
async function restoreFiles({ dataFolder }: RestoreTarget, archive: BackupArchive): Promise<void> {
  const aside = join(dataFolder, `files.part-${process.pid}`)
  await rm(aside, { recursive: true, force: true })
  const files = archive.manifest.files.filter(({ part }) => part.startsWith('files/'))
  for (const { part } of files) {
    const place = join(aside, normalize(part.slice('files/'.length)))
    if (!place.startsWith(aside)) throw new BackupError(`The backup has a file outside its folder: ${part}.`)
    await mkdir(dirname(place), { recursive: true, mode: 0o700 })
    await writeFile(place, await archive.read(part), { mode: 0o600, flush: true })
  }
  if (files.length > 0) {
    // There is at most an empty one: mustBeEmpty has looked.
    await rm(join(dataFolder, 'files'), { recursive: true, force: true })
    await rename(aside, join(dataFolder, 'files'))
  }
  if (archive.manifest.hasSecret) {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
    await writeFile(join(dataFolder, 'secret'), await archive.read('secret'), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
  }
}

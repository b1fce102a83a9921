// A backup of everything in one file, made while the server goes on working: every row in one picture of the
// database, the files of the data folder, and the secret by which second factors can be read.
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import {
  BackupError,
  backupFormat,
  type FilePart,
  type Manifest,
  sha256Of,
  type TablePart,
  tallying,
} from './backup-manifest.ts'
import { columnList, speakPlainly, tablesOf } from './copy-tables.ts'

export interface BackupSource {
  /** The owner's, which sees all organisations. */
  readonly owner: Pool
  readonly dataFolder: string
}

export interface BackupReport {
  readonly manifest: Manifest
  /** Of the archive. */
  readonly bytes: number
}

/**
 * Writes the archive beside its place and moves it there when it is whole and on the disk.
 * @throws BackupError when there is such a file already, or nothing to back up
 */
export async function backup({ owner, dataFolder }: BackupSource, file: string): Promise<BackupReport> {
  if (existsSync(file))
    throw new BackupError(`There is a file ${file} already. Give the backup another name.`)
  const aside = `${file}.part-${process.pid}`
  const client = await owner.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await speakPlainly(client)
    const zip = new ZipFile()
    const failed = new Promise<never>((_, reject) => zip.on('error', reject))
    // It may fail before anybody waits for it.
    failed.catch(() => {})
    const manifest = await addParts(zip, { client, dataFolder })
    zip.end()
    // yazl's output is a stream of bytes.
    const output = Readable.from(zip.outputStream as AsyncIterable<Uint8Array>)
    // Whoever has the archive has everybody's data: for its owner only.
    const target = createWriteStream(aside, { flags: 'wx', mode: 0o600, flush: true })
    await Promise.race([failed, pipeline(output, target)])
    const { size } = await stat(aside)
    await rename(aside, file)
    return { manifest: manifest(), bytes: size }
  } finally {
    await rm(aside, { force: true })
    // Whatever was under way on it ends with it.
    client.release(true)
  }
}

interface Parts {
  readonly client: PoolClient
  readonly dataFolder: string
}

/** Adds all parts, each read when its turn comes; gives the manifest, which is complete when the last is written. */
async function addParts(zip: ZipFile, { client, dataFolder }: Parts): Promise<() => Manifest> {
  const outline = await outlineOf(client)
  const tables: TablePart[] = []
  for (const { schema, table, quoted, columns } of await tablesOf(client)) {
    const part = `tables/${schema}.${table}.copy`
    addPart(zip, part, () => {
      const rows = client.query(copyTo(`copy ${quoted} ${columnList(columns)} to stdout`))
      const read = (sum: Sum) => tables.push({ part, ...sum, schema, table, columns, rows: rows.rowCount })
      return { content: rows, read }
    })
  }
  const files: FilePart[] = []
  const kept = await filesIn(join(dataFolder, 'files'))
  for (const path of kept) {
    const part = `files/${path.split(sep).join('/')}`
    addPart(zip, part, () => ({
      content: createReadStream(join(dataFolder, 'files', path)),
      read: (sum) => files.push({ part, ...sum }),
    }))
  }
  const secret = join(dataFolder, 'secret')
  const hasSecret = existsSync(secret)
  if (hasSecret) {
    addPart(zip, 'secret', () => ({
      content: createReadStream(secret),
      read: (sum) => files.push({ part: 'secret', ...sum }),
    }))
  }
  const manifest = (): Manifest => ({ ...outline, hasSecret, tables, files })
  addPart(zip, 'manifest.json', () => text(JSON.stringify(manifest(), null, 1)))
  addPart(zip, 'manifest.sha256', () => text(sha256Of(JSON.stringify(manifest(), null, 1))))
  return manifest
}

interface Sum {
  readonly bytes: number
  readonly sha256: string
}

interface PartContent {
  readonly content: Readable
  /** Told what it came to when all of it was read. */
  readonly read: (sum: Sum) => void
}

function text(content: string): PartContent {
  return { content: Readable.from([Buffer.from(content)]), read: () => {} }
}

function addPart(zip: ZipFile, name: string, open: () => PartContent): void {
  zip.addReadStreamLazy(name, { mode: 0o100600 }, (done) => {
    const { content, read } = open()
    const tally = tallying()
    // yazl listens to no errors of what it reads.
    pipeline(content, tally.through).catch((error: unknown) => zip.emit('error', error))
    tally.through.on('end', () => read(tally.done()))
    done(null, tally.through)
  })
}

async function outlineOf(client: PoolClient): Promise<Omit<Manifest, 'tables' | 'files' | 'hasSecret'>> {
  const known = await client.query<{ found: string | null }>(
    `select to_regclass('public.schema_migration')::text as found`,
  )
  if (known.rows[0]?.found == null) {
    throw new BackupError(
      'The database is empty: there is nothing to back up. Check RAPPORT_DATA and DATABASE_URL.',
    )
  }
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select name, checksum from schema_migration order by name',
  )
  const organisations = await client.query<Manifest['organisations'][number]>(
    `select o.org_id::text as "orgId", o.name, c.audit_n as "auditEntries",
       encode(c.audit_head, 'hex') as "auditHead", c.seq
     from organisation o join org_counter c using (org_id) order by org_id`,
  )
  const version = await client.query<{ postgres: string }>(
    `select current_setting('server_version') as postgres`,
  )
  return {
    format: backupFormat,
    createdAt: new Date().toISOString(),
    postgres: version.rows[0]?.postgres ?? '',
    migrations: migrations.rows,
    organisations: organisations.rows,
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

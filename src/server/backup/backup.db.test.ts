import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { openPools } from '#server/postgres/database.ts'
import { apply } from '#sync/server/apply.ts'
import { addressOf, freshDatabase, runStatement } from '#tests/kit/postgres.ts'
import { smallOrg } from '#tests/kit/small-org.ts'
import { backup } from './backup.ts'
import { openBackup, verifyBackup } from './backup-archive.ts'
import { BackupError } from './backup-manifest.ts'
import { restore } from './backup-restore.ts'
import { tablesOf } from './copy-tables.ts'

const source = await freshDatabase()
const { deps, rep, north, orgId } = await smallOrg(source.app)
const folder = await mkdtemp(join(tmpdir(), 'rapport-backup-'))
afterAll(() => rm(folder, { recursive: true }))
const dataFolder = join(folder, 'data')
await mkdir(join(dataFolder, 'files/2026'), { recursive: true })
await writeFile(join(dataFolder, 'files/2026/照片 一.bin'), Buffer.from([0, 1, 2, 255]))
await writeFile(join(dataFolder, 'secret'), 'a secret of forty characters or so, really')

const whole = join(folder, 'whole.backup')

async function newCustomer(name: string) {
  const none = {
    sex: null,
    title: null,
    specialty: null,
    phone: '13800000000',
    email: null,
    note: '咳\t"\\N\r\n',
  }
  const args = { id: deps.newId(), name, role: 'physician', ...none, territoryId: north, affiliation: null }
  return apply(deps, rep, { name: 'customer.create', args })
}

/** Every row of every table but what a restore must change. */
async function everything(owner: pg.Pool) {
  const client = await owner.connect()
  try {
    const rows: [string, unknown][] = []
    for (const { quoted } of await tablesOf(client)) {
      const row = quoted === 'public.org_counter' ? `(to_jsonb(t) - 'epoch')::text` : 't::text'
      const found = await client.query(`select ${row} as row from ${quoted} t order by 1`)
      rows.push([quoted, found.rows.map((each) => each.row)])
    }
    return rows
  } finally {
    client.release()
  }
}

/** An empty database that was never migrated, on the same server. */
async function bareDatabase() {
  const name = `rapport_restore_${randomUUID().replaceAll('-', '')}`
  const { address: server } = inject('postgres')
  await runStatement(server, `create database ${name} template template0 encoding 'UTF8'`)
  const pools = await openPools(addressOf(server, name))
  afterAll(async () => {
    await pools.close()
    await runStatement(server, `drop database ${name} with (force)`)
  })
  return pools
}

const migrationsFolder = 'migrations'
const into = (owner: pg.Pool) => ({ owner, dataFolder: join(folder, randomUUID()), migrationsFolder })

test('a backup that is made while others write holds one moment, and comes back row for row', async () => {
  for (let n = 0; n < 20; n += 1) await newCustomer('张伟')
  const writing = Promise.all(Array.from({ length: 30 }, () => newCustomer('王芳')))
  const made = await backup({ owner: source.owner, dataFolder }, whole)
  await writing
  expect((await stat(whole)).mode & 0o777).toBe(0o600)
  const { owner } = await bareDatabase()
  const target = into(owner)
  const { audits, manifest } = await restore(target, whole)
  expect(manifest).toEqual(made.manifest)
  const [first] = made.manifest.organisations
  expect(audits.get(orgId)).toEqual({ isIntact: true, entries: first?.auditEntries, head: first?.auditHead })
  const second = join(folder, 'second.backup')
  const again = await backup({ owner, dataFolder: target.dataFolder }, second)
  const sums = (all: typeof made.manifest.tables) =>
    all.filter(({ table }) => table !== 'org_counter').map(({ part, rows, sha256 }) => [part, rows, sha256])
  expect(sums(again.manifest.tables)).toEqual(sums(made.manifest.tables))
  expect(again.manifest.files).toEqual(made.manifest.files)
  expect(await readFile(join(target.dataFolder, 'files/2026/照片 一.bin'))).toEqual(
    Buffer.from([0, 1, 2, 255]),
  )
  expect(await readFile(join(target.dataFolder, 'secret'), 'utf8')).toMatch('a secret of forty')
})

test('every row is equal, and devices are told to take a fresh picture', async () => {
  const quiet = join(folder, 'quiet.backup')
  await backup({ owner: source.owner, dataFolder }, quiet)
  const { owner } = await bareDatabase()
  await restore(into(owner), quiet)
  expect(await everything(owner)).toEqual(await everything(source.owner))
  const epochs = async (pool: pg.Pool) => (await pool.query('select epoch from org_counter')).rows
  expect(await epochs(owner)).not.toEqual(await epochs(source.owner))
})

test('work goes on after a restore, in the same chain', async () => {
  const { owner, app } = await bareDatabase()
  await restore(into(owner), whole)
  const outcome = await apply({ ...deps, pool: app }, rep, {
    name: 'customer.edit',
    args: {
      id: (await owner.query('select id from customer where territory_id = $1', [north])).rows[0].id,
      changes: { note: '新' },
    },
  })
  expect(outcome.status).toBe('accepted')
})

test('nothing is restored over something', async () => {
  await expect(restore(into(source.owner), whole)).rejects.toThrow('The database is not empty')
  const { owner } = await bareDatabase()
  await expect(restore({ ...into(owner), dataFolder }, whole)).rejects.toThrow(
    'has files or a secret of its own',
  )
})

test('a backup never writes over a file', async () => {
  await expect(backup({ owner: source.owner, dataFolder }, whole)).rejects.toThrow('There is a file')
})

test('an archive that is cut off, changed or foreign is refused before anything is touched', async () => {
  const { owner } = await bareDatabase()
  const bytes = await readFile(whole)
  const spoilt = join(folder, 'spoilt.backup')
  const refusal = async (content: Buffer | string) => {
    await writeFile(spoilt, content)
    return restore(into(owner), spoilt).then(
      () => 'restored',
      (error: Error) => error.message,
    )
  }
  expect(await refusal(bytes.subarray(0, bytes.length - 1000))).toMatch('is damaged')
  expect(await refusal('PK, but not really')).toMatch('is damaged')
  expect(await refusal('')).toMatch('is damaged')
  const { rows } = await owner.query(`select to_regclass('public.organisation') as found`)
  expect(rows[0].found).toBeNull()
})

test('one wrong bit, wherever it is, is found or does not matter', async () => {
  const bytes = await readFile(whole)
  const { manifest, close } = await openBackup(whole)
  close()
  const spoilt = join(folder, 'bit.backup')
  let found = 0
  for (let place = 1; place < 200; place += 1) {
    const changed = Buffer.from(bytes)
    const at = Math.floor((bytes.length * place) / 200)
    changed.writeUInt8(changed.readUInt8(at) ^ 16, at)
    await writeFile(spoilt, changed)
    try {
      const archive = await openBackup(spoilt)
      await verifyBackup(archive, spoilt).finally(() => archive.close())
      expect(archive.manifest).toEqual(manifest)
    } catch (error) {
      expect(error, `byte ${at}`).toBeInstanceOf(BackupError)
      found += 1
    }
  }
  expect(found).toBeGreaterThan(150)
})

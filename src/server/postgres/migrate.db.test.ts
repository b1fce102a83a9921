import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { MigrationError, migrate } from './migrate.ts'

const { owner } = await freshDatabase()
let folder: string

beforeEach(async () => {
  await owner.query('drop schema public cascade')
  await owner.query('create schema public')
  folder = mkdtempSync(join(tmpdir(), 'rapport-migrations-'))
  write('0001_start.sql', 'create table started (value int);\ninsert into started values (1);')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql)
}

async function rows(query: string): Promise<unknown[]> {
  return (await owner.query(query)).rows
}

describe('migrations', () => {
  test('are applied once each, in order', async () => {
    write('0002_more.sql', 'alter table started add more int')
    expect(await migrate(owner, folder)).toEqual(['0001_start.sql', '0002_more.sql'])
    expect(await migrate(owner, folder)).toEqual([])
    write('0003_last.sql', 'update started set more = 2')
    expect(await migrate(owner, folder)).toEqual(['0003_last.sql'])
    expect(await rows('select value, more from started')).toEqual([{ value: 1, more: 2 }])
  })

  test('are applied once when several processes start at the same time', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(owner, folder)))
    expect(applied.flat()).toEqual(['0001_start.sql'])
    expect(await rows('select value from started')).toEqual([{ value: 1 }])
  })

  test('leave nothing behind when they fail half-way, and can be mended and run again', async () => {
    write('0002_broken.sql', 'create table half (value int); insert into nowhere values (1)')
    await expect(migrate(owner, folder)).rejects.toThrow(
      /^0002_broken.sql failed and was rolled back: .*nowhere/,
    )
    expect(await rows("select to_regclass('half') as half")).toEqual([{ half: null }])
    write('0002_broken.sql', 'create table half (value int)')
    expect(await migrate(owner, folder)).toEqual(['0002_broken.sql'])
  })

  test('may be checked out with other line ends, but not changed', async () => {
    await migrate(owner, folder)
    write('0001_start.sql', 'create table started (value int);\r\ninsert into started values (1);')
    expect(await migrate(owner, folder)).toEqual([])
    write('0001_start.sql', 'create table started (value bigint);')
    await expect(migrate(owner, folder)).rejects.toThrow(/0001_start.sql was changed .* new migration/)
  })

  test('of a later version are not stepped over', async () => {
    write('0002_later.sql', 'select 1')
    await migrate(owner, folder)
    rmSync(join(folder, '0002_later.sql'))
    await expect(migrate(owner, folder)).rejects.toThrow(/0002_later.sql.* later version/)
  })

  test('cannot be put in before others or bear a number twice or an odd name', async () => {
    write('0003_third.sql', 'select 1')
    await migrate(owner, folder)
    write('0002_second.sql', 'select 1')
    await expect(migrate(owner, folder)).rejects.toThrow(/0002_second.sql comes before 0003_third.sql/)
    write('0003_again.sql', 'select 1')
    await expect(migrate(owner, folder)).rejects.toThrow(/number 0003/)
    write('4_Four.sql', 'select 1')
    await expect(migrate(owner, folder)).rejects.toThrow(MigrationError)
  })
})

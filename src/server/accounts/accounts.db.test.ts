import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { authOptions } from './accounts-auth.ts'

const database = await freshDatabase()
const pool = new pg.Pool({ ...database.address, options: '-c search_path=auth' })
afterAll(() => pool.end())

function migrations() {
  return getMigrations(
    authOptions({
      pool,
      publicUrl: 'http://localhost',
      secret: 'only-for-this-test-only-for-this-test',
      maySignIn: async () => true,
      warn: () => {},
    }),
  )
}

test('the schema auth has everything that better-auth expects', async () => {
  const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = await migrations()
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    schemaProblems: [],
  })
})

test('that comparison notices a missing column', async () => {
  await pool.query('alter table "twoFactor" drop column "lockedUntil"')
  const { toBeAdded } = await migrations()
  expect(toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)])).toEqual([
    ['twoFactor', ['lockedUntil']],
  ])
  await pool.query('alter table "twoFactor" add column "lockedUntil" timestamptz')
})

test('the application’s role reads nothing of it', async () => {
  await expect(database.app.query('select 1 from auth.session')).rejects.toThrow('permission denied')
})

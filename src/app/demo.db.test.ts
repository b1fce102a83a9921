import { expect, test } from 'vitest'
import { generateDemo } from '#demo/generate.ts'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import { readList } from '#sync/server/read-rows.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { demoLogins, demoPassword, holdingOf, loadDemoIfEmpty, reloadDemo } from './demo.server.ts'
import { openServer } from './server-assembly.ts'
import { serverDeps } from './server-deps.ts'

const database = await freshDatabase()
const { owner, app } = database
const sync = serverDeps(app, { committed: () => {} })

/** The smaller of the two companies. */
const small: typeof generateDemo = (now, isWorkday) => generateDemo(now, isWorkday).slice(1)

async function count(table: string): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(`select count(*) as n from ${table}`)
  return Number(rows[0]?.n)
}

test('a load that is broken off leaves nothing', async () => {
  const memberships = {
    ...sync.memberships,
    desired: `(${sync.memberships.desired}) union select null, (1 / 0)::text::uuid`,
  }
  await expect(loadDemoIfEmpty({ owner, sync: { ...sync, memberships }, generate: small })).rejects.toThrow(
    'division by zero',
  )
  expect(await holdingOf(owner)).toBe('nothing')
  expect([
    await count('visit'),
    await count('audit'),
    await count('feed'),
    await count('auth."user"'),
  ]).toEqual([0, 0, 0, 0])
})

test('two that load at once leave one demo', async () => {
  const deps = { owner, sync, generate: small }
  expect(await Promise.all([loadDemoIfEmpty(deps), loadDemoIfEmpty(deps)])).toEqual(['demo', 'demo'])
  expect(await count('organisation')).toBe(1)
})

test('a second load changes nothing', async () => {
  const heads = async () => (await owner.query('select org_id, seq from org_counter')).rows
  const before = await heads()
  expect(await loadDemoIfEmpty({ owner, sync })).toBe('demo')
  expect(await heads()).toEqual(before)
})

test('a reload puts a fresh demo in its place: two companies, a year of visits, an audit line for each act', async () => {
  expect(await reloadDemo({ owner, sync })).toBe('demo')
  expect(await count('organisation')).toBe(2)
  expect(await count('visit')).toBeGreaterThan(9000)
  expect(await count('audit')).toBeGreaterThan(20_000)
  const verdicts = [...(await verifyAudits(owner)).values()]
  expect(verdicts.map(({ isIntact }) => isIntact)).toEqual([true, true])
})

test('an audit line has the author and the time of its act', async () => {
  const { rows } = await owner.query<{ n: string }>(
    `select count(*) as n from visit v join audit a on a.org_id = v.org_id and a.mutation = 'visit.plan'
       and a.actor = v.created_by and a.at = v.created_at and a.changes->0->>'id' = v.id::text
     where v.status = 'planned'`,
  )
  const planned = await owner.query<{ n: string }>(`select count(*) as n from visit where status = 'planned'`)
  expect(rows).toEqual(planned.rows)
})

test('everybody of the demo signs in and sees what is his', async () => {
  const server = await openServer({
    database: { owner, app, connection: database.address },
    publicUrl: 'http://rapport.test',
    secret: 'only-for-tests-only-for-tests-only-for-tests',
    isDemo: true,
    webFolder: null,
    log: { level: 'silent' },
  })
  try {
    for (const email of demoLogins) {
      const answer = await server.http.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        payload: { email, password: demoPassword },
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      expect([email, answer.statusCode]).toEqual([email, 200])
    }
  } finally {
    await server.close()
  }
  const { rows } = await owner.query<{ orgId: string; userId: string }>(
    `select org_id as "orgId", id as "userId" from member where email = 'rep@demo.rapport'`,
  )
  const [rep] = rows
  if (!rep) throw new Error('the demo has a rep')
  const own = await readList(sync, { ...rep, roles: ['rep'] }, 'customer', { limit: 200 })
  expect(own.rows.length).toBe(150)
})

test('real data is left alone', async () => {
  await owner.query('truncate organisation cascade')
  const orgId = sync.newId()
  await transaction(app, orgId, (client) =>
    createOrganisation(client, { orgId, name: '示例医药', now: sync.now() }),
  )
  expect(await reloadDemo({ owner, sync })).toBe('real')
  expect(await loadDemoIfEmpty({ owner, sync })).toBe('real')
  expect(await count('organisation')).toBe(1)
})

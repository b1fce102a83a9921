import { expect, test } from 'vitest'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { founder, noLimits, testServer } from '#tests/kit/server.ts'

const server = await testServer({ limits: noLimits })

test('an empty server says that it is to be set up', async () => {
  const { status, body } = await server.browser().ask('/api/session/options')
  expect([status, body]).toEqual([200, { demo: false, setUpNeeded: true }])
})

test('what is missing or wrong is named, field by field', async () => {
  const { status, body } = await server.browser().post('/api/set-up', { name: '周建国', password: 'short' })
  expect(status).toBe(400)
  expect(body.code).toBe('input.invalid')
  expect(
    body.details.problems.map((problem: { path: string; code: string }) => [problem.path, problem.code]),
  ).toEqual([
    ['organisation', 'required'],
    ['email', 'required'],
  ])
  const short = await server.browser().post('/api/set-up', { ...founder, password: 'short' })
  expect(short.body.details.problems).toEqual([{ path: 'password', code: 'too_short', params: { min: 10 } }])
})

test('an address that cannot sign in is refused before anything is made', async () => {
  for (const email of [
    'nobody',
    'a@b',
    'a..b@example.test',
    '周@example.test',
    'a@example.test, b@example.test',
  ]) {
    const { status, body } = await server.browser().post('/api/set-up', { ...founder, email })
    expect([status, body.details.problems]).toEqual([400, [{ path: 'email', code: 'email', params: {} }]])
  }
  expect((await server.database.owner.query('select 1 from organisation')).rowCount).toBe(0)
})

test('of two who set it up at the same time one wins, and nothing is left of the other', async () => {
  const browsers = [server.browser(), server.browser()]
  const answers = await Promise.all(
    browsers.map((browser, index) =>
      browser.post('/api/set-up', { ...founder, email: `founder${index}@example.test` }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('set_up.done_already')
  const counts = await server.database.owner.query(
    `select (select count(*) from organisation) as organisations, (select count(*) from member) as members,
       (select count(*) from territory where parent_id is null) as roots, (select count(*) from auth."user") as accounts`,
  )
  expect(counts.rows).toEqual([{ organisations: 1, members: 1, roots: 1, accounts: 1 }])
})

test('whoever set it up is signed in, as administrator', async () => {
  const { rows } = await server.database.owner.query('select email from auth."user"')
  const browser = server.browser()
  await browser.post('/api/auth/sign-in/email', { email: rows[0].email, password: founder.password })
  const { body } = await browser.ask('/api/me')
  expect(body.lease).toMatchObject({ orgName: founder.organisation, name: founder.name, roles: ['admin'] })
  expect(Date.parse(body.lease.until) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
})

test('the audit begins with it and is whole', async () => {
  const { rows } = await server.database.owner.query('select n, mutation, actor from audit order by n')
  expect(rows.map(({ mutation }) => mutation)).toEqual(['member.add', 'territory.create'])
  const member = await server.database.owner.query('select id from member')
  expect(rows.every(({ actor }) => actor === member.rows[0].id)).toBe(true)
  const verdicts = await verifyAudits(server.database.owner)
  expect([...verdicts.values()]).toEqual([expect.objectContaining({ isIntact: true, entries: 2 })])
})

test('a server that is set up cannot be set up again', async () => {
  const { status, body } = await server
    .browser()
    .post('/api/set-up', { ...founder, email: 'other@example.test' })
  expect([status, body]).toEqual([409, { code: 'set_up.done_already', details: {} }])
  expect((await server.browser().ask('/api/session/options')).body.setUpNeeded).toBe(false)
})

import { expect, test } from 'vitest'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { colleague, invitationPath, setUpServer, testServer } from '#tests/kit/server.ts'

const server = await testServer()
const admin = await setUpServer(server)
const person = { name: '李娜', roles: ['rep'], password: 'quiet lantern 77' }

const join = (email: string, roles: readonly string[] = ['rep']) =>
  colleague(server, admin, { ...person, roles, email })

const resetOf = (memberId: string) => admin.post(`/api/admin/members/${memberId}/reset-link`)

async function told(memberId: string): Promise<readonly string[]> {
  const { rows } = await server.database.owner.query<{ mutation: string }>(
    `select mutation from audit where changes->0->'fields'->'memberId'->>1 = $1 order by n`,
    [memberId],
  )
  return rows.map(({ mutation }) => mutation)
}

test('every door that is opened or closed is in the audit, and its chain holds', async () => {
  const { browser, memberId } = await join('told@example.test')
  const token = await browser.post('/api/tokens', { name: '日历' })
  await browser.ask(`/api/tokens/${token.body.id}`, { method: 'DELETE' })
  const link = await resetOf(memberId)
  await admin.ask(`/api/invitations/${link.body.id}`, { method: 'DELETE' })
  expect(await told(memberId)).toEqual([
    'sign_in_link.make',
    'sign_in_link.use',
    'api_token.make',
    'api_token.revoke',
    'sign_in_link.make',
    'sign_in_link.revoke',
  ])
  for (const verdict of (await verifyAudits(server.database.owner)).values()) {
    expect(verdict).toMatchObject({ isIntact: true })
  }
  const { rows } = await server.database.owner.query('select changes::text as text from audit')
  const secrets = [token.body.token, invitationPath(link).split('/').at(-1)]
  for (const secret of secrets) expect(rows.filter(({ text }) => text.includes(secret))).toEqual([])
})

test('a new start ends the tokens of the account too', async () => {
  const { browser, memberId } = await join('anew@example.test')
  const { token } = (await browser.post('/api/tokens', { name: '旧手机' })).body
  expect((await server.browser().ask('/api/me', { token })).status).toBe(200)
  const link = await resetOf(memberId)
  expect((await server.browser().post(invitationPath(link), { password: 'another lantern 78' })).status).toBe(
    200,
  )
  expect((await server.browser().ask('/api/me', { token })).status).toBe(401)
})

test('neither token nor link comes back to life with a colleague who comes back', async () => {
  const { browser, memberId } = await join('back@example.test')
  const { token } = (await browser.post('/api/tokens', { name: '程序' })).body
  const link = await resetOf(memberId)
  await admin.post('/api/mutations/member.deactivate', { id: memberId })
  await expect.poll(() => openDoors(memberId)).toBe(0)
  await admin.post('/api/mutations/member.reactivate', { id: memberId })
  expect((await server.browser().ask('/api/me', { token })).status).toBe(401)
  expect((await server.browser().ask(invitationPath(link))).status).toBe(404)
})

test('an administrator’s program gives nobody a new password', async () => {
  const { browser } = await join('second.admin@example.test', ['admin'])
  const { memberId } = await join('victim@example.test')
  const { token } = (await browser.post('/api/tokens', { name: '同步' })).body
  const asked = { method: 'POST', body: {}, token }
  const answer = await server.browser().ask(`/api/admin/members/${memberId}/reset-link`, asked)
  expect([answer.status, answer.body.code]).toEqual([403, 'token.not_enough'])
})

test('a name and password in an address do not make a foreign page one of ours', async () => {
  const headers = { authorization: 'Basic YTpi', 'sec-fetch-site': 'cross-site' }
  const answer = await admin.ask('/api/auth/sign-out', { method: 'POST', body: {}, headers })
  expect([answer.status, answer.body.code]).toEqual([403, 'request.cross_site'])
  expect((await admin.ask('/api/me')).status).toBe(200)
})

async function openDoors(memberId: string): Promise<number> {
  const { rows } = await server.database.owner.query<{ n: number }>(
    `select (select count(*) from api_token where member_id = $1 and revoked_at is null)
          + (select count(*) from sign_in_link where member_id = $1 and revoked_at is null and used_at is null) as n`,
    [memberId],
  )
  return Number(rows[0]?.n)
}

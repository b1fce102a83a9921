import { expect, test } from 'vitest'
import { colleague, founder, invitationPath, setUpServer, testServer } from '#tests/kit/server.ts'

const server = await testServer()
const admin = await setUpServer(server)
const password = 'quiet lantern 77'
const person = { name: '李娜', email: 'li.na@example.test', roles: ['rep'] }

test('an invitation tells whom it is for, opens an account once, and is shown once', async () => {
  const invited = await admin.post('/api/invitations', person)
  expect(invited.status).toBe(201)
  expect(invited.body.link).toMatch(/^http:\/\/rapport\.test\/invitation\/[\w-]{64}$/)
  const path = invitationPath(invited)
  const holder = server.browser()
  expect((await holder.ask(path)).body).toEqual({ organisation: founder.organisation, ...person })
  const listed = await admin.ask('/api/invitations')
  expect(listed.body.invitations).toMatchObject([{ kind: 'invitation', email: person.email }])
  expect(listed.text).not.toContain(path.split('/').at(-1))
  expect((await holder.post(path, { password })).status).toBe(200)
  expect((await holder.ask('/api/me')).body.lease.roles).toEqual(['rep'])
  const again = await server.browser().post(path, { password: 'another password' })
  expect([again.status, again.body]).toEqual([404, { code: 'link.not_valid', details: {} }])
  expect((await server.browser().ask(path)).status).toBe(404)
})

test('of two who use a link at the same time one gets in', async () => {
  const invited = await admin.post('/api/invitations', { ...person, email: 'two@example.test' })
  const answers = await Promise.all(
    [1, 2].map((n) => server.browser().post(invitationPath(invited), { password: `quiet lantern ${n}` })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
})

test('a password that is too short leaves the link as it was', async () => {
  const invited = await admin.post('/api/invitations', { ...person, email: 'short@example.test' })
  const short = await server.browser().post(invitationPath(invited), { password: 'short' })
  expect(short.body.details.problems).toEqual([{ path: 'password', code: 'too_short', params: { min: 10 } }])
  expect((await server.browser().post(invitationPath(invited), { password })).status).toBe(200)
})

test('a link that was revoked, has run out or never was is one answer', async () => {
  const revoked = await admin.post('/api/invitations', { ...person, email: 'revoked@example.test' })
  expect((await admin.ask(`/api/invitations/${revoked.body.id}`, { method: 'DELETE' })).status).toBe(200)
  const late = await admin.post('/api/invitations', { ...person, email: 'late@example.test' })
  await server.database.owner.query(
    "update sign_in_link set expires_at = now() - interval '1 second' where id = $1",
    [late.body.id],
  )
  const paths = [
    invitationPath(revoked),
    invitationPath(late),
    `/api/invitations/${'A'.repeat(64)}`,
    '/api/invitations/x',
  ]
  for (const path of paths) {
    const { status, body } = await server.browser().post(path, { password })
    expect([status, body]).toEqual([404, { code: 'link.not_valid', details: {} }])
  }
})

test('an invitation to a territory assigns it, and one that cannot be carried out leaves nothing', async () => {
  const { rows } = await server.database.owner.query('select id from territory')
  const good = await admin.post('/api/invitations', {
    ...person,
    email: 'placed@example.test',
    territoryId: rows[0].id,
  })
  const assigned = await server.database.owner.query('select 1 from assignment where member_id = $1', [
    good.body.memberId,
  ])
  expect(assigned.rowCount).toBe(1)
  const before = await everything()
  const bad = await admin.post('/api/invitations', {
    ...person,
    email: 'lost@example.test',
    territoryId: '01890000-0000-7000-8000-000000000000',
  })
  expect([bad.status, bad.body.code]).toEqual([404, 'not_found'])
  expect(await everything()).toEqual(before)
})

test('the same address is not invited twice', async () => {
  const { status, body } = await admin.post('/api/invitations', { ...person, email: founder.email })
  expect([status, body.code]).toEqual([409, 'member.email_taken'])
})

test('a new start ends the old password, the second factor and all sessions', async () => {
  const given = { ...person, email: 'new.start@example.test', password }
  const { browser, memberId } = await colleague(server, admin, given)
  const link = await admin.post(`/api/admin/members/${memberId}/reset-link`)
  expect(link.status).toBe(201)
  expect((await browser.ask('/api/me')).status).toBe(200)
  const fresh = server.browser()
  expect((await fresh.post(invitationPath(link), { password: 'other lantern 78' })).status).toBe(200)
  expect((await fresh.ask('/api/me')).status).toBe(200)
  expect((await browser.ask('/api/me')).status).toBe(401)
  const old = await server.browser().post('/api/auth/sign-in/email', { email: given.email, password })
  expect(old.status).toBe(401)
})

test('whoever is not administrator can do none of it', async () => {
  const given = { ...person, email: 'plain@example.test', password }
  const { browser, memberId } = await colleague(server, admin, given)
  const answers = [
    await browser.post('/api/invitations', { ...person, email: 'x@example.test', roles: ['admin'] }),
    await browser.ask('/api/invitations'),
    await browser.post(`/api/admin/members/${memberId}/reset-link`),
  ]
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'not_allowed']))
})

test('a token acts for its owner, is shown once and ends when it is revoked', async () => {
  const made = await admin.post('/api/tokens', { name: '夜间报表', days: 30 })
  expect(made.status).toBe(201)
  expect(made.body.token).toMatch(/^rpt_[\w-]{64}$/)
  const { token, id } = made.body
  const program = server.browser()
  expect((await program.ask('/api/me', { token })).body.lease.roles).toEqual(['admin'])
  const listed = await admin.ask('/api/tokens')
  expect(listed.body.tokens).toMatchObject([{ id, name: '夜间报表' }])
  expect(listed.body.tokens[0].lastUsedAt).not.toBeNull()
  expect(listed.text).not.toContain(token.slice(4))
  const stored = await server.database.owner.query('select t::text as line from api_token t')
  expect(stored.rows[0].line).not.toContain(token.slice(4))
  expect((await admin.ask(`/api/tokens/${id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await program.ask('/api/me', { token })).status).toBe(401)
})

test('a token makes no tokens, and a wrong one is not made good by a cookie', async () => {
  const { body } = await admin.post('/api/tokens', { name: '一' })
  const refused = await server
    .browser()
    .ask('/api/tokens', { method: 'POST', token: body.token, body: { name: '二' } })
  expect([refused.status, refused.body.code]).toEqual([403, 'token.not_enough'])
  expect((await admin.ask('/api/me', { token: `rpt_${'A'.repeat(64)}` })).status).toBe(401)
  expect((await admin.ask('/api/me', { headers: { authorization: 'Basic YTpi' } })).status).toBe(401)
})

test('nobody sees or revokes the tokens of others', async () => {
  const { browser } = await colleague(server, admin, { ...person, email: 'curious@example.test', password })
  const { body } = await admin.post('/api/tokens', { name: '三' })
  expect((await browser.ask('/api/tokens')).body.tokens).toEqual([])
  expect((await browser.ask(`/api/tokens/${body.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await server.browser().ask('/api/me', { token: body.token })).status).toBe(200)
})

async function everything() {
  const { rows } = await server.database.owner.query(
    `select (select count(*) from member) as members, (select count(*) from assignment) as assignments,
       (select count(*) from sign_in_link) as links, (select count(*) from applied) as applied,
       (select seq from org_counter) as seq`,
  )
  return rows
}

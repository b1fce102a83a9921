import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { setUp } from '#features/access/set-up.server.ts'
import { type Answer, type Browser, colleague, founder, setUpServer, testServer } from '#tests/kit/server.ts'

const server = await testServer()
const admin = await setUpServer(server)
const password = 'quiet lantern 77'
const rep = await colleague(server, admin, {
  name: '李娜',
  email: 'li.na@example.test',
  roles: ['rep'],
  password,
})

function push(browser: Browser, name: string, args: object): Promise<Answer> {
  const at = new Date().toISOString()
  const mutation = { n: 1, name, version: 1, args, at, base: {}, deps: [] }
  return browser.post('/api/sync/push', { device: crypto.randomUUID(), sentAt: at, mutations: [mutation] })
}

test('what one sends the other gets', async () => {
  const id = crypto.randomUUID()
  const sent = await push(admin, 'territory.create', { id, name: '华东', parentId: null })
  expect(sent.body.outcomes).toMatchObject([{ n: 1, status: 'accepted' }])
  const page = await rep.browser.post('/api/sync/pull', { cursor: 0, epoch: '' })
  expect(page.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(page.body.fresh).toBe(true)
  expect(page.body.rows.some((row: unknown[]) => row[0] === 'territory' && row[1] === id)).toBe(true)
})

test('without signing in there is neither push nor pull nor news', async () => {
  const nobody = server.browser()
  const answers = [
    await nobody.post('/api/sync/push', {}),
    await nobody.post('/api/sync/pull', {}),
    await nobody.ask('/api/sync/events'),
  ]
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
    Array(3).fill([401, 'session.required']),
  )
})

test('whoever waits is woken by what another one sends, without a word about it', async () => {
  const aborting = new AbortController()
  const cookie = [...rep.browser.cookies].map((pair) => pair.join('=')).join('; ')
  const stream = await fetch(`${server.url}/api/sync/events`, {
    headers: { cookie },
    signal: aborting.signal,
  })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe('retry: 5000\n\n')
  await push(admin, 'territory.create', { id: crypto.randomUUID(), name: '华南', parentId: null })
  expect((await reader?.read())?.value).toBe('event: wake\ndata:\n\n')
  aborting.abort()
})

test('a stream ends when its member is deactivated', async () => {
  const given = { name: '王强', email: 'wang.qiang@example.test', roles: ['rep'], password }
  const { browser, memberId } = await colleague(server, admin, given)
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  const stream = await fetch(`${server.url}/api/sync/events`, { headers: { cookie } })
  const all = stream.text()
  await delay(50)
  await push(admin, 'member.deactivate', { id: memberId })
  expect(await all).not.toContain('华')
})

test('new roles hold from the next request on', async () => {
  const given = { name: '陈静', email: 'chen.jing@example.test', roles: ['rep'], password }
  const { browser, memberId } = await colleague(server, admin, given)
  expect((await browser.ask('/api/me')).body.lease.roles).toEqual(['rep'])
  await push(admin, 'member.set_roles', { id: memberId, roles: ['rep', 'manager'] })
  expect((await browser.ask('/api/me')).body.lease.roles).toEqual(['rep', 'manager'])
})

test('an administrator of another organisation reaches nothing of this one', async () => {
  const stranger = await otherOrganisation()
  const { rows } = await server.database.owner.query('select id from member where email = $1', [
    founder.email,
  ])
  const founderId: string = rows[0].id
  const answers = [
    await stranger.post(`/api/admin/members/${founderId}/reset-link`),
    await stranger.ask(`/api/invitations/${founderId}`, { method: 'DELETE' }),
  ]
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([404, 'not_found']))
  const set = await push(stranger, 'member.set_roles', { id: founderId, roles: ['rep'] })
  expect(set.body.outcomes).toMatchObject([{ status: 'refused', code: 'not_found' }])
  const invitations = await stranger.ask('/api/invitations')
  expect(invitations.body.invitations).toEqual([])
  const page = await stranger.post('/api/sync/pull', { cursor: 0, epoch: '' })
  expect(page.text).not.toContain(founderId)
  expect(page.text).not.toContain('李娜')
})

describe('the device of a member who has left', () => {
  test('hands in what he did before, is told that he has left, and no stranger is', async () => {
    const { browser, memberId, phone } = await leaver('孙洁', 'sun.jie@example.test')
    const before = new Date().toISOString()
    await delay(20)
    await push(admin, 'member.deactivate', { id: memberId })
    await delay(20)
    const sent = await sendPlans(browser, phone, [before, new Date().toISOString()])
    expect(sent.body.outcomes).toMatchObject([
      { n: 1, status: 'accepted' },
      { n: 2, status: 'refused', code: 'member.inactive' },
    ])
    const told = await browser.ask('/api/sync/pull', { ...phone, body: { cursor: 0, epoch: '' } })
    expect([told.status, told.body.code]).toEqual([403, 'member.inactive'])
    const forged = phone.headers['x-rapport-member'].replace(/.$/, (last: string) =>
      last === '0' ? '1' : '0',
    )
    for (const headers of [{}, { 'x-rapport-member': forged }, { 'x-rapport-member': `${memberId}..` }]) {
      const answer = await server
        .browser()
        .ask('/api/sync/pull', { method: 'POST', headers, body: { cursor: 0, epoch: '' } })
      expect([answer.status, answer.body.code]).toEqual([401, 'session.required'])
    }
  })

  test('hands in nothing any more when the longest lease has passed since', async () => {
    const { browser, memberId, phone } = await leaver('周涛', 'zhou.tao@example.test')
    const before = new Date().toISOString()
    await push(admin, 'member.deactivate', { id: memberId })
    await server.database.owner.query(
      `update scope_member set until_at = until_at - interval '31 days' where user_id = $1`,
      [memberId],
    )
    const sent = await sendPlans(browser, phone, [before])
    expect([sent.status, sent.body.code]).toEqual([403, 'member.inactive'])
  })

  test('goes on when he is taken back and signs in again', async () => {
    const { memberId, phone } = await leaver('何敏', 'he.min@example.test')
    await push(admin, 'member.deactivate', { id: memberId })
    await push(admin, 'member.reactivate', { id: memberId })
    const pull = { ...phone, body: { cursor: 0, epoch: '' } }
    expect((await server.browser().ask('/api/sync/pull', pull)).body.code).toBe('session.required')
    const again = server.browser()
    await again.post('/api/auth/sign-in/email', { email: 'he.min@example.test', password })
    expect((await again.ask('/api/sync/pull', pull)).status).toBe(200)
  })
})

test('a session of somebody else does not serve a device', async () => {
  const { lease } = (await rep.browser.ask('/api/me')).body
  const headers = { 'x-rapport-member': lease.pass }
  const pull = { method: 'POST', headers, body: { cursor: 0, epoch: '' } }
  expect((await rep.browser.ask('/api/sync/pull', pull)).status).toBe(200)
  expect((await admin.ask('/api/sync/pull', pull)).body.code).toBe('session.required')
})

test('a program that is too old is told to be updated, before anything is looked at', async () => {
  const old = { method: 'POST', headers: { 'x-rapport-protocol': '0' }, body: {} }
  for (const path of ['/api/sync/push', '/api/sync/pull']) {
    const answer = await rep.browser.ask(path, old)
    expect([answer.status, answer.body]).toEqual([426, { code: 'app.outdated', details: { oldest: 1 } }])
  }
  const newer = { method: 'POST', headers: { 'x-rapport-protocol': '7' }, body: { cursor: 0, epoch: '' } }
  expect((await rep.browser.ask('/api/sync/pull', newer)).status).toBe(200)
})

test('what unwraps the key of a device is given to a person, the same each time, and to no program', async () => {
  const [one, two] = [await rep.browser.ask('/api/me'), await rep.browser.ask('/api/me')]
  expect(one.body.unlock).toMatch(/^[0-9a-f]{64}$/)
  expect(two.body.unlock).toBe(one.body.unlock)
  expect((await admin.ask('/api/me')).body.unlock).not.toBe(one.body.unlock)
  const { token } = (await rep.browser.post('/api/tokens', { name: '报表' })).body
  expect((await server.browser().ask('/api/me', { token })).body.unlock).toBeNull()
})

/** A colleague with a phone that will outlast his account. */
async function leaver(name: string, email: string) {
  const person = await colleague(server, admin, { name, email, roles: ['admin'], password })
  const { lease } = (await person.browser.ask('/api/me')).body
  const phone = { method: 'POST', headers: { 'x-rapport-member': lease.pass } }
  return { ...person, phone }
}

/** One act for each of these moments. */
function sendPlans(
  browser: Browser,
  phone: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
  moments: readonly string[],
): Promise<Answer> {
  const mutations = moments.map((at, index) => ({
    ...{ n: index + 1, name: 'territory.create', version: 1, at, base: {}, deps: [] },
    args: { id: crypto.randomUUID(), name: `离职前${index}`, parentId: null },
  }))
  const body = { device: crypto.randomUUID(), sentAt: new Date().toISOString(), mutations }
  return browser.ask('/api/sync/push', { ...phone, body })
}

/** A second company on the same server, as the command line makes it. */
async function otherOrganisation(): Promise<Browser> {
  const { server: open, database } = server
  const given = { organisation: '另一家', name: '赵敏', email: 'zhao.min@other.test', password }
  await setUp({ owner: database.owner, sync: open.sync }, given, { isFirst: false })
  const browser = server.browser()
  await browser.post('/api/auth/sign-in/email', { email: given.email, password })
  return browser
}

import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
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

/** A second company on the same server, as the command line makes it. */
async function otherOrganisation(): Promise<Browser> {
  const { server: open, database } = server
  const given = { organisation: '另一家', name: '赵敏', email: 'zhao.min@other.test', password }
  await setUp({ owner: database.owner, sync: open.sync }, given, { isFirst: false })
  const browser = server.browser()
  await browser.post('/api/auth/sign-in/email', { email: given.email, password })
  return browser
}

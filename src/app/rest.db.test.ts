import { expect, test } from 'vitest'
import { type Browser, colleague, noLimits, setUpServer, testServer } from '#tests/kit/server.ts'

const server = await testServer({ limits: noLimits })
const admin = await setUpServer(server)
const password = 'quiet lantern 77'
const person = (name: string, role: string) => ({
  name,
  email: `${role}@example.test`,
  roles: [role],
  password,
})
const { browser: steward } = await colleague(server, admin, person('王静', 'steward'))
const { browser: rep, memberId: repId } = await colleague(server, admin, person('李娜', 'rep'))
const { newId } = server.server.sync

const territoryId = (await admin.ask('/api/territory')).body.rows[0].id
const doctors = ['李明华', '王芳', '赵刚', '欧阳菲', '陈晨'].map((name) => ({ id: newId(), name }))
for (const { id, name } of doctors) await act(steward, 'customer.create', customer(id, name))

function customer(id: string, name: string) {
  const none = { sex: null, title: null, specialty: null, phone: null, email: null, note: null }
  return { id, name, role: 'physician', ...none, territoryId, affiliation: null }
}

async function act(browser: Browser, name: string, args: object, headers: Record<string, string> = {}) {
  return browser.ask(`/api/mutations/${name}`, { method: 'POST', body: args, headers })
}

test('a mutation answers with its number in the feed, and its row is there', async () => {
  const id = newId()
  const { status, body } = await act(steward, 'customer.create', customer(id, '孙丽'))
  expect([status, body]).toEqual([200, { seq: expect.any(Number) }])
  expect((await steward.ask(`/api/customer/${id}`)).body).toMatchObject({ id, name: '孙丽', territoryId })
  await act(steward, 'customer.remove', { id })
})

test('a repeat with one key takes effect once; the key of something else is refused', async () => {
  const args = { id: newId(), name: '新区', parentId: territoryId }
  const key = { 'idempotency-key': 'order 66' }
  const first = await act(admin, 'territory.create', args, key)
  const again = await act(admin, 'territory.create', args, key)
  expect([first.status, again.status, again.body]).toEqual([200, 200, first.body])
  const other = await act(admin, 'territory.create', { ...args, name: '旧区' }, key)
  expect([other.status, other.body.code]).toEqual([409, 'key.reused'])
  const without = await act(admin, 'territory.create', args)
  expect([without.status, without.body.code]).toEqual([409, 'already_exists'])
})

test('what is wrong is named field by field; what is unknown is not there', async () => {
  const wrong = await act(steward, 'customer.create', { ...customer(newId(), ''), colour: 'red' })
  expect([wrong.status, wrong.body.code]).toEqual([400, 'input.invalid'])
  expect(wrong.body.details.problems).toEqual([
    { path: 'name', code: 'required', params: {} },
    { path: 'colour', code: 'unknown_field', params: {} },
  ])
  expect((await act(admin, 'customer.explode', {})).body.code).toBe('mutation.unknown')
  expect((await act(admin, 'constructor', {})).status).toBe(404)
  expect((await rep.ask('/api/constructor')).status).toBe(404)
  expect((await act(rep, 'territory.create', { id: newId(), name: 'x', parentId: null })).status).toBe(404)
  const stranger = await act(server.browser(), 'customer.create', {})
  expect([stranger.status, stranger.body.code]).toEqual([401, 'session.required'])
})

test('what Postgres will not write is refused as what it is', async () => {
  const place = { id: newId(), institutionId: newId(), departmentId: null, position: null }
  const nowhere = await act(steward, 'customer.create', {
    ...customer(newId(), '孙丽'),
    affiliation: place,
  })
  expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not_found'])
})

test('a list comes in pages, in order, without gaps', async () => {
  const names: string[] = []
  let path = '/api/customer?limit=2'
  for (let page = 0; page < 3; page += 1) {
    const { body } = await steward.ask(path)
    names.push(...body.rows.map(({ name }: { name: string }) => name))
    path = `/api/customer?limit=2&cursor=${body.next}`
    if (page === 2) expect(body.next).toBeNull()
  }
  expect(names).toEqual(['陈晨', '李明华', '欧阳菲', '王芳', '赵刚'])
})

test('a list is filtered, searched and ordered by the address', async () => {
  const namesOf = async (query: string) => {
    const { status, body } = await steward.ask(`/api/customer?${query}`)
    return status === 200 ? body.rows.map(({ name }: { name: string }) => name) : body.code
  }
  expect(await namesOf('sort=-sortKey&limit=1')).toEqual(['赵刚'])
  expect(await namesOf('search=lmh')).toEqual(['李明华'])
  expect(await namesOf(`search=${encodeURIComponent('明华')}`)).toEqual(['李明华'])
  expect(await namesOf('filter[sex]=&limit=1')).toEqual(['陈晨'])
  expect(await namesOf('filter[role]=pharmacist')).toBe('input.invalid')
  const [a, b] = doctors
  expect(await namesOf(`filter[id]=${a?.id}&filter[id]=${b?.id}`)).toEqual(['李明华', '王芳'])
  expect(
    await namesOf('filter[createdAt][from]=2026-01-01T00:00:00Z&filter[createdAt][to]=2026-01-02T00:00:00Z'),
  ).toEqual([])
  expect(await namesOf('filter[note]=x')).toBe('filter.unknown_field')
  expect(await namesOf('sort=note')).toBe('sort.unknown_field')
  expect(await namesOf('cursor=nonsense')).toBe('list.unknown_cursor')
  expect(await namesOf('limit=0')).toBe('input.invalid')
  expect(await namesOf('limit=lots')).toBe('input.invalid')
  expect(await namesOf('colour=red')).toBe('input.invalid')
})

test('a rep sees a customer once the territory is his, by session and by token alike', async () => {
  const [doctor] = doctors
  expect((await rep.ask(`/api/customer/${doctor?.id}`)).body).toEqual({
    code: 'not_found',
    details: { entity: 'customer' },
  })
  const days = { sinceOn: '2026-01-01', untilOn: null }
  await act(admin, 'assignment.add', { id: newId(), memberId: repId, territoryId, ...days })
  expect((await rep.ask(`/api/customer/${doctor?.id}`)).status).toBe(200)
  const { token } = (await rep.post('/api/tokens', { name: 'script', days: 1 })).body
  const { body } = await server.browser().ask('/api/customer?limit=200', { token })
  expect(body.rows.length).toBe(doctors.length)
})

test('figures are for the machine itself and for those who answer for it', async () => {
  const { http } = server.server
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    http.inject({ url: '/metrics', remoteAddress, headers })
  const text = (await from('127.0.0.1')).body
  expect(text).toMatch(/rapport_mutations_total\{name="customer.create",via="rest",outcome="accepted"\} 6/)
  expect(text).toMatch(/rapport_mutations_total\{name="unknown",via="rest",outcome="refused"\} 2/)
  expect(text).toMatch(
    /http_request_duration_seconds_count\{method="GET",route="\/api\/:entity",status="200"\}/,
  )
  expect(text).toMatch(/rapport_feed_seq\{org="[\w-]{36}"\} \d+/)
  expect(text).toMatch(/rapport_database_connections\{pool="app",state="idle"\} \d+/)
  expect((await from('203.0.113.7')).statusCode).toBe(401)
  expect((await from('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' })).statusCode).toBe(401)
  const tokenOf = async (browser: Browser) =>
    (await browser.post('/api/tokens', { name: 'scraper', days: 1 })).body.token
  const by = async (browser: Browser) =>
    from('203.0.113.7', { authorization: `Bearer ${await tokenOf(browser)}` })
  expect((await by(rep)).statusCode).toBe(404)
  expect((await by(admin)).statusCode).toBe(200)
})

// Whatever is sent to whichever endpoint: an answer with a code that has a text, and never a fault of ours.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { type Answer, colleague, founder, noLimits, setUpServer, testServer } from '#tests/kit/server.ts'
import { catalogue } from './words.ts'

const server = await testServer({ limits: noLimits })
const admin = await setUpServer(server)
const password = 'quiet lantern 77'
const rep = await colleague(server, admin, {
  name: '李娜',
  email: 'li.na@example.test',
  roles: ['rep'],
  password,
})

/** All but sign-out, which would end the session that asks, and the stream of events, which does not end. */
type Method = 'GET' | 'POST' | 'DELETE'
type Endpoint = `${Method} /${string}`
const endpoints: readonly Endpoint[] = [
  'GET /api/session/options',
  'POST /api/set-up',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/change-password',
  'POST /api/auth/two-factor/enable',
  'POST /api/auth/two-factor/disable',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/two-factor/generate-backup-codes',
  'GET /api/auth/list-sessions',
  'POST /api/auth/revoke-other-sessions',
  'DELETE /api/auth/sessions/:id',
  'GET /api/me',
  'GET /api/tokens',
  'POST /api/tokens',
  'DELETE /api/tokens/:id',
  'GET /api/invitations',
  'POST /api/invitations',
  'GET /api/invitations/:token',
  'POST /api/invitations/:token',
  'DELETE /api/invitations/:token',
  'POST /api/admin/members/:id/reset-link',
  'POST /api/sync/push',
  'POST /api/sync/pull',
  'POST /api/mutations/:name',
  'GET /api/:entity',
  'GET /api/:entity/:id',
  'GET /api/imports',
  'POST /api/imports',
  'GET /api/imports/template',
  'GET /api/imports/:id/problems',
  'POST /api/imports/:id/preview',
  'POST /api/imports/:id/run',
  'POST /api/imports/:id/undo',
  'GET /api/openapi.json',
  'GET /metrics',
  'GET /healthz',
]

const text = fc.string({ unit: 'binary', maxLength: 40 })
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e308,
      '',
      [],
      {},
      '\u0000',
      '\ud800',
      ['rep'],
      ['rep', 'god'],
    ),
  },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.emailAddress() },
  { weight: 2, arbitrary: fc.jsonValue() },
)
const mutation = fc.record(
  {
    n: fc.oneof(fc.integer(), fc.constant(1)),
    name: fc.oneof(fc.constantFrom('member.add', 'visit.complete', 'constructor', 'territory.create'), text),
    version: fc.oneof(fc.constant(1), fc.integer()),
    args: fc.oneof(
      fc.dictionary(fc.constantFrom('id', 'name', 'email', 'roles', 'parentId', '__proto__'), value),
      value,
    ),
    at: fc.oneof(fc.constant('2026-11-23T02:00:00.000Z'), text),
    base: fc.oneof(fc.constant({}), value),
    deps: fc.oneof(fc.constant([]), value),
  },
  { requiredKeys: [] },
)
/** Bodies as they are meant to be, each field with the wrong thing in it every now and then. */
const shapes: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  'POST /api/set-up': { organisation: text, name: text, email: fc.emailAddress(), password: text },
  'POST /api/auth/sign-in/email': { email: fc.emailAddress(), password: text },
  'POST /api/auth/change-password': { currentPassword: text, newPassword: fc.string({ minLength: 10 }) },
  'POST /api/auth/two-factor/enable': { password: fc.constantFrom(password, 'wrong') },
  'POST /api/auth/two-factor/disable': { password: text },
  'POST /api/auth/two-factor/verify-totp': { code: text, trustDevice: fc.boolean() },
  'POST /api/auth/two-factor/verify-backup-code': { code: text, trustDevice: fc.boolean() },
  'POST /api/auth/two-factor/generate-backup-codes': { password: text },
  'POST /api/tokens': { name: text, days: fc.integer() },
  'POST /api/invitations': {
    name: text,
    email: fc.oneof(fc.emailAddress(), text),
    roles: fc.constantFrom(['rep'], ['admin', 'admin'], [], ['rep', 'manager']),
    territoryId: fc.oneof(fc.constant(null), fc.uuid()),
  },
  'POST /api/invitations/:token': { password: fc.string({ minLength: 10 }) },
  'POST /api/sync/push': {
    device: fc.uuid(),
    sentAt: fc.constant('2026-11-23T02:00:00.000Z'),
    mutations: fc.array(mutation, { maxLength: 3 }),
  },
  'POST /api/sync/pull': {
    cursor: fc.oneof(fc.constant(0), fc.integer()),
    epoch: text,
    resume: fc.constant(null),
  },
}

function bodyOf(endpoint: string): fc.Arbitrary<unknown> {
  const shape = Object.entries(shapes[endpoint] ?? {})
  const fields = shape.map(([name, meant]) => [
    name,
    fc.oneof({ weight: 9, arbitrary: meant }, { weight: 1, arbitrary: value }),
  ])
  return fc.oneof(
    { weight: 8, arbitrary: fc.record(Object.fromEntries(fields)) },
    { weight: 1, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

const spoilt = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 60 }).map((bytes) => new Blob([bytes])),
  fc.constantFrom('', '{', '[[[[', '{"__proto__":{}}', '['.repeat(500)),
)
const headers = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=gbk' },
      { 'content-type': ';;;' },
      { 'content-encoding': 'br' },
      { authorization: 'Bearer' },
      { authorization: `Bearer rpt_${'_'.repeat(64)}` },
      { cookie: 'rapport.session_token=%; rapport.two_factor=%zz' },
      { accept: 'x/y', 'accept-encoding': 'nonsense', range: 'bytes=5-1' },
    ),
  },
)
const part = fc.oneof(fc.uuid(), text, fc.constantFrom('..', '%00', 'x'.repeat(600), 'A'.repeat(64)))
const request = fc.constantFrom(...endpoints).chain((endpoint) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    part,
    query: fc.oneof(fc.constant(''), text),
    body: fc.oneof(
      { weight: 9, arbitrary: bodyOf(endpoint).map((body) => JSON.stringify(body)) },
      { weight: 1, arbitrary: spoilt },
    ),
    headers,
    isAdmin: fc.boolean(),
  }),
)
type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never

async function ask({ endpoint, part, query, body, headers, isAdmin }: Asked): Promise<Answer> {
  const { method, url } = partsOf(endpoint)
  const path = url.replace(/:\w+/, encode(part)) + (query === '' ? '' : `?q=${encode(query)}`)
  const browser = isAdmin ? admin : rep.browser
  return browser.ask(path, { method, headers, ...(method === 'GET' ? {} : { body }) })
}

function partsOf(endpoint: Endpoint): { readonly method: Method; readonly url: string } {
  const at = endpoint.indexOf(' ')
  // The part before the space is a Method by the type of Endpoint.
  return { method: endpoint.slice(0, at) as Method, url: endpoint.slice(at + 1) }
}

/** As a hand-written client may send it: half a surrogate pair is no valid address. */
function encode(part: string): string {
  return part.isWellFormed() ? encodeURIComponent(part) : '%ed%a0%80'
}

function fault({ status, body, text }: Answer): string | null {
  if (status < 300) return null
  if (status >= 500) return `a fault of ours: ${text}`
  if (typeof body?.code !== 'string' || typeof body.details !== 'object') return `no code: ${text}`
  if (!Object.hasOwn(catalogue, body.code)) return `no text for ${body.code}`
  const problems: { code: string }[] = body.details.problems ?? []
  const wordless = problems.find(({ code }) => !Object.hasOwn(catalogue, `problem.${code}`))
  return wordless ? `no text for problem ${wordless.code}` : null
}

test('2,000 requests of any shape are answered with a code, a field and a text, never with a fault', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 20 }), async (requests) => {
      const answers = await Promise.all(requests.map(ask))
      answers.forEach((answer, index) => {
        const code = answer.status < 300 ? 'ok' : (answer.body?.code ?? String(answer.status))
        seen.set(code, (seen.get(code) ?? 0) + 1)
        expect(fault(answer), JSON.stringify(requests[index])).toBeNull()
      })
    }),
    { numRuns: 100, endOnFailure: true },
  )
  // The generator reaches past the first check of every kind, or this test says nothing.
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining([
      'ok',
      'input.invalid',
      'input.malformed',
      'input.content_type',
      'not_found',
      'not_allowed',
    ]),
  )
}, 180_000)

test('after it everything is in order: the audit, the founder, the sessions', async () => {
  const verdicts = await verifyAudits(server.database.owner)
  expect([...verdicts.values()]).toEqual([expect.objectContaining({ isIntact: true })])
  expect((await admin.ask('/api/me')).body.lease.name).toBe(founder.name)
})

test('every endpoint is among those that were asked', () => {
  const { http } = server.server
  for (const endpoint of endpoints) {
    const { method, url } = partsOf(endpoint)
    expect(http.hasRoute({ method, url }), endpoint).toBe(true)
  }
  const printed = http.printRoutes({ commonPrefix: false, includeHooks: false })
  const all = [...printed.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, methods = '']) => methods.split(', '))
  const leftOut = ['POST /api/auth/sign-out', 'GET /api/sync/events']
  expect(all.filter((method) => method !== 'HEAD')).toHaveLength(endpoints.length + leftOut.length)
})

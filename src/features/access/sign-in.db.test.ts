import { expect, test } from 'vitest'
import { oneTimeCode } from '#tests/kit/one-time-code.ts'
import { type Browser, colleague, founder, setUpServer, testServer } from '#tests/kit/server.ts'
import { guessLimits } from './account-routes.server.ts'

let clock = Date.now()
const server = await testServer({ limits: guessLimits(() => clock) })
const admin = await setUpServer(server)
const password = 'quiet lantern 77'
await colleague(server, admin, {
  name: '李娜',
  email: 'li.na@example.test',
  roles: ['rep'],
  password,
})

const cookieName = 'rapport.session_token'

function signIn(browser: Browser, email: string, given = password) {
  return browser.post('/api/auth/sign-in/email', { email, password: given })
}

test('who signs in gets a cookie that scripts cannot read, and no token', async () => {
  const browser = server.browser()
  const { status, body, headers, text } = await signIn(browser, 'Li.Na@example.test ')
  expect([status, body]).toEqual([200, { twoFactorRedirect: false }])
  const cookie = headers.getSetCookie().find((line) => line.startsWith(`${cookieName}=`)) ?? ''
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Max-Age=2592000/)
  expect(text).not.toContain(decodeURIComponent(browser.cookies.get(cookieName) ?? '?').split('.')[0])
  expect((await browser.ask('/api/me')).body.lease).toMatchObject({ name: '李娜', roles: ['rep'] })
})

test('a wrong password and an unknown address are one answer', async () => {
  const wrong = await signIn(server.browser(), 'li.na@example.test', 'not the password')
  const unknown = await signIn(server.browser(), 'nobody@example.test', 'not the password')
  expect([wrong.status, wrong.body]).toEqual([401, { code: 'sign_in.refused', details: {} }])
  expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body])
  expect(namesOf(unknown.headers)).toEqual(namesOf(wrong.headers))
})

test('a wrong password and an unknown address take about the same time', async () => {
  const wrong: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < 8; round += 1) {
    clock += 1_000_000
    wrong.push(await timeOf(() => signIn(server.browser(), 'li.na@example.test', 'not the password')))
    unknown.push(await timeOf(() => signIn(server.browser(), 'nobody@example.test', 'not the password')))
  }
  // The least of eight is hardly touched by what else the machine does; without a hash for unknown addresses the
  // ratio is above ten.
  const ratio = Math.min(...wrong) / Math.min(...unknown)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('the eleventh wrong password from one address for one account waits, others do not', async () => {
  clock += 1_000_000
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await signIn(server.browser(), 'li.na@example.test', `wrong ${attempt}`)).status).toBe(401)
  }
  const { status, body, headers } = await signIn(server.browser(), 'li.na@example.test')
  expect([status, body.code]).toEqual([429, 'rate_limited'])
  expect(Number(headers.get('retry-after'))).toBe(body.details.retryAfterSeconds)
  expect((await signIn(server.browser(), founder.email, founder.password)).status).toBe(200)
  clock += 900_000
  expect((await signIn(server.browser(), 'li.na@example.test')).status).toBe(200)
})

test('a session that was there before is not taken over by signing in', async () => {
  const victim = server.browser()
  victim.cookies.set(cookieName, 'chosen-by-somebody-else.c2lnbmF0dXJl')
  await signIn(victim, 'li.na@example.test')
  const first = victim.cookies.get(cookieName)
  expect(first).not.toContain('chosen-by-somebody-else')
  await signIn(victim, 'li.na@example.test')
  expect(victim.cookies.get(cookieName)).not.toBe(first)
})

test('a cookie that was copied is worth nothing after sign-out', async () => {
  const browser = server.browser()
  await signIn(browser, 'li.na@example.test')
  const thief = server.browser()
  thief.cookies.set(cookieName, browser.cookies.get(cookieName) ?? '')
  expect((await thief.ask('/api/me')).status).toBe(200)
  expect((await browser.post('/api/auth/sign-out')).status).toBe(200)
  expect(browser.cookies.has(cookieName)).toBe(false)
  const { status, body } = await thief.ask('/api/me')
  expect([status, body.code]).toEqual([401, 'session.required'])
})

test('a cookie with another signature is worth nothing', async () => {
  const browser = server.browser()
  await signIn(browser, 'li.na@example.test')
  const [token] = decodeURIComponent(browser.cookies.get(cookieName) ?? '').split('.')
  browser.cookies.set(cookieName, encodeURIComponent(`${token}.${Buffer.alloc(32, 7).toString('base64')}`))
  expect((await browser.ask('/api/me')).status).toBe(401)
})

test('a new password ends every other session and the old password', async () => {
  clock += 1_000_000
  const [here, elsewhere] = [server.browser(), server.browser()]
  await signIn(here, 'li.na@example.test')
  await signIn(elsewhere, 'li.na@example.test')
  const wrong = await here.post('/api/auth/change-password', {
    currentPassword: 'no',
    newPassword: 'silver heron 19',
  })
  expect([wrong.status, wrong.body.code]).toEqual([400, 'account.wrong_password'])
  const short = await here.post('/api/auth/change-password', {
    currentPassword: password,
    newPassword: 'heron',
  })
  expect(short.body.details.problems[0]).toMatchObject({ path: 'newPassword', code: 'too_short' })
  expect((await elsewhere.ask('/api/me')).status).toBe(200)
  const changed = await here.post('/api/auth/change-password', {
    currentPassword: password,
    newPassword: 'silver heron 19',
  })
  expect(changed.status).toBe(200)
  expect((await here.ask('/api/me')).status).toBe(200)
  expect((await elsewhere.ask('/api/me')).status).toBe(401)
  expect((await signIn(server.browser(), 'li.na@example.test')).status).toBe(401)
  await here.post('/api/auth/change-password', { currentPassword: 'silver heron 19', newPassword: password })
})

test('somebody sees his devices and signs one of them out', async () => {
  const [here, elsewhere] = [server.browser(), server.browser()]
  await signIn(here, 'li.na@example.test')
  await signIn(elsewhere, 'li.na@example.test')
  const { body, text } = await here.ask('/api/auth/list-sessions')
  expect(body.sessions.filter((line: { isThisOne: boolean }) => line.isThisOne)).toHaveLength(1)
  expect(text).not.toContain(decodeURIComponent(elsewhere.cookies.get(cookieName) ?? '?').split('.')[0])
  const foreign = await admin.ask(`/api/auth/sessions/${body.sessions[0].id}`, { method: 'DELETE' })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found'])
  await here.post('/api/auth/revoke-other-sessions')
  expect((await elsewhere.ask('/api/me')).status).toBe(401)
  expect((await here.ask('/api/me')).status).toBe(200)
})

test('with a second factor the password alone opens nothing', async () => {
  clock += 1_000_000
  const browser = server.browser()
  await signIn(browser, 'li.na@example.test')
  const begun = await browser.post('/api/auth/two-factor/enable', { password })
  const secret = new URL(begun.body.totpURI).searchParams.get('secret') ?? ''
  expect(begun.body.backupCodes.length).toBeGreaterThanOrEqual(8)
  expect((await browser.ask('/api/me')).body.user.twoFactorEnabled).toBe(false)
  const confirmed = await browser.post('/api/auth/two-factor/verify-totp', {
    code: oneTimeCode(secret, Date.now()),
  })
  expect([confirmed.status, confirmed.body]).toEqual([200, {}])
  expect((await browser.ask('/api/me')).body.user.twoFactorEnabled).toBe(true)

  const phone = server.browser()
  expect((await signIn(phone, 'li.na@example.test')).body).toEqual({ twoFactorRedirect: true })
  expect((await phone.ask('/api/me')).status).toBe(401)
  const wrong = await phone.post('/api/auth/two-factor/verify-totp', { code: '000000' })
  expect([wrong.status, wrong.body.code]).toEqual([400, 'two_factor.wrong_code'])
  await phone.post('/api/auth/two-factor/verify-totp', { code: oneTimeCode(secret, Date.now()) })
  expect((await phone.ask('/api/me')).status).toBe(200)

  const [code] = begun.body.backupCodes
  const lost = server.browser()
  await signIn(lost, 'li.na@example.test')
  expect((await lost.post('/api/auth/two-factor/verify-backup-code', { code })).status).toBe(200)
  const again = server.browser()
  await signIn(again, 'li.na@example.test')
  expect((await again.post('/api/auth/two-factor/verify-backup-code', { code })).status).toBe(400)

  expect((await browser.post('/api/auth/two-factor/disable', { password })).status).toBe(200)
  expect((await signIn(server.browser(), 'li.na@example.test')).body).toEqual({ twoFactorRedirect: false })
})

test('guessing codes ends the attempt, and in the end locks the second factor', async () => {
  clock += 1_000_000
  const browser = server.browser()
  await signIn(browser, 'li.na@example.test')
  const begun = await browser.post('/api/auth/two-factor/enable', { password })
  const secret = new URL(begun.body.totpURI).searchParams.get('secret') ?? ''
  await browser.post('/api/auth/two-factor/verify-totp', { code: oneTimeCode(secret, Date.now()) })
  const codes: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const guesser = server.browser()
    await signIn(guesser, 'li.na@example.test')
    for (let guess = 0; guess < 6; guess += 1) {
      codes.push((await guesser.post('/api/auth/two-factor/verify-totp', { code: '000000' })).body.code)
    }
  }
  expect(codes.slice(0, 6)).toEqual([...Array(5).fill('two_factor.wrong_code'), 'two_factor.start_again'])
  expect(codes.at(-1)).toBe('two_factor.locked')
  await browser.post('/api/auth/two-factor/disable', { password })
})

test('who is deactivated is out at once, with his devices and his programs', async () => {
  const person = { name: '王强', email: 'wang.qiang@example.test', roles: ['manager'], password }
  const { browser, memberId } = await colleague(server, admin, person)
  const { body: program } = await browser.post('/api/tokens', { name: '报表' })
  expect((await server.browser().ask('/api/me', { token: program.token })).status).toBe(200)
  expect((await browser.ask('/api/me')).status).toBe(200)
  const gone = await admin.post('/api/sync/push', pushOf('member.deactivate', { id: memberId }))
  expect(gone.body.outcomes).toMatchObject([{ status: 'accepted' }])
  expect((await browser.ask('/api/me')).status).toBe(401)
  expect((await server.browser().ask('/api/me', { token: program.token })).status).toBe(401)
  const refused = await signIn(server.browser(), person.email)
  expect([refused.status, refused.body.code]).toEqual([401, 'sign_in.refused'])
})

test('neither passwords nor tokens nor cookies are in the log', async () => {
  const browser = server.browser()
  await signIn(browser, founder.email, founder.password)
  const { body } = await browser.post('/api/tokens', { name: '日志' })
  await browser.ask('/api/tokens', { token: body.token })
  const log = server.log.join('\n')
  expect(log).toContain('/api/auth/sign-in/email')
  const cookie = browser.cookies.get(cookieName) ?? '?'
  for (const secret of [
    founder.password,
    body.token,
    cookie,
    decodeURIComponent(cookie).split('.')[0],
    password,
  ]) {
    expect(log).not.toContain(secret)
  }
})

test('endpoints of the account library that we do not use are not there', async () => {
  for (const path of [
    'sign-up/email',
    'get-session',
    'update-user',
    'delete-user',
    'request-password-reset',
    'ok',
  ]) {
    expect((await admin.post(`/api/auth/${path}`)).status).toBe(404)
    expect((await admin.ask(`/api/auth/${path}`)).status).toBe(404)
  }
})

function pushOf(name: string, args: object) {
  const at = new Date().toISOString()
  const mutation = { n: 1, name, version: 1, args, at, base: {}, deps: [] }
  return { device: crypto.randomUUID(), sentAt: at, mutations: [mutation] }
}

function namesOf(headers: Headers): string[] {
  return [...headers.keys()].sort()
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

test('behind https cookies travel by https only', async () => {
  const secure = await testServer({ publicUrl: 'https://rapport.test' })
  const browser = await setUpServer(secure)
  expect([...browser.cookies.keys()]).toEqual(['__Secure-rapport.session_token'])
  const { headers } = await signIn(browser, founder.email, founder.password)
  expect(headers.getSetCookie().every((line) => /; Secure/i.test(line))).toBe(true)
  expect((await browser.ask('/api/me')).status).toBe(200)
})

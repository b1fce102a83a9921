import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { Refused } from '#core/refused.ts'
import { buildHttp } from './http.ts'
import { openEvents } from './http-events.ts'

const webFolder = mkdtempSync(join(tmpdir(), 'rapport-web-'))
mkdirSync(join(webFolder, 'assets'))
writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>app</title>')
writeFileSync(join(webFolder, 'service-worker.js'), 'self')
writeFileSync(join(webFolder, 'assets/app-Ab3dEf9h.js'), 'x'.repeat(5000))
writeFileSync(join(webFolder, 'assets/app-Ab3dEf9h.js.gz'), gzipSync('x'.repeat(5000)))

const log: string[] = []
let isHealthy = true
const http = await server('http://rapport.test')
const https = await server('https://rapport.test')
const url = await http.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await Promise.all([http.close(), https.close()])
  rmSync(webFolder, { recursive: true })
})

async function server(publicUrl: string): Promise<FastifyInstance> {
  const made = await buildHttp({
    publicUrl,
    webFolder,
    isHealthy: async () => isHealthy,
    log: { level: 'debug', stream: { write: (line) => log.push(line) } },
  })
  made.post('/api/echo', async (request) => ({ given: request.body ?? null }))
  made.get('/api/bug', async () => {
    throw new Error('the secret is 4711')
  })
  made.get('/api/refused', async () => {
    throw new Refused('visit.not_planned', { status: 'missed' })
  })
  made.get('/api/big', async () => ({ text: '长'.repeat(5000) }))
  made.get('/api/events', async (_request, reply) => {
    const events = openEvents(reply)
    events.send('wake')
    await events.closed
  })
  return made
}

const json = { 'content-type': 'application/json', 'x-rapport': '1' }

async function echo(body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await http.inject({
    method: 'POST',
    url: '/api/echo',
    headers: { ...json, ...headers },
    payload: body,
  })
  return [answer.statusCode, answer.json()]
}

test('every answer carries the security headers', async () => {
  for (const path of ['/', '/healthz', '/api/refused', '/api/bug', '/api/none', '/assets/none.js']) {
    const { headers } = await http.inject(path)
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;" +
        "connect-src 'self';worker-src 'self';manifest-src 'self';frame-ancestors 'none';base-uri 'none';" +
        "form-action 'self';object-src 'none'",
    )
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('strict transport security is asked for where people come by https, and nowhere else', async () => {
  expect((await http.inject('/')).headers['strict-transport-security']).toBeUndefined()
  expect((await https.inject('/')).headers['strict-transport-security']).toBe('max-age=31536000')
})

test('a refusal is its code and details, a bug nothing but a trace that the log has too', async () => {
  const refused = await http.inject('/api/refused')
  expect([refused.statusCode, refused.json()]).toEqual([
    409,
    { code: 'visit.not_planned', details: { status: 'missed' } },
  ])
  const bug = await http.inject('/api/bug')
  const { code, details } = bug.json()
  expect([bug.statusCode, code, Object.keys(details)]).toEqual([500, 'internal', ['trace']])
  expect(bug.body).not.toContain('4711')
  expect(log.find((line) => line.includes(details.trace) && line.includes('4711'))).toBeDefined()
})

test('what no parser takes is refused by what is wrong with it', async () => {
  const problem = (code: string, params = {}) => [
    400,
    { code: 'input.malformed', details: { problems: [{ path: '', code, params }] } },
  ]
  expect(await echo('{"a":')).toEqual(problem('not_json'))
  expect(await echo(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toEqual(problem('not_utf8'))
  expect(await echo('['.repeat(65) + ']'.repeat(65))).toEqual(problem('too_deep', { max: 64 }))
  expect(await echo('['.repeat(100_000))).toEqual(problem('too_deep', { max: 64 }))
  expect(await echo('{"__proto__":{"isAdmin":true}}')).toEqual(problem('forbidden_key'))
  expect(await echo('{"a":{"\\u005f_proto__":1}}')).toEqual(problem('forbidden_key'))
  expect(await echo('x'.repeat(1_048_577))).toEqual([413, { code: 'input.too_large', details: {} }])
  expect(await echo('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject([
    415,
    { code: 'input.content_type' },
  ])
  expect(await echo(gzipSync('{}'), { 'content-encoding': 'gzip' })).toMatchObject([
    415,
    { code: 'input.content_encoding' },
  ])
})

test('brackets in texts are no nesting, and a body may be empty', async () => {
  const text = `${'['.repeat(100)}\\"${'{'.repeat(100)}`
  expect(await echo(`{"text":"${text}"}`)).toEqual([200, { given: { text: JSON.parse(`"${text}"`) } }])
  expect(await echo('')).toEqual([200, { given: null }])
})

test('a megabyte of quotation marks is refused in no time', async () => {
  const begun = performance.now()
  expect(await echo(`"${'\\"'.repeat(500_000)}`)).toMatchObject([400, { code: 'input.malformed' }])
  expect(performance.now() - begun).toBeLessThan(1000)
})

test('what changes something must come from our own pages or bear a token', async () => {
  const post = async (headers: Record<string, string>) =>
    (await http.inject({ method: 'POST', url: '/api/echo', headers })).statusCode
  expect(await post({})).toBe(403)
  expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await post({ 'sec-fetch-site': 'same-site', origin: 'http://rapport.test' })).toBe(403)
  expect(await post({ origin: 'http://evil.test', host: 'rapport.test' })).toBe(403)
  expect(await post({ origin: 'null' })).toBe(403)
  expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await post({ origin: 'http://rapport.test', host: 'proxied' })).toBe(200)
  expect(await post({ origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' })).toBe(200)
  expect(await post({ 'x-rapport': '1' })).toBe(200)
  expect(await post({ authorization: 'Bearer x', origin: 'http://evil.test' })).toBe(200)
})

test('hashed files are kept for ever, the page and the service worker are asked for anew', async () => {
  const cacheOf = async (path: string) => (await http.inject(path)).headers['cache-control']
  expect(await cacheOf('/assets/app-Ab3dEf9h.js')).toBe('public, max-age=31536000, immutable')
  expect(await cacheOf('/')).toBe('no-cache')
  expect(await cacheOf('/index.html')).toBe('no-cache')
  expect(await cacheOf('/service-worker.js')).toBe('no-cache')
  expect(await cacheOf('/api/refused')).toBe('no-store')
})

test('files compressed at build time are sent as they are, answers are compressed on the way', async () => {
  const headers = { 'accept-encoding': 'gzip' }
  const file = await http.inject({ url: '/assets/app-Ab3dEf9h.js', headers })
  expect(file.headers['content-encoding']).toBe('gzip')
  expect(file.rawPayload.length).toBeLessThan(100)
  const answer = await http.inject({ url: '/api/big', headers })
  expect(answer.headers['content-encoding']).toBe('gzip')
})

test('addresses of screens are answered with the app, missing files and API routes are not', async () => {
  for (const path of ['/', '/customers/0190?tab=visits', '/invitation/abc']) {
    const { statusCode, body } = await http.inject({ url: path, headers: { accept: 'text/html' } })
    expect([statusCode, body]).toEqual([200, '<!doctype html><title>app</title>'])
  }
  for (const path of [
    '/assets/gone.js',
    '/api/none',
    '/logo.png',
    '/../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
  ]) {
    const { statusCode, body } = await http.inject({ url: path, headers: { accept: 'image/png' } })
    expect([path, statusCode, JSON.parse(body).code]).toEqual([path, 404, 'not_found'])
  }
})

test('an address that cannot be read is refused like anything else', async () => {
  const { statusCode, body } = await http.inject('/api/%zz')
  expect([statusCode, JSON.parse(body)]).toEqual([400, { code: 'input.malformed', details: {} }])
})

test('what is not HTTP gets an answer and no connection', async () => {
  const { port } = new URL(url)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('not http at all\r\n\r\n'))
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('{"code":"input.malformed","details":{}}')
})

test('the health of the server is that of its database', async () => {
  expect((await http.inject('/healthz')).json()).toEqual({ status: 'ok' })
  isHealthy = false
  expect((await http.inject('/healthz')).statusCode).toBe(503)
  isHealthy = true
})

test('the log has the route and not the address', async () => {
  log.length = 0
  await http.inject('/api/refused?token=secret-in-the-address')
  expect(log.join('\n')).toContain('"route":"/api/refused"')
  expect(log.join('\n')).not.toContain('secret-in-the-address')
})

test('closing ends streams of events', async () => {
  const own = await server('http://rapport.test')
  const address = await own.listen({ host: '127.0.0.1', port: 0 })
  const stream = await fetch(`${address}/api/events`)
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  expect(stream.headers.get('content-security-policy')).not.toBeNull()
  const all = stream.text()
  await own.close()
  expect(await all).toBe('retry: 5000\n\nevent: wake\ndata:\n\n')
})

// The real server, listening on a port of its own over a database of the test's own.
import { afterAll } from 'vitest'
import { type OpenServer, openServer } from '#app/server-assembly.ts'
import type { GuessLimits } from '#features/access/account-routes.server.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'

export interface TestServer {
  readonly url: string
  readonly database: TestDatabase
  readonly server: OpenServer
  /** Every line of its log so far. */
  readonly log: readonly string[]
  /** Somebody's browser: keeps cookies from answer to request. */
  browser(): Browser
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Parsed; null where it is not JSON. */
  readonly body: Body
}

// What tests expect of it is said in the tests.
// biome-ignore lint/suspicious/noExplicitAny: answers are compared, not computed with
type Body = any

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string
}

export interface Browser {
  readonly cookies: Map<string, string>
  /** A request from one of our own pages, unless its headers say otherwise. */
  ask(path: string, sent?: Sent): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
}

/** No limit: for tests that make thousands of attempts. */
export const noLimits: GuessLimits = {
  signIn: () => ({ succeeded: () => {} }),
  guess: () => ({ succeeded: () => {} }),
}

/** Call it once at the top of a test file. */
export async function testServer(
  options: { readonly limits?: GuessLimits; readonly publicUrl?: string; readonly webFolder?: string } = {},
): Promise<TestServer> {
  const database = await freshDatabase()
  const log: string[] = []
  const server = await openServer({
    database: { ...database, connection: database.address },
    publicUrl: 'http://rapport.test',
    secret: 'only-for-tests-only-for-tests-only-for-tests',
    isDemo: false,
    webFolder: null,
    log: { level: 'debug', stream: { write: (line) => log.push(line) } },
    ...options,
  })
  const url = await server.http.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => server.close())
  return { url, database, server, log, browser: () => browserAt(url) }
}

function browserAt(url: string): Browser {
  const cookies = new Map<string, string>()
  async function ask(
    path: string,
    { method = 'GET', body, headers = {}, token }: Sent = {},
  ): Promise<Answer> {
    const given = new Headers({ 'sec-fetch-site': 'same-origin', ...headers })
    if (cookies.size > 0) given.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    if (token !== undefined) given.set('authorization', `Bearer ${token}`)
    const isText = typeof body === 'string' || body instanceof Blob
    if (body !== undefined && !given.has('content-type')) given.set('content-type', 'application/json')
    const content = body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, { method, headers: given, redirect: 'manual', ...content })
    for (const line of response.headers.getSetCookie()) keep(cookies, line)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }
  return { cookies, ask, post: (path, body = {}) => ask(path, { method: 'POST', body }) }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const founder = {
  organisation: '示例医药',
  name: '周建国',
  email: 'founder@example.test',
  password: 'mountain river 42',
}

/** Sets the server up and gives the browser of its administrator, signed in. */
export async function setUpServer(server: TestServer): Promise<Browser> {
  const browser = server.browser()
  const answer = await browser.post('/api/set-up', founder)
  if (answer.status !== 201) throw new Error(`set-up was answered ${answer.status} ${answer.text}`)
  return browser
}

/** A colleague who has taken up his invitation, signed in in a browser of his own. */
export async function colleague(
  server: TestServer,
  admin: Browser,
  person: {
    readonly name: string
    readonly email: string
    readonly roles: readonly string[]
    readonly password: string
  },
): Promise<{ readonly browser: Browser; readonly memberId: string }> {
  const { name, email, roles, password } = person
  const invited = await admin.post('/api/invitations', { name, email, roles })
  if (invited.status !== 201) throw new Error(`inviting was answered ${invited.status} ${invited.text}`)
  const browser = server.browser()
  const taken = await browser.post(invitationPath(invited), { password })
  if (taken.status !== 200) throw new Error(`the invitation was answered ${taken.status} ${taken.text}`)
  return { browser, memberId: invited.body.memberId }
}

/** Where the holder of an invitation's link asks about it. */
export function invitationPath({ body }: Answer): string {
  return `/api/invitations/${String(body.link).split('/').at(-1)}`
}

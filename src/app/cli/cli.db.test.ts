// The command line as it is used: processes, exit codes, what they print.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SocketConnection, startEmbeddedPostgres } from '#server/postgres/embedded-postgres.ts'

type Environment = { readonly [name: string]: string }

const folder = await mkdtemp(join(tmpdir(), 'rapport-cli-'))
// Passable for the account of the database, which keeps its files elsewhere otherwise.
await chmod(folder, 0o755)
const data = join(folder, 'data')
const archive = join(folder, 'all.backup')

/** Another Postgres, reached as an operator reaches his own. The one of the tests forgets, and would be refused. */
const otherFolder = join(folder, 'other-postgres')
await mkdir(otherFolder)
const other = await startEmbeddedPostgres(otherFolder)
const foreign = urlOf(other.connection)

let server: ChildProcess
let url: string

beforeAll(async () => {
  server = start(['serve'], { RAPPORT_DATA: data, PORT: '0' })
  const printed = await untilPrinted(server, /auditor@demo\.rapport\n/)
  expect(printed.match(/^Rapport is ready at http:\/\/localhost:\d+$/gm)).toHaveLength(1)
  url = /ready at (\S+)/.exec(printed)?.[1]?.replace('localhost', '127.0.0.1') ?? ''
}, 180_000)

afterAll(async () => {
  if (server.exitCode === null) server.kill('SIGKILL')
  await other.stop()
  await rm(folder, { recursive: true, force: true })
})

function start(args: readonly string[], environment: Environment): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/app/cli.ts', ...args], {
    env: { ...process.env, RAPPORT_DATA: data, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => (out += chunk))
  child.stderr?.on('data', (chunk) => (err += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

function run(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  return ended(start(args, environment))
}

function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk
      if (pattern.test(printed)) resolve(printed)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)))
  })
}

function urlOf({ host, port, user, database }: SocketConnection): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

async function signIn(email: string, password: string): Promise<number> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email, password }),
  })
  await response.text()
  return response.status
}

test('what cannot be understood ends with 2 and says how it is used', async () => {
  const [none, unknown, option, missing, help] = await Promise.all([
    run([]),
    run(['explode']),
    run(['verify-audit', '--fast']),
    run(['backup']),
    run(['restore', '--help']),
  ])
  expect([none?.code, unknown?.code, option?.code, missing?.code, help?.code]).toEqual([2, 2, 2, 2, 0])
  for (const name of [
    'serve',
    'demo',
    'migrate',
    'import',
    'export',
    'verify-audit',
    'backup',
    'restore',
    'user',
  ]) {
    expect(none?.out).toMatch(new RegExp(`^  ${name} .*\\p{Script=Han}`, 'mu'))
  }
  expect(option?.err).toContain('Usage: rapport verify-audit')
  expect(help?.out).toMatch(/^Bring a backup .*\n.*恢复.*\n\nUsage: rapport restore FILE/)
}, 60_000)

test('what stands in the way of serving is said in one sentence without a trace', async () => {
  const elsewhere = { RAPPORT_DATA: join(folder, 'elsewhere'), RAPPORT_DEMO: '0' }
  const [busyFolder, busyPort, badSetting] = await Promise.all([
    run(['serve'], { PORT: '0' }),
    run(['serve'], { ...elsewhere, PORT: new URL(url).port }),
    run(['serve'], { PORT: 'front door' }),
  ])
  expect([busyFolder?.code, busyPort?.code, badSetting?.code]).toEqual([1, 1, 1])
  expect(busyFolder?.err).toMatch(/^The data folder .* is in use by another Rapport: .*\n$/)
  expect(busyPort?.err).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use by another program\. .*\n$/)
  expect(badSetting?.err).toMatch(/^PORT is "front door".*\n$/)
}, 120_000)

test('people are added, get a new password and are shut out beside the running server', async () => {
  const org = ['--org', '远航医药（演示）']
  const email = 'new.rep@demo.rapport'
  const added = await run(['user', 'add', email, '--name', '新人', '--roles', 'rep', '--json', ...org])
  expect([added.code, added.err]).toEqual([0, ''])
  expect(await signIn(email, JSON.parse(added.out).password)).toBe(200)
  const reset = await run(['user', 'reset-password', email, ...org])
  expect(await signIn(email, JSON.parse(added.out).password)).toBe(401)
  expect(await signIn(email, reset.out.trim().split(' ').at(-1) ?? '')).toBe(200)
  expect((await run(['user', 'deactivate', email, ...org])).code).toBe(0)
  const listed = await run(['user', 'list', ...org])
  expect(listed.out).toContain(`${email}\t新人\trep\tdeactivated`)
  const [twice, several, role] = await Promise.all([
    run(['user', 'add', email, '--name', '新人', '--roles', 'rep', ...org]),
    run(['user', 'list']),
    run(['user', 'add', 'x@demo.rapport', '--name', 'x', '--roles', 'king', ...org]),
  ])
  expect([twice?.code, several?.code, role?.code]).toEqual([1, 1, 1])
  expect(several?.err).toMatch(/^There are several organisations\. Name one with --org: .*\n$/)
}, 120_000)

test('rows go out as CSV, with Chinese headers and no formulas', async () => {
  const file = join(folder, 'customers.csv')
  const { code, err } = await run(['export', 'customer', file, '--org', '远航医药（演示）'])
  expect([code, err]).toEqual([0, `${file}: 900 rows.\n`])
  const lines = (await readFile(file, 'utf8')).split('\r\n')
  expect(lines[0]).toMatch(/^\ufeff/)
  expect(lines[0]).toContain('姓名')
  expect(lines.length).toBe(902)
}, 60_000)

test('a backup of the running server goes into a folder and into another Postgres: same rows, same audit', async () => {
  const made = await run(['backup', archive, '--json'])
  expect([made.code, made.err]).toEqual([0, ''])
  const { rows, bytes } = JSON.parse(made.out)
  process.stdout.write(`backup: ${rows} rows in ${bytes} bytes\n`)
  const here = JSON.parse((await run(['verify-audit', '--json'])).out)
  expect(here.map(({ isIntact }: { isIntact: boolean }) => isIntact)).toEqual([true, true])
  const copy = { RAPPORT_DATA: join(folder, 'copy') }
  const server = { RAPPORT_DATA: join(folder, 'beside'), DATABASE_URL: foreign }
  for (const target of [copy, server]) {
    const restored = await run(['restore', archive, '--json'], target)
    expect([restored.code, restored.err]).toEqual([0, ''])
    expect(JSON.parse(restored.out).rows).toBe(rows)
    expect(JSON.parse((await run(['verify-audit', '--json'], target)).out)).toEqual(here)
  }
  const again = await run(['restore', archive], server)
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/^The database is not empty/)])
}, 180_000)

test('a line of the audit that somebody has changed is named', async () => {
  const client = new pg.Client(foreign)
  await client.connect()
  await client.query(`update audit set mutation = 'visit.miss' where n = 77`).finally(() => client.end())
  const { code, out } = await run(['verify-audit'], { DATABASE_URL: foreign })
  expect(code).toBe(1)
  expect(out.match(/BROKEN: line 77 is not as it was written/g)).toHaveLength(2)
}, 60_000)

test('a server that is told to stop ends with 0, at once', async () => {
  const begun = Date.now()
  const end = ended(server)
  server.kill('SIGTERM')
  expect((await end).code).toBe(0)
  expect(Date.now() - begun).toBeLessThan(15_000)
}, 30_000)

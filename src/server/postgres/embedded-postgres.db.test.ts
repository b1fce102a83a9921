// Real servers in temporary folders, killed as a power cut or an impatient administrator would.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { processFacts } from '#server/process-facts.js'
import { openDatabase } from './database.ts'
import {
  type EmbeddedPostgres,
  runningPostgres,
  type SocketConnection,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'

let folder: string
const started: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-embedded-'))
  chmodSync(folder, 0o755)
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describe('the embedded Postgres', () => {
  test('starts on a socket without TCP, durable, knowing Chinese, and leaves nothing running', async () => {
    const server = await startEmbeddedPostgres(folder)
    const asked = await ask(
      server.connection,
      `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as commit, '王' ~ '[[:alpha:]]' as chinese`,
    )
    expect(asked).toEqual({ tcp: '', fsync: 'on', commit: 'on', chinese: true })
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700)
    const pid = postmasterPid(server)
    await server.stop()
    expect(runningPostgres(folder)).toBeNull()
    expect(processFacts(pid)?.isZombie ?? true).toBe(true)
    expect(existsSync(join(server.home, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('keeps what it was given from one start to the next', async () => {
    const first = await startEmbeddedPostgres(folder)
    await ask(first.connection, 'create table kept as select 7 as value')
    await first.stop()
    const second = await startEmbeddedPostgres(folder)
    expect(await ask(second.connection, 'select value from kept')).toEqual({ value: 7 })
    await second.stop()
  })

  test('works in a folder whose name is longer than a socket may be', async () => {
    const long = join(folder, 'x'.repeat(90), '客户关系'.repeat(5))
    mkdirSync(long, { recursive: true })
    const server = await startEmbeddedPostgres(long)
    expect(Buffer.byteLength(join(server.connection.host, '.s.PGSQL.5432'))).toBeLessThan(104)
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700)
    expect(await ask(server.connection, 'select 1 as value')).toEqual({ value: 1 })
    await server.stop()
    expect(existsSync(server.connection.host)).toBe(false)
  })

  test('of root lives below /var/lib when its account cannot get to the data folder, which says where', async () => {
    const hidden = join(folder, 'hidden', 'data')
    mkdirSync(hidden, { recursive: true })
    chmodSync(join(folder, 'hidden'), 0o700)
    const first = await startEmbeddedPostgres(hidden)
    await ask(first.connection, 'create table kept as select 7 as value')
    await first.stop()
    const second = await startEmbeddedPostgres(hidden)
    expect(await ask(second.connection, 'select value from kept')).toEqual({ value: 7 })
    await second.stop()
    // For an ordinary user account and process are one, and nothing has to move.
    const isRoot = process.getuid?.() === 0
    expect(second.home).toMatch(isRoot ? /^\/var\/lib\/rapport\// : /hidden\/data$/)
    rmSync(second.home, { recursive: true })
  })

  test('goes down in order when its process is killed', async () => {
    const { child, server } = await startElsewhere(folder)
    const pid = postmasterPid(server)
    child.kill('SIGKILL')
    await until(() => processFacts(pid)?.isZombie !== false)
    const log = await startEmbeddedPostgres(folder).then(stopAndReadLog)
    expect(log).not.toContain('was not properly shut down')
  })

  test('is taken over when both its process and its guard are killed, and no acknowledged row is lost', async () => {
    for (let round = 0; round < 3; round++) {
      const { child, server } = await startElsewhere(folder)
      if (round === 0) await ask(server.connection, 'create table acknowledged (round int)')
      await ask(server.connection, `insert into acknowledged values (${round})`)
      killGuardOf(postmasterPid(server))
      child.kill('SIGKILL')
      const next = await startEmbeddedPostgres(folder)
      const counted = await ask(next.connection, 'select count(*)::int as rows from acknowledged')
      expect(counted).toEqual({ rows: round + 1 })
      await next.stop()
    }
  })

  test('recovers when everything is killed at once', async () => {
    const { child, server } = await startElsewhere(folder)
    await ask(server.connection, 'create table acknowledged as select 1 as value')
    const pid = postmasterPid(server)
    killGuardOf(pid)
    process.kill(pid, 'SIGKILL')
    child.kill('SIGKILL')
    const next = await startEmbeddedPostgres(folder)
    expect(await ask(next.connection, 'select value from acknowledged')).toEqual({ value: 1 })
    await next.stop()
  })

  test('is started again on the same socket when it alone is killed', async () => {
    const long = join(folder, 'x'.repeat(90))
    mkdirSync(long)
    const server = await startEmbeddedPostgres(long)
    const pid = postmasterPid(server)
    process.kill(pid, 'SIGKILL')
    await until(() => existsSync(pidFile(server)) && ![pid, 2_147_483_647].includes(postmasterPid(server)))
    await untilAnswering(server.connection)
    await server.stop()
    expect(runningPostgres(long)).toBeNull()
  })

  test('says why when it cannot start', async () => {
    await expect(startEmbeddedPostgres(folder, { shared_buffers: 'plenty' })).rejects.toThrow(
      /does not start[\s\S]*shared_buffers/,
    )
  })
})

describe('the database of a data folder', () => {
  test('is refused to a second process, which may join it instead', async () => {
    const settings = { databaseUrl: null, dataFolder: folder }
    const database = await openDatabase(settings)
    await expect(openDatabase(settings)).rejects.toThrow(/in use by another Rapport: process \d+/)
    const beside = await openDatabase(settings, { joinsRunning: true })
    const { rows } = await beside.app.query('select current_user as role')
    expect(rows).toEqual([{ role: 'rapport_app' }])
    await beside.close()
    expect((await database.owner.query('select 1')).rowCount).toBe(1)
    await database.close()
    await (await openDatabase(settings)).close()
  })
})

async function ask(connection: SocketConnection, query: string): Promise<unknown> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows[0]
  } finally {
    await client.end()
  }
}

type Elsewhere = { connection: SocketConnection; home: string }

/** Starts the server from another process, which can be killed. */
async function startElsewhere(where: string): Promise<{ child: ChildProcess; server: Elsewhere }> {
  const module = new URL('./embedded-postgres.ts', import.meta.url).href
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const { connection, home } = await startEmbeddedPostgres(${JSON.stringify(where)})
    console.log(JSON.stringify({ connection, home }))`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text)))
    child.once('exit', (code) => reject(new Error(`the other process ended with ${code}`)))
  })
  return { child, server: JSON.parse(line) }
}

function pidFile({ home }: Pick<EmbeddedPostgres, 'home'>): string {
  return join(home, 'postgres', 'postmaster.pid')
}

function postmasterPid(server: Pick<EmbeddedPostgres, 'home'>): number {
  return Number(readFileSync(pidFile(server), 'utf8').split('\n')[0])
}

function killGuardOf(pid: number): void {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  process.kill(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), 'SIGKILL')
}

async function stopAndReadLog(server: EmbeddedPostgres): Promise<string> {
  await server.stop()
  const day = new Date().toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' })
  return readFileSync(join(server.home, 'postgres', 'log', `postgres-${day}.log`), 'utf8')
}

async function until(isSo: () => boolean): Promise<void> {
  const patience = Date.now() + 20_000
  while (!isSo()) {
    if (Date.now() > patience) throw new Error('waited in vain')
    await delay(20)
  }
}

async function untilAnswering(connection: SocketConnection): Promise<void> {
  const patience = Date.now() + 20_000
  while (!(await ask(connection, 'select 1').catch(() => null))) {
    if (Date.now() > patience) throw new Error('the server does not answer again')
    await delay(20)
  }
}

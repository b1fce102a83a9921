// How much dearer is a question over HTTP, with rights, than the bare SQL of the same question? One organisation with
// 100,000 customers and 500,000 visits. The SQL goes through the same driver, prepared, as the owner, whom no row-level
// security checks.
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { companyFolder } from './kit/company.ts'
import { type Client, clientOf } from './kit/http-client.ts'
import { inDigits, inTurn, ratesInTurn, sized, tell } from './kit/measure.ts'
import { forget, served } from './kit/running.ts'

/** The best figure of any of five peers on this kind of machine and this many rows: median at one connection, rate at 16. */
interface Peers {
  readonly ms: number
  readonly rate: number
}

interface Question {
  readonly what: string
  readonly peers?: Peers
  readonly http: (client: Client, round: number) => Promise<unknown>
  readonly sql: (pool: pg.Pool, round: number) => Promise<unknown>
  readonly token: string
}

const { folder, company } = await companyFolder()
const server = await served(folder)
const { owner } = server
const { orgId, rep, manager, steward, territory, managed, frequented, author, visited } = company

const someone = (round: number) => frequented[Math.abs(round) % frequented.length] ?? ''
const visitee = (round: number) => visited[Math.abs(round) % visited.length] ?? ''
const roles = ['physician', 'department_head', 'head_nurse', 'other']
const role = (round: number) => roles[Math.abs(round) % roles.length] ?? ''
const fragments = ['明华', '建国', '晓东', '文静', '海燕', '志强']
const fragment = (round: number) => fragments[Math.abs(round) % fragments.length] ?? ''

const customerColumns = `id, created_at, created_by, updated_at, updated_by, name, sex, role, title, specialty, phone, email,
  note, territory_id, institution_id, department_id, sort_key, pinyin, initials`
const visitColumns = `id, created_at, created_by, updated_at, updated_by, customer_id, owner_id, institution_id, channel,
  status, starts_at, minutes, visit_on, objective, result, note, completed_at, reason`

async function bare(pool: pg.Pool, name: string, text: string, values: readonly unknown[]): Promise<number> {
  const { rows, rowCount } = await pool.query({ name, text, values: [...values] })
  return rows.length || (rowCount ?? 0)
}

const list = { peers: { ms: 11, rate: 149 } }
const search = { peers: { ms: 51, rate: 47 } }
const questions: readonly Question[] = [
  {
    ...list,
    what: 'list of a territory (filter, sort, 50 rows)',
    token: rep.token,
    http: (client, round) => client.get(`/api/customer?filter[role]=${role(round)}&sort=sortKey&limit=50`),
    sql: (pool, round) =>
      bare(
        pool,
        'list_one',
        `select ${customerColumns} from customer where org_id = $1 and territory_id = $2 and role = $3
         order by sort_key, id limit 50`,
        [orgId, territory, role(round)],
      ),
  },
  {
    ...list,
    what: 'list over 8 territories',
    token: manager.token,
    http: (client, round) => client.get(`/api/customer?filter[role]=${role(round)}&sort=sortKey&limit=50`),
    sql: (pool, round) =>
      bare(
        pool,
        'list_eight',
        `select ${customerColumns} from unnest($2::uuid[]) w(t) cross join lateral (
           select * from customer where org_id = $1 and territory_id = w.t and role = $3
           order by sort_key, id limit 50
         ) c order by sort_key, id limit 50`,
        [orgId, managed, role(round)],
      ),
  },
  {
    ...list,
    what: 'list over all 100,000 customers',
    token: steward.token,
    http: (client, round) => client.get(`/api/customer?filter[role]=${role(round)}&sort=sortKey&limit=50`),
    sql: (pool, round) =>
      bare(
        pool,
        'list_all',
        `select ${customerColumns} from customer where org_id = $1 and role = $2 order by sort_key, id limit 50`,
        [orgId, role(round)],
      ),
  },
  {
    ...search,
    what: 'search by a fragment of the name, in a territory',
    token: rep.token,
    http: (client, round) =>
      client.get(`/api/customer?search=${encodeURIComponent(fragment(round))}&limit=50`),
    sql: (pool, round) =>
      bare(
        pool,
        'search_one',
        `select ${customerColumns} from customer where org_id = $1 and territory_id = $2 and bigrams @> $3
         order by sort_key, id limit 50`,
        [orgId, territory, [fragment(round)]],
      ),
  },
  {
    ...search,
    what: 'search by a fragment, over all 100,000 customers',
    token: steward.token,
    http: (client, round) =>
      client.get(`/api/customer?search=${encodeURIComponent(fragment(round))}&limit=50`),
    sql: (pool, round) =>
      bare(
        pool,
        'search_all',
        `select ${customerColumns} from customer where org_id = $1 and bigrams @> $2 order by sort_key, id limit 50`,
        [orgId, [fragment(round)]],
      ),
  },
  {
    peers: { ms: 10, rate: 143 },
    what: 'customer with his last 20 visits (two requests)',
    token: rep.token,
    http: async (client, round) => {
      const id = someone(round)
      await client.get(`/api/customer/${id}`)
      return client.get(`/api/visit?filter[customerId]=${id}&sort=-startsAt&limit=20`)
    },
    sql: async (pool, round) => {
      const id = someone(round)
      await bare(pool, 'one', `select ${customerColumns} from customer where org_id = $1 and id = $2`, [
        orgId,
        id,
      ])
      return bare(
        pool,
        'last_twenty',
        `select ${visitColumns} from visit where org_id = $1 and customer_id = $2
         order by starts_at desc, id desc limit 20`,
        [orgId, id],
      )
    },
  },
  {
    peers: { ms: 9, rate: 167 },
    what: 'create a visit (durable)',
    token: author.token,
    http: (client, round) => client.post('/api/mutations/visit.record', visitOf(visitee(round))),
    sql: (pool, round) => insertVisit(pool, visitee(round)),
  },
]

function visitOf(customerId: string) {
  return {
    id: uuidv7(),
    customerId,
    institutionId: null,
    objective: '随访',
    channel: 'phone',
    startsAt: new Date(Date.now() - 3_600_000).toISOString(),
    minutes: 10,
    result: 'reached',
    note: '谈了随访安排，下周再来。',
    commitments: [],
  }
}

/** What any system must write for it: the visit itself, in a table with the same indexes. */
function insertVisit(pool: pg.Pool, customerId: string): Promise<number> {
  return bare(
    pool,
    'create',
    `insert into bench_visit (org_id, id, scope, created_at, created_by, updated_at, updated_by, customer_id, owner_id,
       channel, status, starts_at, minutes, visit_on, objective, result, note, completed_at)
     values ($1, $2, $3, now(), $4, now(), $4, $3, $4, 'phone', 'completed', now(), 10, current_date, '随访', 'reached',
       '谈了随访安排，下周再来。', now())`,
    [orgId, uuidv7(), customerId, author.id],
  )
}

/** A visit, its line in the feed and its entry in the audit, in one statement that is a transaction. */
function insertThreeRows(pool: pg.Pool, customerId: string): Promise<number> {
  return bare(
    pool,
    'three_rows',
    `with v as (
       insert into bench_visit (org_id, id, scope, created_at, created_by, updated_at, updated_by, customer_id, owner_id,
         channel, status, starts_at, minutes, visit_on, objective, result, note, completed_at)
       values ($1, $2, $3, now(), $4, now(), $4, $3, $4, 'phone', 'completed', now(), 10, current_date, '随访', 'reached',
         '谈了随访安排，下周再来。', now())
     ), f as (
       insert into bench_feed values ($1, 'visit', $2, $3, 1, false)
     )
     insert into bench_audit (org_id, n, at, received_at, actor, mutation, changes, hash)
     values ($1, nextval('bench_n'), now(), now(), $4, 'visit.record', $5, '\\x00')`,
    [
      orgId,
      uuidv7(),
      customerId,
      author.id,
      JSON.stringify({ note: '谈了随访安排，下周再来。', channel: 'phone', minutes: 10, result: 'reached' }),
    ],
  )
}

async function ask(question: Question): Promise<void> {
  const { what, peers, http, sql, token } = question
  const one = clientOf(server.url, token, 1)
  const many = clientOf(server.url, token, 16)
  try {
    const times = await inTurn(sized(200), {
      http: (round) => http(one, round),
      sql: (round) => sql(owner, round),
    })
    tell({
      what: `${what}: HTTP : SQL`,
      figure: times.http.median / times.sql.median,
      unit: '×',
      most: 2.5,
      note: `medians ${inDigits(times.http.median)} : ${inDigits(times.sql.median)} ms, p95 ${inDigits(times.http.p95)} : ${inDigits(times.sql.p95)} ms`,
    })
    const rates = await ratesInTurn(
      { http: (round) => http(many, round), sql: (round) => sql(sixteen, round) },
      { atOnce: 16 },
    )
    tell({
      what: '  16 connections, rate HTTP : SQL',
      figure: rates.http / rates.sql,
      unit: '×',
      least: 0.4,
      note: `${inDigits(rates.http)} : ${inDigits(rates.sql)} /s`,
    })
    if (!peers) return
    const [five, fiveTimes] = [peers.ms / 5, peers.rate * 5]
    tell({
      what: '  median beside a fifth of the best peer’s',
      figure: times.http.median,
      unit: 'ms',
      most: five,
    })
    tell({
      what: '  rate beside five times the best peer’s',
      figure: rates.http,
      unit: '/s',
      least: fiveTimes,
    })
  } finally {
    one.close()
    many.close()
  }
}

async function askPushes(): Promise<void> {
  const batch = 50
  const client = clientOf(server.url, author.token, 4)
  const devices = Array.from({ length: 4 }, () => ({ device: uuidv7(), n: 0, isBusy: false }))
  const push = async () => {
    // A device sends its batches one after the other.
    const own = devices.find(({ isBusy }) => !isBusy)
    if (!own) throw new Error('more pushes at once than devices')
    own.isBusy = true
    const at = new Date().toISOString()
    const mutations = Array.from({ length: batch }, () => {
      own.n += 1
      const args = visitOf(visitee(own.n))
      return { n: own.n, name: 'visit.record', version: 1, args, at, base: {}, deps: [] }
    })
    const text = await client.post('/api/sync/push', { device: own.device, sentAt: at, mutations })
    const accepted = text.split('"accepted"').length - 1
    if (accepted !== batch) throw new Error(`${accepted} of ${batch} were accepted: ${text.slice(0, 400)}`)
    own.isBusy = false
  }
  for (const [atOnce, sqlAtOnce] of [
    [1, 1],
    [4, 16],
  ] as const) {
    const pool = sqlAtOnce === 1 ? owner : sixteen
    const pushed = await ratesInTurn({ push }, { atOnce, seconds: 2, rounds: 1 })
    const rates = await ratesInTurn(
      { sql: (round) => insertThreeRows(pool, visitee(round)) },
      { atOnce: sqlAtOnce, seconds: 2, rounds: 1 },
    )
    const again = await ratesInTurn({ push }, { atOnce, seconds: 2, rounds: 1 })
    const mutations = ((pushed.push + again.push) / 2) * batch
    tell({
      what: `pushed in batches of 50 (${atOnce} device${atOnce > 1 ? 's' : ''}) : bare three-row inserts (${sqlAtOnce})`,
      figure: mutations / rates.sql,
      unit: '×',
      least: 0.35,
      note: `${inDigits(mutations)} mutations : ${inDigits(rates.sql)} inserts /s`,
    })
  }
  client.close()
}

const sixteen = new (await import('pg')).default.Pool({ ...owner.options, max: 16 })
try {
  await owner.query(`create table if not exists bench_visit (like visit including all)`)
  await owner.query(`create table if not exists bench_feed (like feed including all)`)
  await owner.query(`create table if not exists bench_audit (like audit including all)`)
  await owner.query(`create sequence if not exists bench_n`)
  for (const question of questions) await ask(question)
  await askPushes()
} finally {
  await sixteen.end()
  await server.stop()
  if (!process.env.RAPPORT_BENCH_FOLDER) await forget(folder)
}

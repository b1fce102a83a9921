// What does a device that asks for news cost, beside 4,000,000 lines of feed? Over HTTP; most of these pulls bring
// nothing, and every phone asks once a minute.
import { companyFolder } from './kit/company.ts'
import { clientOf } from './kit/http-client.ts'
import { inDigits, inTurn, sized, tell } from './kit/measure.ts'
import { forget, served } from './kit/running.ts'

/** Lines of all, and how many mutations of others a device that is a little behind has missed. */
const lines = sized(4_000_000)
const behind = 5_000

const { folder, company } = await companyFolder()
const { orgId, rep, steward, managed, frequented } = company
const server = await served(folder)
const { owner } = server

/** What 100 reps and their colleagues have written since: most lines are in scopes that this rep does not see. */
async function lengthenFeed(): Promise<void> {
  const { rows } = await owner.query<{ n: number; seq: number }>(
    'select (select count(*) from feed where org_id = $1)::int as n, seq::int from org_counter where org_id = $1',
    [orgId],
  )
  const { n = 0, seq = 0 } = rows[0] ?? {}
  const missing = lines - n
  if (missing <= 0) return
  const client = await owner.connect()
  try {
    await client.query('set synchronous_commit = off')
    await client.query(`set maintenance_work_mem = '256MB'`)
    // Indexes are made afterwards: in a fifth of the time.
    await client.query('drop index feed_seq, feed_scope')
    await client.query('alter table feed drop constraint feed_pkey')
    await client.query(
      `insert into feed select $1, 'visit', uuidv7(), s.scope, $2 + (i + 9) / 10, false
       from generate_series(1, $3::bigint) i
       join (select scope, row_number() over (order by md5(scope::text)) - 1 as k, count(*) over () as n from customer
             where org_id = $1 and territory_id <> $4) s on s.k = i % (select count(*) from customer where org_id = $1 and territory_id <> $4)`,
      [orgId, seq, missing, company.territory],
    )
    await client.query('alter table feed add primary key (org_id, entity, row_id, scope)')
    await client.query('create index feed_seq on feed (org_id, seq)')
    await client.query('create index feed_scope on feed (org_id, scope, seq)')
    await client.query('update org_counter set seq = $2 where org_id = $1', [orgId, seq + missing / 10])
    await client.query('analyze feed')
    await client.query('checkpoint')
  } finally {
    client.release(true)
  }
}

interface Page {
  readonly epoch: string
  readonly cursor: number
  readonly rows: readonly unknown[]
  readonly left: readonly string[]
  readonly resume?: string
}

async function pull(client: ReturnType<typeof clientOf>, cursor: number, epoch: string): Promise<Page> {
  // Our server's answer to a pull.
  return JSON.parse(await client.post('/api/sync/pull', { cursor, epoch })) as Page
}

/** All pages until there is no more. */
async function pullAll(client: ReturnType<typeof clientOf>, from: number, epoch: string) {
  const request = { cursor: from, epoch }
  let rows = 0
  let left = 0
  for (let resume: string | undefined; ; ) {
    const page = JSON.parse(
      await client.post('/api/sync/pull', resume === undefined ? request : { ...request, resume }),
    ) as Page
    rows += page.rows.length
    left += page.left.length
    if (page.resume === undefined) return { rows, left, cursor: page.cursor }
    resume = page.resume
  }
}

const client = clientOf(server.url, rep.token, 1)
const office = clientOf(server.url, steward.token, 1)
try {
  const begun = performance.now()
  await lengthenFeed()
  console.log(
    `   (the feed was lengthened to ${lines} lines in ${inDigits((performance.now() - begun) / 1000)} s)`,
  )
  const { epoch } = await pull(client, 0, '')
  const { rows: counters } = await owner.query<{ seq: number }>(
    'select seq::int from org_counter where org_id = $1',
    [orgId],
  )
  const now = counters[0]?.seq ?? 0

  const none = await inTurn(sized(400), {
    http: () => pull(client, now, epoch),
    health: () => client.get('/healthz'),
  })
  tell({
    what: 'pull with nothing new, p95',
    figure: none.http.p95,
    unit: 'ms',
    most: 5,
    note: `median ${inDigits(none.http.median)} ms; an answer of one query (/healthz) ${inDigits(none.health.median)} ms`,
  })

  // One of a hundred of the mutations that were missed was about a customer of this rep.
  await owner.query(
    `update feed set seq = $2 - (random() * ${behind - 10})::int where org_id = $1 and entity = 'visit'
     and row_id in (select id from visit where org_id = $1 and customer_id = any($3) order by id limit 50)`,
    [orgId, now, frequented],
  )
  const sizes: number[] = []
  const late = await inTurn(sized(100), {
    http: async () => sizes.push((await pull(client, now - behind, epoch)).rows.length),
  })
  tell({
    what: `pull when ${behind} mutations of all are behind, p95`,
    figure: late.http.p95,
    unit: 'ms',
    note: `median ${inDigits(late.http.median)} ms, ${sizes.at(-1)} rows for this rep`,
  })

  const { rows: moved } = await owner.query<{ id: string }>(
    'select id from customer where org_id = $1 and territory_id = $2 order by id limit 200',
    [orgId, company.territory],
  )
  const ids = moved.map(({ id }) => id)
  const aligned: number[] = []
  const dropped: number[] = []
  const entered: number[] = []
  let cursor = now
  for (let round = 0; round < 6; round += 1) {
    const to = round % 2 === 0 ? managed[1] : company.territory
    const first = performance.now()
    await office.post('/api/mutations/customer.align', { ids, territoryId: to })
    const second = performance.now()
    const { rows, left, cursor: after } = await pullAll(client, cursor, epoch)
    cursor = after
    aligned.push(second - first)
    if (round % 2 === 0) dropped.push(performance.now() - second)
    else entered.push(performance.now() - second)
    if (round % 2 === 0 ? left !== ids.length : rows < ids.length) {
      throw new Error(`after the re-alignment came ${rows} rows, ${left} scopes left`)
    }
  }
  const middle = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
  tell({
    what: `re-align ${ids.length} customers, over HTTP and durable`,
    figure: middle(aligned),
    unit: 'ms',
  })
  tell({ what: '  the pull of the rep who lost them', figure: middle(dropped), unit: 'ms' })
  tell({ what: '  the pull of the rep who got them, bundles included', figure: middle(entered), unit: 'ms' })
} finally {
  client.close()
  office.close()
  await server.stop()
  if (!process.env.RAPPORT_BENCH_FOLDER) await forget(folder)
}

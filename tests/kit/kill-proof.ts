// The product under load, its processes killed with SIGKILL again and again: what it has acknowledged must be there
// each time it comes back, and in the end everything exactly once.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { openPools } from '#server/postgres/database.ts'
import { runningPostgres } from '#server/postgres/embedded-postgres.ts'
import { homeOf } from '#server/postgres/postgres-cluster.ts'
import { runningPostmaster } from '#server/postgres/postgres-orphan.ts'
import { LoadDevice } from './load-device.ts'
import { type RunningRapport, startRapport } from './rapport.ts'

export interface KillFigures {
  serverKills: number
  postgresKills: number
  acknowledged: number
  /** Acts that a kill left without an answer, by batches. */
  unansweredBatches: number
  repeatedBatches: number
  /** Acknowledged acts that were looked for, over all kills. */
  lookedFor: number
  auditEntries: number
  /** What does not hold; empty when all is well. */
  readonly faults: string[]
}

const deviceCount = 4
/** Milliseconds under load before a kill, at least; the rest is chance. */
const loadTime = 400

/** Kills the server's process and Postgres so many times each, in turn, and gives what was found. */
export async function proveKills(kills: number): Promise<KillFigures> {
  const figures: KillFigures = {
    ...{ serverKills: 0, postgresKills: 0, acknowledged: 0, unansweredBatches: 0, repeatedBatches: 0 },
    ...{ lookedFor: 0, auditEntries: 0, faults: [] },
  }
  let rapport = await startRapport()
  const { dataFolder } = rapport
  try {
    const cookie = await signedIn(rapport.url)
    const customerId = await someCustomer(rapport.url, cookie)
    const url = () => rapport.url
    const devices = Array.from({ length: deviceCount }, () => new LoadDevice({ url, cookie, customerId }))
    const working = Promise.all(devices.map((device) => device.run()))
    for (let round = 0; round < kills; round += 1) {
      // In turn, so that the server's limit of restarts of Postgres within a minute is not what is measured.
      await underLoad(devices)
      await killPostgres(dataFolder)
      figures.postgresKills += 1
      await untilBack(devices)
      await lookFor(dataFolder, devices, figures)
      await underLoad(devices)
      rapport = await killServer(rapport)
      figures.serverKills += 1
      await untilBack(devices)
      await lookFor(dataFolder, devices, figures)
    }
    for (const device of devices) device.stop()
    await working
    await judge(dataFolder, devices, figures)
  } finally {
    await rapport.dispose()
  }
  return figures
}

async function signedIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rapport': '1' },
    body: JSON.stringify({ email: 'rep@demo.rapport', password: 'rapport-demo' }),
  })
  if (!response.ok) throw new Error(`signing in was answered ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function someCustomer(url: string, cookie: string): Promise<string> {
  const response = await fetch(`${url}/api/customer?limit=1`, { headers: { cookie } })
  const { rows } = (await response.json()) as { rows: readonly { readonly id: string }[] }
  const [first] = rows
  if (!first) throw new Error('the demo has no customers here')
  return first.id
}

/** Until every device has got answers again and has worked for a while. */
async function underLoad(devices: readonly LoadDevice[]): Promise<void> {
  await delay(loadTime + Math.random() * loadTime)
  await untilBack(devices)
}

async function untilBack(devices: readonly LoadDevice[]): Promise<void> {
  const before = devices.map(({ acknowledged }) => acknowledged.size)
  const patience = Date.now() + 120_000
  while (devices.some(({ acknowledged }, at) => acknowledged.size <= (before[at] ?? 0))) {
    if (Date.now() > patience) throw new Error('the server did not come back')
    await delay(5)
  }
}

/** Gives when another Postgres has taken the place of the killed one: answers until then may be of before. */
async function killPostgres(dataFolder: string): Promise<void> {
  const folder = join(homeOf(dataFolder), 'postgres')
  const killed = runningPostmaster(folder)
  if (!killed) throw new Error('no Postgres runs')
  process.kill(killed.pid, 'SIGKILL')
  const patience = Date.now() + 120_000
  while ((runningPostmaster(folder)?.pid ?? killed.pid) === killed.pid) {
    if (Date.now() > patience) throw new Error('Postgres did not come back')
    await delay(10)
  }
}

async function killServer({ process: child, dataFolder, port }: RunningRapport): Promise<RunningRapport> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  return startRapport({ dataFolder, port })
}

/** Everything acknowledged by now is there, once. */
async function lookFor(
  dataFolder: string,
  devices: readonly LoadDevice[],
  figures: KillFigures,
): Promise<void> {
  const ids = devices.flatMap(({ visits, acknowledged }) =>
    [...acknowledged.keys()].map((n) => visits.get(n) ?? ''),
  )
  const found = await asOwner(dataFolder, async (pool) => {
    const { rows } = await pool.query<{ count: string }>('select count(*) from visit where id = any($1)', [
      ids,
    ])
    return Number(rows[0]?.count)
  })
  figures.lookedFor += ids.length
  if (found !== ids.length)
    figures.faults.push(`${ids.length - found} of ${ids.length} acknowledged visits are gone`)
}

async function judge(
  dataFolder: string,
  devices: readonly LoadDevice[],
  figures: KillFigures,
): Promise<void> {
  await lookFor(dataFolder, devices, figures)
  for (const device of devices) {
    const outcomes = [...device.acknowledged.values()]
    figures.acknowledged += outcomes.length
    figures.unansweredBatches += device.unanswered
    figures.repeatedBatches += device.repeated
    figures.faults.push(...device.contradictions)
    if (outcomes.length !== device.visits.size) figures.faults.push(`${device.id} has acts without an answer`)
    for (const outcome of outcomes) {
      if (outcome.status === 'refused') figures.faults.push(`${outcome.n} was refused: ${outcome.code}`)
    }
  }
  await asOwner(dataFolder, async (pool) => {
    const told = await pool.query<{ device: string; device_n: string; times: string }>(
      `select device, device_n, count(*) as times from audit where device = any($1)
       group by device, device_n`,
      [devices.map(({ id }) => id)],
    )
    if (told.rows.length !== figures.acknowledged) {
      figures.faults.push(`the audit tells of ${told.rows.length} acts instead of ${figures.acknowledged}`)
    }
    for (const { device, device_n, times } of told.rows) {
      if (Number(times) !== 1) figures.faults.push(`${device_n} of ${device} took effect ${times} times`)
    }
    for (const verdict of (await verifyAudits(pool)).values()) {
      if (verdict.isIntact) figures.auditEntries += verdict.entries
      else figures.faults.push(`the audit breaks at entry ${verdict.n}: ${verdict.what}`)
    }
  })
}

async function asOwner<T>(dataFolder: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const connection = runningPostgres(dataFolder)
  if (!connection) throw new Error('no Postgres runs')
  const { owner, close } = await openPools(connection)
  try {
    return await work(owner)
  } finally {
    await close()
  }
}

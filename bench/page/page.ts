// The device half of sync in a browser without screens around it, driven from outside through `window.bench`.

import { uuidv7 } from 'uuidv7'
import { registry } from '#app/registry.ts'
import { planOf } from '#app/screens/plan.queries.ts'
import { todayOf } from '#app/screens/today.queries.ts'
import { addDays, dayOf } from '#core/calendar.ts'
import type { JsonObject } from '#core/json.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { customer, customerRoles } from '#features/customers/customer.entity.ts'
import { customerSorts, noFilters } from '#features/customers/customer-filters.rules.ts'
import { customerList } from '#features/customers/customer-list.queries.ts'
import { customerPage } from '#features/customers/customer-page.queries.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { recordVisit } from '#features/visits/visit.mutations.ts'
import { browserOutside } from '#sync/device/browser.ts'
import { databaseName } from '#sync/device/keys.ts'
import { type OpenedDevice, openDevice } from '#sync/device/open-device.ts'
import { schemaOf } from '#sync/device/rows.ts'
import type { Transport } from '#sync/device/surroundings.ts'
import { deviceColumns } from '#sync/device-columns.ts'
import type { Lease, PulledRow, PullPage, PullRequest } from '#sync/protocol.ts'
import { reader } from '#web/live.tsx'
import { signIn, whoAmI } from '#web/session.ts'

let lease: Lease | null = null
let unlock: string | null = null
let device: OpenedDevice | null = null

function held(): { readonly lease: Lease; readonly device: OpenedDevice } {
  if (!lease || !device) throw new Error('nobody is signed in, or the device is not open')
  return { lease, device }
}

async function enter(email: string, password: string): Promise<void> {
  await signIn(email, password)
  const me = await whoAmI()
  lease = me.lease
  unlock = me.unlock
}

async function post(body: PullRequest): Promise<Response> {
  return fetch('/api/sync/pull', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rapport': '1' },
    body: JSON.stringify(body),
  })
}

/** What any program must do to have these rows: fetch the pages one after the other, and parse them. */
async function fetchAndParse() {
  const begun = performance.now()
  let [rows, bytes, pages] = [0, 0, 0]
  for (let resume: string | undefined; ; ) {
    const response = await post({ cursor: 0, epoch: '', ...(resume === undefined ? {} : { resume }) })
    const text = await response.text()
    // Our server's answer to a pull.
    const page = JSON.parse(text) as PullPage
    rows += page.rows.length
    bytes += text.length
    pages += 1
    if (page.resume === undefined) break
    resume = page.resume
  }
  return { ms: performance.now() - begun, rows, bytes, pages }
}

/** The same by the device: in memory with its indexes, on the disk, encrypted. */
async function firstSync() {
  if (!lease) throw new Error('nobody is signed in')
  await deleted(databaseName(lease))
  const begun = performance.now()
  const opened = await openDevice({ ...browserOutside(lease), registry, lease, unlock })
  let usable = 0
  const whole = new Promise<number>((resolve) => {
    opened.subscribe(() => {
      const { loading } = opened.status()
      if (usable === 0 && loading !== 'first') usable = performance.now() - begun
      if (loading === 'complete') resolve(performance.now() - begun)
    })
  })
  const ms = await whole
  const rows = [...registry.entities.values()].reduce(
    (sum, entity) => sum + opened.view.all(entity).length,
    0,
  )
  opened.close()
  return { ms, usable, rows }
}

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

/** What the server says next instead of the real one; null: nothing new. */
let nextPage: ((request: PullRequest) => PullPage) | null = null
/** From when on nothing comes from the real server any more. */
let isAlone = false
let written = 0

/** Opens what the first sync has left on the disk; from then on this page plays the server. */
async function openAgain(): Promise<void> {
  if (!lease) throw new Error('nobody is signed in')
  const outside = browserOutside(lease)
  const transport: Transport = {
    ...outside.transport,
    pull: async (request) => (isAlone ? answer(request) : outside.transport.pull(request)),
    wake: () => () => undefined,
  }
  device = await openDevice({
    ...outside,
    transport,
    registry,
    lease,
    unlock,
    reach: async (point) => {
      if (point === 'after-page-write') written = performance.now()
    },
  })
  const opened = device
  await new Promise<void>((resolve) => {
    const look = () => opened.status().loading === 'complete' && resolve()
    opened.subscribe(look)
    look()
  })
  await opened.sync()
  isAlone = true
}

function answer(request: PullRequest): Uint8Array<ArrayBuffer> {
  const { epoch, cursor } = request
  const page = nextPage?.(request) ?? nothingNew({ epoch, cursor })
  nextPage = null
  return new TextEncoder().encode(JSON.stringify(page))
}

function nothingNew({ epoch, cursor }: Pick<PullPage, 'epoch' | 'cursor'>): PullPage {
  return { epoch, cursor, fresh: false, left: [], columns: {}, rows: [], usable: true }
}

const now = () => new Date().toISOString()

/** The four kinds of question that screens ask. */
function asked(memberId: string): { readonly [kind: string]: (view: View, round: number) => unknown } {
  return {
    'list with filter and sort': (view, round) =>
      customerList(view, {
        search: '',
        filters: { ...noFilters, roles: [customerRoles[round % customerRoles.length] ?? 'physician'] },
        sort: customerSorts[round % customerSorts.length] ?? 'name',
        today: dayOf(now()),
      }),
    'customer with 20 visits': (view, round) => {
      const all = view.all(customer)
      return customerPage(view, all[(round * 37) % all.length]?.id ?? '', now())
    },
    today: (view) => todayOf(view, { memberId, now: now() }),
    'visits by month': (view, round) =>
      planOf(view, {
        ownerId: memberId,
        shown: 'month',
        day: addDays(dayOf(now()), -30 * (round % 12)),
        now: now(),
      }),
  }
}

/** Times of each question in milliseconds; every tenth is asked right after rows have changed. */
async function queries(rounds: number) {
  const { device, lease } = held()
  const times: { [kind: string]: { warm: number[]; changed: number[] } } = {}
  for (const [kind, ask] of Object.entries(asked(lease.userId))) {
    const own = { warm: [] as number[], changed: [] as number[] }
    times[kind] = own
    for (let round = 0; round < rounds; round += 1) {
      const isChanged = round % 10 === 9
      if (isChanged) await record()
      const begun = performance.now()
      ask(device.view, round)
      ;(isChanged ? own.changed : own.warm).push(performance.now() - begun)
    }
  }
  return times
}

/** Records a visit as the report form does. Resolves when it is on the disk of this device. */
async function record(): Promise<void> {
  const { device } = held()
  const all = device.view.all(customer)
  await device.mutate(recordVisit, {
    id: uuidv7(),
    customerId: all[Math.floor(Math.random() * all.length)]?.id ?? '',
    institutionId: null,
    objective: '随访',
    channel: 'phone',
    startsAt: new Date(Date.now() - 3_600_000).toISOString(),
    minutes: 10,
    result: 'reached',
    note: '谈了随访安排，下周再来。',
    commitments: [{ id: uuidv7(), promisedBy: 'us', what: '寄资料', dueOn: null }],
  })
}

/** From the tap on 保存 until the act is on this phone, in milliseconds. */
async function saves(rounds: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await record()
    times.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return times
}

/**
 * 200 rows arrive while four screens are open. `busy`: what keeps the browser from drawing, which is parsing the
 * page, taking it in and asking the four questions again; `whole`: with encryption and the disk in between.
 */
async function arrivals(rounds: number) {
  const { device, lease } = held()
  const readers = Object.values(asked(lease.userId)).map((ask) =>
    reader(device, (view: View) => ask(view, 0)),
  )
  let answered = 0
  const stop = device.subscribe(() => {
    for (const read of readers) read()
    answered = performance.now()
  })
  for (const read of readers) read()
  const times = { busy: [] as number[], whole: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    let sent = 0
    let parsing = 0
    nextPage = ({ epoch, cursor }) => {
      const rows = changedRows(device.view, cursor + 1, round)
      const head = nothingNew({ epoch, cursor: cursor + 1 })
      const page: PullPage = { ...head, columns: schemaOf(changed), rows }
      const bytes = new TextEncoder().encode(JSON.stringify(page))
      const begun = performance.now()
      JSON.parse(new TextDecoder().decode(bytes))
      sent = performance.now()
      parsing = sent - begun
      return page
    }
    await device.sync()
    await new Promise((resolve) => setTimeout(resolve, 30))
    times.busy.push(parsing + answered - written)
    times.whole.push(answered - sent)
  }
  stop()
  return times
}

const changed = [visit, customer, commitment]

/** 150 visits, 30 customers, 20 commitments, each with something new in it. */
function changedRows(view: View, seq: number, round: number): readonly PulledRow[] {
  const parts = [
    { entity: visit, count: 150 },
    { entity: customer, count: 30 },
    { entity: commitment, count: 20 },
  ] as const
  return parts.flatMap(({ entity, count }) => {
    const columns = deviceColumns(entity)
    const all: readonly JsonObject[] = view.all(entity)
    return Array.from({ length: count }, (_, at): PulledRow => {
      const row = all[(at * 97 + round * 13) % all.length] ?? {}
      const fresh: JsonObject = { ...row, updatedAt: now(), note: `第${round}次` }
      const scope = String(entity === customer ? row.id : row.customerId)
      return [entity.name, String(row.id), seq, scope, columns.map((name) => fresh[name] ?? null)]
    })
  })
}

export const bench = { enter, fetchAndParse, firstSync, openAgain, queries, saves, arrivals }

declare global {
  interface Window {
    bench: typeof bench
  }
}

window.bench = bench

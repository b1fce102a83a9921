import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import { type AnyRow, entity } from '#core/entity.ts'
import { maybe, text } from '#core/field.ts'
import { registryOf } from '#core/registry.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { editVisit } from '#features/visits/visit.mutations.ts'
import type { PulledRow, PullPage } from '#sync/protocol.ts'
import { type Origin, type Tab, until } from '#tests/kit/device-origin.ts'
import { SmallWorld } from '#tests/kit/small-world.ts'

const foldSoon = { foldAt: { records: 0, bytes: 0 } }

test('rows packed into chunks are all there when the app is opened again', async () => {
  const { origin, tab } = await ready()
  const before = contents(tab)
  await folded(origin)
  tab.close()
  origin.isOnline = false
  const again = await origin.open()
  expect(again.device.view.all(customer)).toHaveLength(10)
  await complete(again)
  expect(contents(again)).toEqual(before)
})

test('a customer that is opened before all is read is read first', async () => {
  const { world, origin, tab } = await ready()
  await folded(origin)
  tab.close()
  origin.isOnline = false
  const again = await origin.open({ ...foldSoon })
  const customerId = world.customerIds[4] ?? ''
  expect(again.device.status().loading).toBe('filling')
  expect(again.device.view.where(visit, 'customerId', customerId)).toEqual([])
  await again.device.hasten(customerId)
  expect(again.device.view.where(visit, 'customerId', customerId)).toHaveLength(3)
})

test('rows that are wanted early are read with the first ones', async () => {
  const world = new SmallWorld({ customers: 20, visitsEach: 3 })
  const origin = world.origin(world.reps[0])
  const early = new Map([
    ['visit', (row: { readonly [name: string]: unknown }) => row.visitOn === '2026-09-02'],
  ])
  const tab = await origin.open({ ...foldSoon, early })
  await complete(tab)
  await folded(origin)
  tab.close()
  origin.isOnline = false
  const again = await origin.open({ early })
  expect(again.device.view.where(visit, 'visitOn', '2026-09-02')).toHaveLength(10)
  expect(again.device.status().loading).toBe('filling')
  await complete(again)
  expect(again.device.view.all(visit)).toHaveLength(30)
})

test('what left while chunks were still to be read does not come back out of them', async () => {
  const { world, origin, tab } = await ready()
  await folded(origin)
  const customerId = world.customerIds[0] ?? ''
  await world.server.align(customerId, world.reps[1].userId)
  tab.close()
  const again = await origin.open()
  await again.device.sync()
  await complete(again)
  expect(again.device.view.where(visit, 'customerId', customerId)).toEqual([])
  again.close()
  origin.isOnline = false
  const third = await origin.open()
  await complete(third)
  expect(third.device.view.where(visit, 'customerId', customerId)).toEqual([])
  expect(third.device.view.all(visit)).toHaveLength(27)
})

test('a tab that slept while another packed the journal away comes to the same rows', async () => {
  const { world, origin, tab } = await ready()
  const asleep = await origin.open()
  await complete(asleep)
  const ears = asleep.listeners.splice(0)
  const visitId = world.visitIds[0] ?? ''
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: '新目标' } })
  await tab.device.sync()
  await folded(origin)
  asleep.listeners.push(...ears)
  asleep.hear('changed')
  await until(() => asleep.device.view.get(visit, visitId)?.objective === '新目标')
  expect(contents(asleep)).toEqual(contents(tab))
})

test('a chunk that cannot be read is fetched again; unsent work is still there', async () => {
  const { world, origin, tab } = await ready()
  await folded(origin)
  origin.isOnline = false
  const visitId = world.visitIds[0] ?? ''
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: '新目标' } })
  tab.kill()
  await spoil(origin)
  origin.isOnline = true
  const again = await origin.open()
  expect(again.device.status().pending).toHaveLength(1)
  await again.device.sync()
  await complete(again)
  expect(again.device.view.all(visit)).toHaveLength(30)
  expect(again.device.view.get(visit, visitId)?.objective).toBe('新目标')
  expect(origin.errors).toHaveLength(1)
})

test('while the disk fails an act is shown as not saved, and it is saved once the disk is back', async () => {
  const { world, origin, tab } = await ready()
  const visitId = world.visitIds[0] ?? ''
  origin.isDiskBroken = true
  tab.loseDisk()
  let isSaved = false
  const saving = tab.device.mutate(editVisit, { id: visitId, changes: { objective: '新目标' } })
  void saving.then(() => {
    isSaved = true
  })
  await until(() => tab.device.status().isDiskFailing)
  expect(tab.device.view.get(visit, visitId)?.objective).toBe('新目标')
  expect(tab.device.status().pending).toMatchObject([{ state: 'saving' }])
  expect(isSaved).toBe(false)
  origin.isDiskBroken = false
  world.advance(5000)
  tab.fireTimers()
  await saving
  await tab.device.sync()
  expect(tab.device.status()).toMatchObject({ isDiskFailing: false, pending: [] })
  expect(await world.server.effects()).toHaveLength(1)
})

test('a database that the browser closes under the app is opened again without a word', async () => {
  const { world, tab } = await ready()
  tab.loseDisk()
  const change = { id: world.visitIds[0] ?? '', changes: { objective: '新目标' } }
  await tab.device.mutate(editVisit, change)
  await tab.device.sync()
  expect(tab.device.status()).toMatchObject({ isDiskFailing: false, pending: [] })
})

test('after an update with a new column old rows are shown with it empty until the server has sent it', async () => {
  const { world, origin, tab } = await ready()
  await folded(origin)
  origin.isOnline = false
  const visitId = world.visitIds[0] ?? ''
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: '新目标' } })
  tab.close()
  const { customer: _, ...others } = Object.fromEntries(registry.entities)
  const { name, about, read, fields } = customer
  const widened = entity(name, {
    about,
    scope: { by: 'id' },
    read,
    fields: { ...fields, nickname: maybe(text({ max: 40 })) },
  })
  const updated = registryOf([widened, ...Object.values(others)], [...registry.mutations.values()])
  const upgraded = new Map([['customer', (row: AnyRow) => ({ ...row, nickname: `老${row.name}` })]])
  const again = await origin.open({ registry: updated, upgrades: upgraded })
  await until(() => again.device.view.all(widened).length === 10)
  expect(again.device.view.all(widened).map(({ nickname }) => nickname)[0]).toBe('老演示客户0')
  expect(again.device.status().pending).toHaveLength(1)
  await until(() => again.device.view.get(visit, visitId)?.objective === '新目标')
  // The server speaks the new columns too.
  origin.options.server.pull = wider(world)
  origin.isOnline = true
  await again.device.sync()
  await complete(again)
  expect(again.device.view.all(widened).map(({ nickname }) => nickname)[0]).toBe('小名')
  expect(again.device.status().pending).toEqual([])
  expect(origin.pulls.filter(({ cursor, resume }) => cursor === 0 && resume === undefined)).toHaveLength(2)
})

test('a server whose program has gained, moved or lost columns is read by their names', async () => {
  const { world, origin, tab } = await ready()
  const customerId = world.customerIds[0] ?? ''
  const plain = world.server.pull.bind(world.server)
  origin.options.server.pull = async (person, request) => otherwise(await plain(person, request))
  await world.server.act(world.manager, 'customer.edit', { id: customerId, changes: { specialty: '介入' } })
  const before = tab.device.view.get(customer, customerId)
  await tab.device.sync()
  await complete(tab)
  const after = tab.device.view.get(customer, customerId)
  expect(after).toEqual({ ...before, specialty: '介入', updatedBy: world.manager.userId, role: null })
  tab.kill()
  origin.isOnline = false
  const again = await origin.open()
  await complete(again)
  // From the page as it came, which lies on the disk.
  expect(again.device.view.get(customer, customerId)).toEqual(after)
})

/** As a newer server writes customers: one column more in front, the others the other way round, one no more. */
function otherwise(page: PullPage): PullPage {
  const known = page.columns.customer ?? []
  const columns = ['stars', ...known.filter((name) => name !== 'role').reverse()]
  const rows = page.rows.map((row): PulledRow => {
    const [name, id, seq, scope, values] = row
    if (name !== 'customer' || !values) return row
    return [name, id, seq, scope, columns.map((column) => values[known.indexOf(column)] ?? null)]
  })
  return { ...page, rows, columns: { ...page.columns, customer: columns } }
}

test('entities and columns that this program does not know come to it when it is updated', async () => {
  const world = new SmallWorld({ customers: 4 })
  const origin = world.origin(world.reps[0])
  const { customer: _, ...others } = Object.fromEntries(registry.entities)
  const older = registryOf(Object.values(others), [])
  const tab = await origin.open({ registry: older })
  await tab.device.sync()
  expect(origin.errors).toEqual([])
  expect(tab.device.view.all(customer)).toEqual([])
  expect(tab.device.view.all(visit)).toHaveLength(4)
  tab.close()
  const again = await origin.open()
  await again.device.sync()
  expect(again.device.view.all(customer)).toHaveLength(2)
})

function wider(world: SmallWorld): SmallWorld['server']['pull'] {
  const pull = world.server.pull.bind(world.server)
  return async (person, request) => {
    const page = await pull(person, request)
    const rows = page.rows.map(([name, id, seq, scope, values]) =>
      name === 'customer' && values
        ? ([name, id, seq, scope, [...values, '小名']] as const)
        : ([name, id, seq, scope, values] as const),
    )
    const { customer: columns, ...others } = page.columns
    return { ...page, rows, columns: { ...others, ...(columns && { customer: [...columns, 'nickname'] }) } }
  }
}

async function ready() {
  const world = new SmallWorld({ customers: 20, visitsEach: 3 })
  const origin = world.origin(world.reps[0])
  const tab = await origin.open(foldSoon)
  await tab.device.sync()
  await complete(tab)
  return { world, origin, tab }
}

function contents({ device }: Tab): readonly string[] {
  return [customer, visit]
    .flatMap((of) => device.view.all<typeof customer | typeof visit>(of).map((row) => JSON.stringify(row)))
    .sort()
}

async function complete({ device }: Tab): Promise<void> {
  await until(() => device.status().loading === 'complete')
}

async function folded(origin: Origin): Promise<void> {
  await until(async () => (await countOf(origin, 'journal')) === 0 && (await countOf(origin, 'chunk')) > 0)
}

async function countOf(origin: Origin, store: string): Promise<number> {
  return origin.onDisk(store, 'readonly', (of) => of.count())
}

async function spoil(origin: Origin): Promise<void> {
  await origin.onDisk('chunk', 'readwrite', (of) =>
    of.put({ key: '1:customer:0', entity: 'customer', schema: 0, blob: new Uint8Array(40) }),
  )
}

import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { customer } from '#features/customers/customer.entity.ts'
import { editCustomer, removeCustomer } from '#features/customers/customer.mutations.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { completeVisit, editVisit } from '#features/visits/visit.mutations.ts'
import { type Tab, until } from '#tests/kit/device-origin.ts'
import { SmallWorld } from '#tests/kit/small-world.ts'

const [first, second] = ['第一', '第二'] as const

test('a device that is opened for the first time fetches what its member may see, page by page', async () => {
  const world = new SmallWorld()
  const { device } = await world.origin(world.reps[0]).open()
  await device.sync()
  expect(device.view.all(customer).map(({ id }) => id)).toEqual([world.customerIds[0], world.customerIds[2]])
  expect(device.view.all(visit)).toHaveLength(4)
  expect(device.status()).toMatchObject({ connection: 'online', loading: 'complete' })
})

test('an act shows at once, is saved before it is said to be, and counts once', async () => {
  const { world, tab, visitId } = await ready()
  const saving = tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  expect(tab.device.view.get(visit, visitId)?.objective).toBe(first)
  expect(tab.device.status().pending).toMatchObject([{ state: 'saving' }])
  await saving
  expect(tab.device.status().pending[0]?.n).toBe(1)
  await tab.device.sync()
  expect(tab.device.status().pending).toEqual([])
  expect(tab.device.view.get(visit, visitId)?.objective).toBe(first)
  expect(await world.server.effects()).toHaveLength(1)
})

test('what was done offline is there after the app was killed, and reaches the server in order', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: second } })
  tab.kill()
  const { device } = await origin.open()
  await filled(device)
  expect(device.view.get(visit, visitId)?.objective).toBe(second)
  origin.isOnline = true
  await device.sync()
  const effects = await world.server.effects()
  expect(effects.map(({ n }) => n)).toEqual([1, 2])
  expect(device.status()).toMatchObject({ pending: [], refused: [] })
})

test('an answer that is lost is asked for again and counts once', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await tab.device.sync()
  origin.isOnline = true
  origin.fault = 'answer-lost'
  await tab.device.sync()
  expect(tab.device.status().connection).toBe('unreachable')
  expect(await world.server.effects()).toHaveLength(1)
  await tab.device.sync()
  expect(tab.device.status()).toMatchObject({ connection: 'online', pending: [] })
  expect(await world.server.effects()).toHaveLength(1)
})

test('an act says what its author saw and which acts it stands on', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: second } })
  const sent: unknown[] = []
  const push = world.server.push.bind(world.server)
  world.server.push = (person, request) => {
    sent.push(...request.mutations)
    return push(person, request)
  }
  origin.isOnline = true
  await tab.device.sync()
  const key = `visit:${visitId}`
  expect(sent).toMatchObject([
    { n: 1, deps: [], base: { [key]: { objective: '最初' } } },
    { n: 2, deps: [1], base: { [key]: { objective: first } } },
  ])
})

test('a refused act keeps its input until it is mended or given up', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await world.server.act(world.manager, 'visit.cancel', { id: visitId, reason: null })
  const customerId = world.customerIds[0] ?? ''
  await world.server.align(customerId, world.reps[1].userId)
  origin.isOnline = true
  await tab.device.sync()
  expect(tab.device.status().refused).toMatchObject([
    { n: 1, name: 'visit.edit', code: 'not_found', args: { id: visitId, changes: { objective: first } } },
  ])
  expect(tab.device.view.get(visit, visitId)).toBeUndefined()
  tab.kill()
  const again = await origin.open()
  expect(again.device.status().refused).toHaveLength(1)
  const other = world.visitIds[4] ?? ''
  await filled(again.device)
  await again.device.resend(1, { id: other, changes: { objective: first } })
  await again.device.sync()
  expect(again.device.status()).toMatchObject({ refused: [], pending: [] })
  expect(again.device.view.get(visit, other)?.objective).toBe(first)
})

test('what is discarded stays discarded', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await world.server.align(world.customerIds[0] ?? '', world.reps[1].userId)
  origin.isOnline = true
  await tab.device.sync()
  await tab.device.discard(1)
  expect(tab.device.status().refused).toEqual([])
  tab.kill()
  expect((await origin.open()).device.status().refused).toEqual([])
})

test('the device refuses at once what the mutation refuses, and keeps nothing', async () => {
  const { tab, visitId, world } = await ready()
  await expect(
    tab.device.mutate(completeVisit, {
      id: visitId,
      ...{ channel: 'phone', startsAt: '2027-01-01T00:00:00.000Z', minutes: 10, result: null, note: null },
      commitments: [],
    }),
  ).rejects.toThrow('visit.')
  await expect(tab.device.mutate(removeCustomer, { id: world.customerIds[0] ?? '' })).rejects.toThrow(
    'customer.has_history',
  )
  expect(tab.device.status().pending).toEqual([])
  expect(tab.device.view.get(visit, visitId)?.status).toBe('planned')
})

test('tabs see each other’s work and number it in one row', async () => {
  const { world, origin, tab, visitId } = await ready()
  const other = await origin.open()
  origin.isOnline = false
  await Promise.all([
    tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } }),
    other.device.mutate(editCustomer, { id: world.customerIds[0] ?? '', changes: { specialty: second } }),
  ])
  await until(() => [tab, other].every(({ device }) => device.status().pending.length === 2))
  for (const { device } of [tab, other]) {
    expect(device.view.get(visit, visitId)?.objective).toBe(first)
    expect(device.view.get(customer, world.customerIds[0] ?? '')?.specialty).toBe(second)
    expect(device.status().pending.map(({ n }) => n)).toEqual([1, 2])
  }
  tab.kill()
  origin.isOnline = true
  await other.device.sync()
  expect(await world.server.effects()).toHaveLength(2)
})

test('a customer that changes hands leaves one device and comes to the other with all that hangs on him', async () => {
  const { world, tab } = await ready()
  const customerId = world.customerIds[0] ?? ''
  const { device: other } = await world.origin(world.reps[1]).open()
  await other.sync()
  await world.server.align(customerId, world.reps[1].userId)
  await tab.device.sync()
  await other.sync()
  expect(tab.device.view.get(customer, customerId)).toBeUndefined()
  expect(tab.device.view.where(visit, 'customerId', customerId)).toEqual([])
  expect(other.view.where(visit, 'customerId', customerId)).toHaveLength(2)
})

test('a server restored from an older backup gets what it has lost, under a new name of the device', async () => {
  const { world, origin, tab, visitId } = await ready()
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await tab.device.sync()
  world.server.forgetDevices()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: second } })
  origin.isOnline = true
  await tab.device.sync()
  expect(tab.device.status()).toMatchObject({ pending: [], refused: [], connection: 'online' })
  const effects = await world.server.effects()
  expect(new Set(effects.map(({ device }) => device)).size).toBe(2)
  expect(effects.map(({ n }) => n)).toEqual([1, 1])
})

test('signing out leaves nothing that can be read, in any tab', async () => {
  const { origin, tab } = await ready()
  const other = await origin.open()
  await tab.device.signOut()
  await until(() => other.events.length > 0)
  for (const { device } of [tab, other]) {
    expect(device.view.all(visit)).toEqual([])
    expect(device.status()).toMatchObject({ isLocked: true, pending: [] })
  }
  expect(other.events).toHaveLength(1)
  expect(await origin.indexedDB.databases()).toEqual([])
})

test('nothing on the disk can be read without the key', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: '秘密的目标' } })
  const found = await everythingOn(origin.indexedDB)
  expect(found.length).toBeGreaterThan(2)
  const texts = found.map((bytes) => new TextDecoder().decode(bytes))
  for (const word of ['秘密的目标', '演示客户', world.customerIds[0] ?? '?', 'objective']) {
    expect(texts.filter((text) => text.includes(word))).toEqual([])
  }
})

/** A rep's device that has everything. */
async function ready() {
  const world = new SmallWorld()
  const origin = world.origin(world.reps[0])
  const tab = await origin.open()
  await tab.device.sync()
  return { world, origin, tab, visitId: world.visitIds[0] ?? '' }
}

async function filled(device: Tab['device']): Promise<void> {
  await until(() => device.status().loading !== 'filling')
}

async function everythingOn(factory: IDBFactory): Promise<Uint8Array[]> {
  const [info] = await factory.databases()
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open(info?.name ?? '')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const blobs: Uint8Array[] = []
  for (const store of ['chunk', 'journal', 'outbox', 'needs']) {
    const request = database.transaction(store).objectStore(store).getAll()
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    for (const record of request.result)
      blobs.push(record.blob, new TextEncoder().encode(JSON.stringify({ ...record, blob: null })))
  }
  database.close()
  return blobs
}

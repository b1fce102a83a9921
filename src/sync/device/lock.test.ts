import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { Refused } from '#core/refused.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { editVisit, planVisit } from '#features/visits/visit.mutations.ts'
import { type Origin, type Tab, until } from '#tests/kit/device-origin.ts'
import { SmallWorld } from '#tests/kit/small-world.ts'

const day = 86_400_000
const first = '第一'

test('after the lease nothing can be read or done, in any tab, and the key is gone from this device', async () => {
  const { world, origin, tab, visitId } = await ready()
  const other = await origin.open()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  await tab.device.keepDraft('report', { note: '还没写完' })
  world.advance(8 * day)
  tab.fireTimers()
  await until(() => other.events.length > 0 && tab.events.length > 0)
  for (const each of [tab, other]) {
    expect(each.device.status()).toMatchObject({ isLocked: true, pending: [] })
    expect(each.device.view.all(visit)).toEqual([])
    expect(each.device.draft('report')).toBeNull()
    await expect(each.device.mutate(planVisit, newVisit(world))).rejects.toThrow('device.locked')
    await expect(each.device.keepDraft('report', 1)).rejects.toThrow('device.locked')
  }
  expect(tab.events).toEqual([`locked ${world.reps[0].userId}`])
  expect(await origin.canStillRead()).toBe(false)
  await expect(origin.open({ unlock: null })).rejects.toThrow('device.locked')
})

test('what was done before the lease ran out waits, sealed, and is sent once after the next sign-in', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  world.advance(8 * day)
  tab.fireTimers()
  await until(() => tab.events.length > 0)
  origin.isOnline = true
  const again = await origin.open({ lease: leaseFrom(world) })
  expect(again.device.status().pending).toHaveLength(1)
  await again.device.sync()
  expect(again.device.status()).toMatchObject({ pending: [], refused: [], isLocked: false })
  expect(again.device.view.get(visit, visitId)?.objective).toBe(first)
  expect(await world.server.effects()).toHaveLength(1)
})

test('without the server’s word a device opens as long as its lease runs, and locks when it ran out while closed', async () => {
  const { world, origin, tab } = await ready()
  tab.close()
  origin.isOnline = false
  world.advance(6 * day)
  const again = await origin.open({ unlock: null })
  expect(again.device.status().isLocked).toBe(false)
  again.close()
  world.advance(2 * day)
  await expect(origin.open({ unlock: null })).rejects.toThrow('device.locked')
  expect(await origin.canStillRead()).toBe(false)
})

test('a clock that is set back makes a lease no longer, while the app is open or over a restart', async () => {
  const { world, origin, tab } = await ready()
  origin.isOnline = false
  for (let passed = 0; passed < 6; passed += 1) {
    world.advance(day)
    // The clock on the wall stands still.
    origin.skew -= day
    tab.fireTimers()
  }
  expect(tab.device.status().isLocked).toBe(false)
  await until(async () => (await grantOf(origin)).used > 5 * day)
  tab.close()
  origin.skew -= 30 * day
  const again = await origin.open({ unlock: null })
  expect(again.device.status().isLocked).toBe(false)
  world.advance(2 * day)
  again.fireTimers()
  await until(() => again.events.length > 0)
  expect(again.device.status().isLocked).toBe(true)
})

test('a renewed lease counts from the server’s clock, however far this one is off', async () => {
  const { world, origin, tab } = await ready()
  origin.skew = 400 * day
  world.advance(1000)
  tab.device.renewLease(leaseFrom(world))
  world.advance(6 * day)
  tab.fireTimers()
  expect(tab.device.status().isLocked).toBe(false)
  world.advance(2 * day)
  tab.fireTimers()
  await until(() => tab.device.status().isLocked)
})

test('a tab whose lease has run out goes on when another tab has just signed in', async () => {
  const { world, origin, tab, visitId } = await ready()
  world.advance(8 * day)
  const other = await origin.open({ lease: leaseFrom(world) })
  tab.fireTimers()
  await until(() => !tab.device.status().isLocked && tab.device.view.all(visit).length > 0)
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  expect([tab.events, other.events]).toEqual([[], []])
})

test('a session that is over locks the device at the next contact', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  const push = world.server.push.bind(world.server)
  world.server.push = () => Promise.reject(new Refused('session.required'))
  origin.isOnline = true
  await tab.device.sync()
  await until(() => tab.events.length > 0)
  expect(tab.events).toEqual([`signed_out ${world.reps[0].userId}`])
  expect(tab.device.view.all(visit)).toEqual([])
  world.server.push = push
  // A moment later, so that it is another lease.
  world.advance(1000)
  const again = await origin.open({ lease: leaseFrom(world) })
  await again.device.sync()
  expect(await world.server.effects()).toHaveLength(1)
})

test('the device of somebody who has left hands in what he did and forgets everything, in every tab', async () => {
  const { world, origin, tab, visitId } = await ready()
  const other = await origin.open()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  world.server.pull = () => Promise.reject(new Refused('member.inactive'))
  origin.isOnline = true
  await tab.device.sync()
  await until(async () => (await origin.indexedDB.databases()).length === 0)
  expect(await world.server.effects()).toHaveLength(1)
  expect(tab.events).toEqual([`left ${world.reps[0].userId}`])
  await until(() => other.events.length > 0)
  for (const { device } of [tab, other]) {
    expect(device.view.all(visit)).toEqual([])
    expect(device.status()).toMatchObject({ isLocked: true, pending: [] })
  }
})

test('a program that the server no longer follows says so and keeps what is unsent', async () => {
  const { world, origin, tab, visitId } = await ready()
  origin.isOnline = false
  await tab.device.mutate(editVisit, { id: visitId, changes: { objective: first } })
  const push = world.server.push.bind(world.server)
  let asked = 0
  world.server.push = () => {
    asked += 1
    return Promise.reject(new Refused('app.outdated', { oldest: 2 }))
  }
  origin.isOnline = true
  await tab.device.sync()
  expect(tab.device.status()).toMatchObject({ connection: 'outdated', isLocked: false, refused: [] })
  expect(tab.device.status().pending).toMatchObject([{ n: 1, state: 'saved' }])
  expect(asked).toBe(1)
  tab.kill()
  world.server.push = push
  const updated = await origin.open()
  await updated.device.sync()
  expect(updated.device.status()).toMatchObject({ connection: 'online', pending: [] })
  expect(await world.server.effects()).toHaveLength(1)
})

test('a draft is there again after the tab was killed, in every tab the last one, and gone once it is given up', async () => {
  const { origin, tab } = await ready()
  const other = await origin.open()
  await tab.device.keepDraft('report', { note: '一' })
  await tab.device.keepDraft('other', { note: '别的' })
  await until(() => other.device.draft('report') !== null)
  await other.device.keepDraft('report', { note: '二' })
  await until(() => JSON.stringify(tab.device.draft('report')) === '{"note":"二"}')
  tab.kill()
  other.kill()
  origin.isOnline = false
  const again = await origin.open({ unlock: null })
  expect(again.device.draft('report')).toEqual({ note: '二' })
  expect(again.device.draft('other')).toEqual({ note: '别的' })
  await again.device.keepDraft('report', null)
  again.kill()
  const third = await origin.open({ unlock: null })
  expect(third.device.draft('report')).toBeNull()
  await third.device.signOut()
  origin.isOnline = true
  expect((await origin.open()).device.draft('other')).toBeNull()
})

test('a draft lies on the disk sealed, its key too', async () => {
  const { origin, tab } = await ready()
  await tab.device.keepDraft('拜访报告', { note: '秘密' })
  const records = await origin.onDisk('draft', 'readonly', (store) => store.getAll())
  expect(records).toHaveLength(1)
  const text = new TextDecoder().decode(records[0].blob) + JSON.stringify({ ...records[0], blob: null })
  expect(text).not.toMatch(/拜访报告|秘密|note/)
})

test('a key that was wrapped with another secret of the server is given up, and the device begins anew', async () => {
  const { world, origin, tab } = await ready()
  world.advance(8 * day)
  tab.fireTimers()
  await until(() => tab.events.length > 0)
  const again = await origin.open({ lease: leaseFrom(world), unlock: '11'.repeat(32) })
  await again.device.sync()
  expect(again.device.view.all(visit)).toHaveLength(4)
  expect(origin.errors.splice(0)).toHaveLength(1)
})

function newVisit(world: SmallWorld) {
  const customerId = world.customerIds[0] ?? ''
  const rest = { ownerId: null, institutionId: null, channel: 'phone', minutes: 10, objective: null } as const
  return { id: world.newId(), customerId, startsAt: '2026-09-01T00:00:00.000Z', ...rest }
}

/** Seven days from now by the server's clock. */
function leaseFrom(world: SmallWorld) {
  const [from, until] = [world.now(), world.now() + 7 * day].map((at) => new Date(at).toISOString())
  return { ...world.leaseOf(world.reps[0]), from: from ?? '', until: until ?? '' }
}

function grantOf(origin: Origin): Promise<{ readonly used: number }> {
  return origin.onDisk('meta', 'readonly', (store) => store.get('grant'))
}

/** A rep's device that has everything, with a lease of seven days. */
async function ready(): Promise<{ world: SmallWorld; origin: Origin; tab: Tab; visitId: string }> {
  const world = new SmallWorld()
  const origin = world.origin(world.reps[0])
  Object.assign(origin.options, { lease: leaseFrom(world) })
  const tab = await origin.open()
  await tab.device.sync()
  return { world, origin, tab, visitId: world.visitIds[0] ?? '' }
}

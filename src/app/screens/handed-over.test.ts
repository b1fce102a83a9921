import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { customerPage } from '#features/customers/customer-page.queries.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { editVisit } from '#features/visits/visit.mutations.ts'
import { SmallWorld } from '#tests/kit/small-world.ts'
import { reader } from '#web/live.tsx'
import { whomOf } from './today.queries.ts'

const now = '2026-08-31T01:00:00.000Z'

test('a customer who is handed over while his page is open leaves every question about him answered by nothing', async () => {
  const { world, origin, device, customerId, visitId } = await opened()
  const asked = [
    reader(device, (view: View) => customerPage(view, customerId, now)),
    reader(device, (view: View) => view.get(visit, visitId) ?? null),
    reader(device, (view: View) => whomOf(view, customerId)),
  ]
  for (const ask of asked) expect(ask()).not.toBeNull()
  await world.server.align(customerId, world.reps[1].userId)
  await device.sync()
  for (const ask of asked) expect(ask()).toBeNull()
  expect(origin.errors).toEqual([])
  await expect(device.mutate(editVisit, { id: visitId, changes: { objective: '迟了' } })).rejects.toThrow(
    'not_found',
  )
})

test('he stays in sight while a whole new picture arrives, and goes with its last page if he is not in it', async () => {
  const { world, device, customerId } = await opened()
  const ask = reader(device, (view: View) => customerPage(view, customerId, now))
  const seen: boolean[] = []
  device.subscribe(() => seen.push(ask() !== null))
  await world.server.changeRights(world.reps[0].userId)
  await device.sync()
  expect(new Set(seen)).toEqual(new Set([true]))
  await world.server.changeRights(world.reps[0].userId)
  await world.server.align(customerId, world.reps[1].userId)
  await device.sync()
  expect(ask()).toBeNull()
  // Gone once, and not back and forth.
  const from = seen.indexOf(false)
  expect(seen.slice(from).every((isThere) => !isThere)).toBe(true)
})

async function opened() {
  const world = new SmallWorld()
  const origin = world.origin(world.reps[0])
  const { device } = await origin.open()
  await device.sync()
  return { world, origin, device, customerId: world.customerIds[0] ?? '', visitId: world.visitIds[0] ?? '' }
}

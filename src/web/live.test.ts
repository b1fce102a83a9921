import { expect, test } from 'vitest'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { createTerritory } from '#features/territories/territory.mutations.ts'
import { fakeDevice } from '#tests/kit/fake-device.ts'
import { reader } from './live.tsx'

const lease = {
  orgId: 'org',
  orgName: 'Org',
  userId: 'me',
  name: 'Me',
  email: 'me@example.org',
  roles: ['admin'],
  from: '2098-12-25T00:00:00.000Z',
  until: '2099-01-01T00:00:00.000Z',
  pass: 'demo',
} as const

const id = '019ab000-0000-7000-8000-000000000001'

test('a query is asked again when an entity it touched has changed, and only then', async () => {
  const device = fakeDevice({ lease, rows: [] })
  let asked = 0
  const names = (view: View) => {
    asked += 1
    return view.all(territory).map(({ name }) => name)
  }
  const read = reader(device, names)
  const people = reader(device, (view) => view.all(member))
  const [first, others] = [read(), people()]
  expect(read()).toBe(first)
  expect(asked).toBe(1)
  await device.mutate(createTerritory, { id, name: 'North', parentId: null })
  expect(read()).toEqual(['North'])
  expect(asked).toBe(2)
  expect(people()).toBe(others)
})

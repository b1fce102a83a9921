// Stories that once broke an invariant, kept as small as they became.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { tick, until } from '../kit/device-origin.ts'
import { SmallWorld } from '../kit/small-world.ts'

test('signing out in the middle of folding the journal is no fault', async () => {
  const world = new SmallWorld()
  const origin = world.origin(world.reps[0])
  let whenSealed: () => void = () => undefined
  const subtle = new Proxy(crypto.subtle, {
    get(target, name) {
      if (name === 'encrypt') whenSealed()
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const watched = new Proxy(crypto, {
    get(target, name) {
      const value: unknown = name === 'subtle' ? subtle : Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const tab = await origin.open({ crypto: watched, foldAt: { records: 1000, bytes: 1_000_000 } })
  await tab.device.sync()
  tab.close()
  const again = await origin.open({ crypto: watched, foldAt: { records: 0, bytes: 1_000_000 } })
  await until(() => again.device.status().loading === 'complete')
  let hasSignedOut = false
  // Nothing waits to be sent, so the next thing to be sealed is a chunk.
  whenSealed = () => {
    if (hasSignedOut) return
    hasSignedOut = true
    void again.device.signOut()
  }
  await again.device.sync()
  await until(() => hasSignedOut)
  for (let turn = 0; turn < 100; turn += 1) await tick()
  expect(origin.errors).toEqual([])
})

// Stories that once broke an invariant, kept as small as they became.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { tick, until } from '../kit/device-origin.ts'
import { SmallWorld } from '../kit/small-world.ts'

test('signing out in the middle of folding the journal is no fault', async () => {
  const world = new SmallWorld()
  const origin = world.origin(world.reps[0])
  let beforeSealing: () => Promise<void> = async () => undefined
  const encrypt: SubtleCrypto['encrypt'] = async (...given) => {
    await beforeSealing()
    return crypto.subtle.encrypt(...given)
  }
  const watched = changed(crypto, { subtle: changed(crypto.subtle, { encrypt }) })
  const tab = await origin.open({ foldAt: { records: 1000, bytes: 1_000_000 } })
  await tab.device.sync()
  tab.close()
  const again = await origin.open({ crypto: watched, foldAt: { records: 0, bytes: 1_000_000 } })
  let sealed = 0
  let hasSignedOut = false
  // Nothing waits to be sent, so what is sealed next are chunks: customers, then visits in more than one.
  beforeSealing = async () => {
    sealed += 1
    if (sealed !== 2) return
    await again.device.signOut()
    hasSignedOut = true
  }
  await again.device.sync()
  await until(() => hasSignedOut)
  for (let turn = 0; turn < 100; turn += 1) await tick()
  expect(origin.errors).toEqual([])
})

/** The same with some of its parts replaced. */
function changed<T extends object>(target: T, parts: Partial<T>): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in parts) return Reflect.get(parts, name)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

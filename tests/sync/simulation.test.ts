import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ServerBug } from '../kit/memory-server.ts'
import { SmallWorld } from '../kit/small-world.ts'
import { appNow } from '../kit/two-apps.ts'
import { Violation } from './evidence.ts'
import { type DeviceBug, Simulation } from './simulation.ts'
import { anyStep, type Step } from './steps.ts'

const runs = Number(process.env.SYNC_RUNS ?? 200)
const seed = Number(process.env.SYNC_SEED ?? Date.now() % 2 ** 31)
/** To begin with the story that failed, as fast-check names it. */
const from = process.env.SYNC_PATH === undefined ? {} : { path: process.env.SYNC_PATH }

test(`devices and server agree after ${runs} random stories (SYNC_SEED=${seed})`, {
  timeout: 3_600_000,
}, async () => {
  let deeds = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60 }), async (steps) => {
      const simulation = new Simulation(new SmallWorld({ registry: appNow.registry }))
      await simulation.run(steps)
      deeds += simulation.deeds
    }),
    { numRuns: runs, seed, ...from, endOnFailure: false },
  )
  expect(deeds).toBeGreaterThan(runs)
})

const bugs: readonly (readonly [what: string, bug: ServerBug | DeviceBug, invariants: readonly string[]])[] =
  [
    ['a server that counts repeats', 'repeats-count', ['I1']],
    ['an act that is settled by the answer', 'answer-settles', ['I5']],
    ['a number taken before a late commit', 'late-number', ['I2']],
    ['entering a scope without its old rows', 'entering-sends-nothing', ['I2']],
    ['leaving a scope without a word', 'leaving-sends-nothing', ['I2', 'I4']],
    ['saying saved before the disk has it', 'saved-too-early', ['I3', 'I6']],
    ['a last write that wins blindly', 'last-write-wins', ['I3']],
    ['a cursor that goes back', 'cursor-goes-back', ['I7']],
    ['a refusal that is not kept', 'refusals-vanish', ['I3']],
    ['a sign-out that only closes', 'sign-out-only-closes', ['I8']],
  ]

test.each(bugs)('finds %s', { timeout: 120_000 }, async (_, bug, invariants) => {
  const stories = fc.sample(fc.array(anyStep, { minLength: 30, maxLength: 60 }), { numRuns: 100, seed })
  const found = await isBrokenBy(stories, invariants, () =>
    isOfDevice(bug)
      ? new Simulation(new SmallWorld({ registry: appNow.registry }), bug)
      : new Simulation(new SmallWorld({ bug, registry: appNow.registry })),
  )
  expect(found, `no story broke ${invariants}`).toBe(true)
})

/** Whether one of these invariants breaks in one of the stories. */
async function isBrokenBy(
  stories: readonly (readonly Step[])[],
  invariants: readonly string[],
  make: () => Simulation,
): Promise<boolean> {
  for (const story of stories) {
    try {
      await make().run(story)
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      if (invariants.includes(error.invariant)) return true
    }
  }
  return false
}

function isOfDevice(bug: ServerBug | DeviceBug): bug is DeviceBug {
  return ['answer-settles', 'saved-too-early', 'sign-out-only-closes', 'refusals-vanish'].includes(bug)
}

import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ServerBug } from '../kit/memory-server.ts'
import { SmallWorld } from '../kit/small-world.ts'
import { type DeviceBug, Simulation, type Step, Violation } from './simulation.ts'
import { anyStep } from './steps.ts'

const runs = Number(process.env.SYNC_RUNS ?? 200)
const seed = Number(process.env.SYNC_SEED ?? Date.now() % 2 ** 31)

test(`devices and server agree after ${runs} random stories (SYNC_SEED=${seed})`, {
  timeout: 3_600_000,
}, async () => {
  let deeds = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60 }), async (steps) => {
      const simulation = new Simulation(new SmallWorld())
      await simulation.run(steps)
      deeds += simulation.deeds
    }),
    { numRuns: runs, seed, endOnFailure: false },
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
    ['a sign-out that only closes', 'sign-out-only-closes', ['I8']],
  ]

test.each(bugs)('finds %s', { timeout: 120_000 }, async (_, bug, invariants) => {
  const isOfDevice = bug === 'answer-settles' || bug === 'saved-too-early' || bug === 'sign-out-only-closes'
  const stories = fc.sample(fc.array(anyStep, { minLength: 30, maxLength: 60 }), { numRuns: 100, seed })
  const found = await firstViolation(stories, () =>
    isOfDevice ? new Simulation(new SmallWorld(), bug) : new Simulation(new SmallWorld({ bug })),
  )
  expect(invariants).toContain(found)
})

async function firstViolation(
  stories: readonly (readonly Step[])[],
  make: () => Simulation,
): Promise<string | null> {
  for (const story of stories) {
    try {
      await make().run(story)
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      return error.invariant
    }
  }
  return null
}

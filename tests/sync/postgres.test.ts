import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshDatabase } from '../kit/postgres.ts'
import { PostgresWorld } from '../kit/postgres-world.ts'
import { Simulation } from './simulation.ts'
import { anyStep } from './steps.ts'

const database = await freshDatabase()
const runs = Number(process.env.SYNC_POSTGRES_RUNS ?? process.env.SYNC_RUNS ?? 100)
const seed = Number(process.env.SYNC_SEED ?? Date.now() % 2 ** 31)
/** To begin with the story that failed, as fast-check names it. */
const from = process.env.SYNC_PATH === undefined ? {} : { path: process.env.SYNC_PATH }

test(`devices and the real server agree after ${runs} random stories (SYNC_SEED=${seed})`, {
  timeout: 7_200_000,
}, async () => {
  let deeds = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60 }), async (steps) => {
      const simulation = new Simulation(await PostgresWorld.open(database))
      await simulation.run(steps)
      deeds += simulation.deeds
    }),
    // How transactions interleave differs from run to run: a shorter story need not fail the same way.
    { numRuns: runs, seed, ...from, endOnFailure: true },
  )
  expect(deeds).toBeGreaterThan(runs)
})

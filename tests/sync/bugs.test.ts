// Each invariant notices the bug that it is there for, put into the real server half or around the real device half.
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshDatabase } from '../kit/postgres.ts'
import { PostgresWorld } from '../kit/postgres-world.ts'
import { serverBugs } from '../kit/server-bugs.ts'
import { Violation } from './evidence.ts'
import { type DeviceBug, Simulation } from './simulation.ts'
import { anyStep, type Step } from './steps.ts'

const database = await freshDatabase()
// Always the same stories unless others are asked for: a bug that is found once is found every time.
const seed = Number(process.env.SYNC_SEED ?? 20_261_123)
/** Most stories that a bug may survive. */
const mostStories = 200

type Bug = keyof typeof serverBugs | DeviceBug

const bugs: readonly (readonly [what: string, bug: Bug, invariants: readonly string[]])[] = [
  ['a server that counts repeats', 'repeats-count', ['I1']],
  ['a number taken before a late commit', 'late-number', ['I2']],
  ['entering a scope without its old rows', 'entering-sends-nothing', ['I2']],
  ['leaving a scope without a word', 'leaving-sends-nothing', ['I2', 'I4']],
  ['a last write that wins blindly', 'last-write-wins', ['I3']],
  ['a refusal that is not kept', 'refusals-vanish', ['I3']],
  ['a row from beyond one’s sight', 'sight-too-wide', ['I4']],
  ['an act that is settled by the answer', 'answer-settles', ['I5']],
  ['saying saved before the disk has it', 'saved-too-early', ['I6']],
  ['a cursor that goes back', 'cursor-goes-back', ['I7']],
  ['a sign-out that only closes', 'sign-out-only-closes', ['I8']],
  ['an audit that was rewritten', 'audit-rewritten', ['audit']],
]

test.each(bugs)('over Postgres finds %s', { timeout: 600_000 }, async (_, bug, invariants) => {
  const stories = fc.sample(fc.array(anyStep, { minLength: 30, maxLength: 60 }), {
    numRuns: mostStories,
    seed,
  })
  const others: string[] = []
  for (const story of stories) {
    const broken = await brokenBy(bug, story)
    if (broken !== null && invariants.includes(broken)) return
    if (broken !== null) others.push(broken)
  }
  expect.fail(`${mostStories} stories (SYNC_SEED=${seed}) broke ${others} and never ${invariants}`)
})

/** The invariant that breaks first; null when all hold. */
async function brokenBy(bug: Bug, story: readonly Step[]): Promise<string | null> {
  const world = await PostgresWorld.open(database, isOfServer(bug) ? serverBugs[bug] : undefined)
  try {
    await new Simulation(world, isOfServer(bug) ? undefined : bug).run(story)
    return null
  } catch (error) {
    if (error instanceof Violation) return error.invariant
    throw error
  }
}

function isOfServer(bug: Bug): bug is keyof typeof serverBugs {
  return bug in serverBugs
}

// KILLS=20 for the long proof.
import { expect, test } from 'vitest'
import { proveKills } from '#tests/kit/kill-proof.ts'

const kills = Number(process.env.KILLS ?? 3)

test(`what was acknowledged outlives ${kills} kills of the server and ${kills} of Postgres, exactly once`, {
  timeout: 3_600_000,
}, async () => {
  const figures = await proveKills(kills)
  process.stdout.write(`kills: ${JSON.stringify(figures)}\n`)
  expect(figures.faults).toEqual([])
  expect(figures).toMatchObject({ serverKills: kills, postgresKills: kills })
  // A kill that hit nothing on its way proves nothing.
  expect(figures.unansweredBatches).toBeGreaterThan(0)
  expect(figures.acknowledged).toBeGreaterThan(kills)
})

import { expect, test } from 'vitest'
import { sumOf, tallyOf } from './tally.js'

const file = (status, ...statuses) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
})

test('tests are counted by how they ended', () => {
  const report = {
    testResults: [file('passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'todo')],
  }
  expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 })
})

test('a file that could not be loaded counts as failed', () => {
  const report = { testResults: [file('passed', 'passed'), file('failed')] }
  expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('a run without a report, or that ended badly although its tests passed, counts as failed', () => {
  expect(tallyOf(null, 1).failed).toBe(1)
  expect(tallyOf(null, null).failed).toBe(1)
  expect(tallyOf({ testResults: [file('passed', 'passed')] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  })
})

test('the sum is over all runs', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sumOf([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})

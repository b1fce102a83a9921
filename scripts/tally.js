// Counts what a test run reported, so that nothing that went wrong can hide behind a sum.

/**
 * The tally of one run, from Vitest's JSON report (null when it wrote none) and its exit code. A file that
 * could not be loaded has no failed tests of its own and counts as one; so does a run that ended badly while
 * all its tests passed.
 */
export function tallyOf(report, exitCode) {
  const tests = (report?.testResults ?? []).flatMap((file) => file.assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const failedTests = tests.filter(({ status }) => status === 'failed').length
  const brokenFiles = (report?.testResults ?? []).filter(isBroken).length
  const failed = failedTests + brokenFiles
  return {
    passed,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: tests.length - passed - failedTests,
  }
}

export function sumOf(tallies) {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')
}

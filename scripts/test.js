// `npm test`: everything there is to check, from a bare clone. Each stage runs even if an earlier one failed;
// the last line counts tests, and each check as one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureChromium } from './chromium.js'
import { ensureInstalled, ROOT } from './install.js'
import { sumOf, tallyOf } from './tally.js'

await ensureInstalled()
const chromium = ensureChromium()
const reports = mkdtempSync(join(tmpdir(), 'rapport-reports-'))

const tallies = [
  check('format and lint', '@biomejs/biome/bin/biome', ['check', '.']),
  check('types', 'typescript/bin/tsc', ['--noEmit']),
  check('dead code', 'knip/bin/knip.js', []),
  tests('pure'),
  tests('slow'),
  tests('db'),
  ...(process.env.TEST_DATABASE_URL ? [tests('db-server')] : []),
  tests('sync'),
]
await ensureBuilt()
tallies.push(tests('e2e'))

rmSync(reports, { recursive: true, force: true })
const { passed, failed, skipped } = sumOf(tallies)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1

function check(title, program, args) {
  const { status } = stage(title, program, args)
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
}

function tests(project) {
  const report = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = stage(`tests: ${project}`, 'vitest/vitest.mjs', [
    'run',
    '--project',
    project,
    ...reporters,
  ])
  return tallyOf(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null, status)
}

function stage(title, program, args) {
  console.log(`\n== ${title}`)
  const begun = Date.now()
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHROMIUM: chromium },
  })
  console.log(
    `== ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - begun) / 1000).toFixed(1)} s`,
  )
  return { status }
}

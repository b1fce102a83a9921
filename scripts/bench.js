// `npm run bench`: how fast it is, as ratios against references measured in the same run. `npm run bench -- pull`
// answers one question. Prints; nothing fails for being slow.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureChromium } from './chromium.js'
import { ensureInstalled, fail, ROOT } from './install.js'

await ensureInstalled()
const known = readdirSync(join(ROOT, 'bench'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
const wanted = process.argv.slice(2)
const questions = known.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
if (questions.length === 0) fail(`There is no such question. Known: ${known.join(', ')}.`)

const chromium = ensureChromium()
await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
const lines = join(folder, 'lines')
try {
  for (const question of questions) ask(question)
  printVerdict()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function ask(question) {
  const [load = 0] = loadavg()
  const cores = availableParallelism()
  const isBusy = load > cores / 2
  console.log(`\n== ${question}`)
  if (isBusy)
    console.log(
      `   (others are at work: load ${load.toFixed(1)} on ${cores} cores; absolute times say little)`,
    )
  const begun = Date.now()
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join('bench', `${question}.ts`)], {
    cwd: ROOT,
    stdio: 'inherit',
    // What is long to make is made once for all questions of this run.
    env: { ...process.env, CHROMIUM: chromium, RAPPORT_BENCH_LINES: lines, RAPPORT_BENCH_FOLDER: folder },
  })
  if (status !== 0) process.exitCode = 1
  console.log(`   ${((Date.now() - begun) / 1000).toFixed(0)} s${status === 0 ? '' : ', broke off'}`)
}

function printVerdict() {
  const all = existsSync(lines) ? readFileSync(lines, 'utf8').trim().split('\n').map(JSON.parse) : []
  const judged = all.filter(({ most, least }) => most !== undefined || least !== undefined)
  const missed = judged.filter(
    ({ figure, most = Number.POSITIVE_INFINITY, least = 0 }) => figure > most || figure < least,
  )
  console.log(`\n${judged.length - missed.length} of ${judged.length} targets met`)
  for (const { what, figure, unit, most, least } of missed) {
    console.log(
      `  missed: ${what}: ${figure.toFixed(2)} ${unit}, target ${most === undefined ? `≥ ${least}` : `≤ ${most}`}`,
    )
  }
}

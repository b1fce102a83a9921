// How fast the device answers, takes in rows and saves, with a whole territory in memory, in Chromium with a
// processor four times slower.
import { openBenchPage } from './kit/bench-page.ts'
import { inDigits, sized, tell, timesOf } from './kit/measure.ts'

const { page, close } = await openBenchPage()
try {
  await page.evaluate(() => window.bench.firstSync())
  await page.evaluate(() => window.bench.openAgain())
  const { busy, whole } = await page.evaluate((rounds) => window.bench.arrivals(rounds), sized(40))
  tell({
    what: '200 rows arrive under four live screens, p95',
    figure: timesOf(busy).p95,
    unit: 'ms',
    most: 16,
    note: `median ${inDigits(timesOf(busy).median)} ms; with encryption and disk in between ${inDigits(timesOf(whole).median)} ms`,
  })
  const kinds = await page.evaluate((rounds) => window.bench.queries(rounds), sized(200))
  for (const [kind, { warm, changed }] of Object.entries(kinds)) {
    const all = timesOf([...warm, ...changed])
    tell({
      what: `${kind}, p95`,
      figure: all.p95,
      unit: 'ms',
      most: 5,
      note: `median ${inDigits(all.median)} ms; the tenth asked right after a change: median ${inDigits(timesOf(changed).median)} ms`,
    })
  }
  const saved = timesOf(await page.evaluate((rounds) => window.bench.saves(rounds), sized(100)))
  tell({
    what: 'saved on this phone, p95',
    figure: saved.p95,
    unit: 'ms',
    most: 60,
    note: `median ${inDigits(saved.median)} ms`,
  })
} finally {
  await close()
}

// The first sync of a territory, whole, encrypted and durable, against fetch + JSON.parse of the same pages; in
// Chromium with a processor four times slower.

import { openBenchPage } from './kit/bench-page.ts'
import { inDigits, tell, timesOf } from './kit/measure.ts'
import type { bench } from './page/page.ts'

type Synced = Awaited<ReturnType<typeof bench.firstSync>>
type Parsed = Awaited<ReturnType<typeof bench.fetchAndParse>>

const rounds = 7

const { page, territory, close } = await openBenchPage()
try {
  const parsed: Parsed[] = []
  const synced: Synced[] = []
  for (let round = -1; round < rounds; round += 1) {
    const plain = await page.evaluate(() => window.bench.fetchAndParse())
    const device = await page.evaluate(() => window.bench.firstSync())
    if (plain.rows < territory.rows || device.rows < territory.rows) {
      throw new Error(`of ${territory.rows} rows came ${plain.rows} and ${device.rows}`)
    }
    if (round < 0) continue
    parsed.push(plain)
    synced.push(device)
  }
  const plain = timesOf(parsed.map(({ ms }) => ms))
  const device = timesOf(synced.map(({ ms }) => ms))
  const usable = timesOf(synced.map((each) => each.usable))
  const { rows = 0, bytes = 0, pages = 0 } = parsed[0] ?? {}
  tell({
    what: 'first sync : fetch + JSON.parse',
    figure: device.median / plain.median,
    unit: '×',
    most: 1.5,
    note: `medians ${inDigits(device.median)} : ${inDigits(plain.median)} ms; ${rows} rows, ${pages} pages, ${inDigits(bytes / 1e6)} M characters`,
  })
  tell({
    what: '  worst pair of rounds',
    figure: Math.max(...synced.map(({ ms }, at) => ms / (parsed[at]?.ms ?? ms))),
    unit: '×',
  })
  tell({ what: '  all that a screen needs first is here', figure: usable.median, unit: 'ms' })
} finally {
  await close()
}

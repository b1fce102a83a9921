// What Lighthouse finds on the sign-in and today pages of the demo, on its own phone: the median of three runs each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse, { type Flags, type RunnerResult } from 'lighthouse'
import { chromium } from 'playwright-core'
import { freePort, startRapport } from '#tests/kit/rapport.ts'

const categories = ['performance', 'accessibility', 'best-practices'] as const
const wanted = 95
const runs = 3

const profile = mkdtempSync(join(tmpdir(), 'rapport-lighthouse-'))
const rapport = await startRapport()
const port = await freePort()
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    `--remote-debugging-port=${port}`,
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ],
  locale: 'zh-CN',
})
try {
  await measure('sign-in', '/sign-in')
  const page = await context.newPage()
  await page.goto(`${rapport.url}/sign-in`)
  await page.getByLabel('邮箱').fill('rep@demo.rapport')
  await page.getByLabel('密码', { exact: true }).fill('rapport-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('已同步').first().waitFor()
  await page.close()
  await measure('today', '/')
} finally {
  await context.close()
  rmSync(profile, { recursive: true, force: true })
  await rapport.dispose()
}

/** Prints the median of each category and what costs points. */
async function measure(name: string, path: string): Promise<void> {
  const results: RunnerResult[] = []
  // A signed-in person keeps his rows: this is how the page opens on a phone in use.
  const flags: Flags = { port, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' }
  while (results.length < runs) {
    const result = await lighthouse(rapport.url + path, flags)
    if (result) results.push(result)
  }
  for (const category of categories) {
    const scores = results.map(({ lhr }) => Math.round((lhr.categories[category]?.score ?? 0) * 100))
    const median = scores.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
    console.log(`${name} ${category} ${median} (${scores.join(', ')}), wanted ${wanted}`)
  }
  const audits = Object.values(results.at(-1)?.lhr.audits ?? {})
  for (const { id, score, displayValue, scoreDisplayMode } of audits) {
    if (score === null || score >= 0.9 || scoreDisplayMode === 'informative') continue
    console.log(`  ${id} ${score} ${displayValue ?? ''}`)
  }
}

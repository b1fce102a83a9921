// The built app on a phone whose processor is four times slower, with a whole territory: opened without a network,
// and under the thumb.
import type { BrowserContext, Page } from 'playwright-core'
import { inDigits, sized, tell, timesOf } from './kit/measure.ts'
import { newPhone, slowDown } from './kit/phone.ts'
import { fillSignIn, goIn, lastTap, openField, watchScreen } from './kit/rep-phone.ts'

const { url, browser, territory, close } = await openField()
try {
  const phone = await newPhone(browser)
  await phone.addInitScript(watchScreen)
  await settleIn(phone)
  await phone.setOffline(true)
  await measureColdStart(phone)
  await measureTaps(phone)
} finally {
  await close()
}

/** Signs in, waits until everything is here and packed, and the files of the app are on the phone. */
async function settleIn(phone: BrowserContext): Promise<void> {
  const page = await phone.newPage()
  await page.goto(`${url}/sign-in`)
  await fillSignIn(page, territory)
  await goIn(page)
  await page.waitForFunction(() => !location.pathname.startsWith('/sign-in'))
  // The list is there, so the device has made its database.
  await page.locator('nav a[href="/customers"]').last().click()
  await page.locator('main a[href^="/customers/"]').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  const name = `rapport-${territory.orgId}-${territory.repId}`
  // Until the journal of the first sync has been folded into chunks, as it is on a phone in use.
  for (let tries = 0; (await chunksOf(page, name)) < 64; tries += 1) {
    if (tries > 120) throw new Error('the first sync was not packed within a minute')
    await page.waitForTimeout(500)
  }
  await page.close()
}

function chunksOf(page: Page, name: string): Promise<number> {
  return page.evaluate(
    (database) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(database)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('chunk').objectStore('chunk').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
    name,
  )
}

async function measureColdStart(phone: BrowserContext): Promise<void> {
  const times: { list: number; script: number }[] = []
  for (let round = -1; round < sized(10); round += 1) {
    const page = await phone.newPage()
    await slowDown(page)
    await page.goto(`${url}/customers`)
    await page.waitForFunction(() => window.seen.listAt !== null, undefined, { timeout: 30_000 })
    const time = await page.evaluate(() => {
      const scripts = performance
        .getEntriesByType('resource')
        .filter(({ name }) => /\/assets\/app-[^/]+\.js$/.test(name))
      // Resource entries are what getEntriesByType('resource') gives.
      const script = Math.max(...scripts.map((each) => (each as PerformanceResourceTiming).responseEnd))
      return { list: window.seen.listAt ?? 0, script }
    })
    await page.close()
    if (round >= 0) times.push(time)
  }
  const ready = timesOf(times.map(({ list, script }) => list - script))
  const all = timesOf(times.map(({ list }) => list))
  tell({
    what: 'opened offline: script here → list painted',
    figure: ready.median,
    unit: 'ms',
    most: 600,
    note: `worst ${inDigits(ready.worst)} ms; from the tap on the icon ${inDigits(all.median)} ms`,
  })
}

async function measureTaps(phone: BrowserContext): Promise<void> {
  const page = await phone.newPage()
  await page.goto(`${url}/`)
  await page.locator('main h1').first().waitFor()
  // The screens are fetched ahead, the rows read.
  await page.waitForTimeout(4000)
  await slowDown(page)
  const acts = await tapsOn(page, sized(15), async () => {
    await page
      .getByRole('button', { name: /^兑现 / })
      .first()
      .click()
  })
  tellTaps('tap on a promise kept → changed screen', acts)
  const tab = (to: string) => page.locator(`nav a[href="${to}"]`).last().click()
  const opened: Tap[] = []
  for (const to of ['/customers', '/plan', '/me', '/']) {
    // The first opening of a screen counts like the others.
    for (let round = 0; round < sized(8); round += 1) {
      await tab(to)
      opened.push(await lastTap(page))
      await page.waitForTimeout(150)
      if (round < sized(8) - 1) {
        await tab(to === '/' ? '/me' : '/')
        await lastTap(page)
        await page.waitForTimeout(150)
      }
    }
  }
  await tab('/customers')
  await lastTap(page)
  const customers: Tap[] = []
  for (let round = 0; round < sized(12); round += 1) {
    await page.waitForTimeout(150)
    await page
      .locator('main a[href^="/customers/"]')
      .nth(round % 6)
      .click()
    customers.push(await lastTap(page))
    await page.waitForTimeout(150)
    await page.goBack()
    await page.waitForTimeout(300)
  }
  const all = timesOf([...opened, ...customers].map(({ ms }) => ms))
  tell({
    what: 'opening any screen, p95',
    figure: all.p95,
    unit: 'ms',
    most: 50,
    note: `median ${inDigits(all.median)} ms; tabs ${inDigits(timesOf(opened.map(({ ms }) => ms)).median)} ms, a customer ${inDigits(timesOf(customers.map(({ ms }) => ms)).median)} ms`,
  })
}

type Tap = Awaited<ReturnType<typeof lastTap>>

async function tapsOn(page: Page, rounds: number, tap: () => Promise<void>): Promise<readonly Tap[]> {
  const taps: Tap[] = []
  for (let round = 0; round < rounds; round += 1) {
    await tap()
    taps.push(await lastTap(page))
    await page.waitForTimeout(200)
  }
  return taps
}

function tellTaps(what: string, taps: readonly Tap[]): void {
  const frames = timesOf(taps.map((each) => each.frames))
  const ms = timesOf(taps.map((each) => each.ms))
  tell({
    what,
    figure: frames.median,
    unit: 'frames',
    most: 2,
    note: `p95 ${frames.p95} frames; median ${inDigits(ms.median)} ms, p95 ${inDigits(ms.p95)} ms`,
  })
}

// The first time on a phone: how much JavaScript a rep's path weighs, and when he can use his customers, with a
// processor four times slower over 4G.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inDigits, sized, tell, timesOf } from './kit/measure.ts'
import { newPhone, overCell, slowDown } from './kit/phone.ts'
import { builtApp, fillSignIn, goIn, openField, watchScreen } from './kit/rep-phone.ts'

const { url, browser, territory, close } = await openField()
try {
  const door: number[] = []
  const list: number[] = []
  let untilUsable: readonly string[] = []
  let whole: readonly string[] = []
  for (let round = 0; round < sized(5); round += 1) {
    const phone = await newPhone(browser)
    await phone.addInitScript(watchScreen)
    const page = await phone.newPage()
    const scripts = new Set<string>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (pathname.endsWith('.js') && !pathname.endsWith('service-worker.js')) scripts.add(pathname)
    })
    await overCell(await slowDown(page))
    await page.goto(`${url}/sign-in`, { waitUntil: 'commit' })
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
    door.push(await page.evaluate(() => performance.now()))
    await fillSignIn(page, territory)
    const before = await page.evaluate(() => performance.now())
    await goIn(page)
    await page.locator('nav a[href="/customers"]').last().click()
    await page.waitForFunction(
      () =>
        location.pathname === '/customers' &&
        document.querySelectorAll('main a[href^="/customers/"]').length > 5,
    )
    list.push((await page.evaluate(() => performance.now())) - before)
    untilUsable = [...scripts]
    await page.waitForTimeout(4000)
    whole = [...scripts]
    await phone.close()
  }
  const weight = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(builtApp, path))).length, 0) / 1000
  tell({
    what: 'JavaScript of a rep’s path, all his screens, gzip',
    figure: weight(whole),
    unit: 'kB',
    most: 250,
    note: `${whole.length} files; until his list is there ${inDigits(weight(untilUsable))} kB`,
  })
  const [atDoor, inside] = [timesOf(door).median, timesOf(list).median]
  tell({
    what: 'first time on a phone over 4G: customers usable',
    figure: atDoor + inside,
    unit: 'ms',
    most: 3000,
    note: `sign-in after ${inDigits(atDoor)} ms, then from the tap on 登录 ${inDigits(inside)} ms; typing left out`,
  })
} finally {
  await close()
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUrl, launchBrowser, signIn } from '#tests/kit/browser.ts'
import { colleague, homeInSync, inSync, newCustomer, openCustomer } from '#tests/kit/field.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

describe('two tabs of one person', () => {
  it('show what is done in the other, without network too', async () => {
    const rep = await colleague(browser, 'rep')
    const { page: first, context } = rep
    const customer = await newCustomer(first, '即墨青阳')
    const second = await context.newPage()
    await second.goto(demoUrl())
    await inSync(second)
    for (const page of [first, second]) await openCustomer(page, customer)
    await context.setOffline(true)
    await first.getByRole('button', { name: '记下承诺' }).click()
    const sheet = first.getByRole('dialog')
    await sheet.getByLabel('承诺内容').fill('周五前回电话')
    await sheet.getByRole('button', { name: '记下承诺' }).click()
    const promised = second.getByRole('region', { name: '我们的承诺' })
    await promised.getByText('周五前回电话').waitFor()
    await promised.getByRole('button', { name: /^兑现/ }).click()
    await first
      .getByRole('region', { name: '我们的承诺' })
      .getByText('周五前回电话')
      .waitFor({ state: 'hidden' })
    await context.setOffline(false)
    for (const page of [first, second]) await homeInSync(page)
    await rep.leave()
  })
})

describe('signing out', () => {
  it('leaves nothing that can be read, in every tab, and the next person sees nothing of the first', async () => {
    const rep = await colleague(browser, 'rep')
    const { page, context } = rep
    const { name } = await newCustomer(page, '令狐听雨')
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByPlaceholder('姓名、拼音、医院').fill(name)
    await page.getByRole('link', { name }).waitFor()
    const other = await context.newPage()
    await other.goto(demoUrl())
    await inSync(other)

    await page.getByRole('link', { name: /^我的/ }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await page.waitForURL(/\/sign-in/)
    await other.waitForURL(/\/sign-in/)
    const kept = await whatIsKept(page)
    expect(kept.rows, 'rows or keys in IndexedDB').toEqual([])
    expect(kept.lease, 'who was here last').toBeNull()
    expect(
      kept.cached.filter((path) => path.startsWith('/api')),
      'answers of the API',
    ).toEqual([])

    await signIn(page, 'rep2')
    await inSync(page)
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByText(/^共 1\d\d 位$/).waitFor()
    expect(await page.getByText(name).count()).toBe(0)
    await rep.leave()
  })

  it('leaves what is on the disk of this device sealed while somebody is in', async () => {
    const rep = await colleague(browser, 'rep')
    const { name } = await newCustomer(rep.page, '慕容听澜')
    await homeInSync(rep.page)
    expect(await rep.page.evaluate(findInDatabases, name)).toBe(false)
    await rep.leave()
  })
})

interface Kept {
  readonly rows: readonly string[]
  readonly cached: readonly string[]
  readonly lease: string | null
}

/** Everything of a person that this browser still holds. */
function whatIsKept(page: Page): Promise<Kept> {
  return page.evaluate(async () => {
    const rows: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const counting = database.transaction(store).objectStore(store).count()
        const count = await new Promise<number>((resolve) => {
          counting.onsuccess = () => resolve(counting.result)
        })
        if (count > 0) rows.push(`${name} ${store} ${count}`)
      }
      database.close()
    }
    const cached: string[] = []
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys()
      cached.push(...requests.map(({ url }) => new URL(url).pathname))
    }
    return { rows, cached, lease: localStorage.getItem('rapport-lease') }
  })
}

/** Whether `text` stands in plain letters in anything that IndexedDB holds. Runs in the page. */
async function findInDatabases(text: string): Promise<boolean> {
  const wanted = new TextEncoder().encode(text)
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return value.includes(text)
    const bytes =
      value instanceof ArrayBuffer
        ? new Uint8Array(value)
        : ArrayBuffer.isView(value)
          ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
          : null
    if (bytes !== null) return bytes.some((_, at) => wanted.every((byte, i) => bytes[at + i] === byte))
    return typeof value === 'object' && value !== null && Object.values(value).some(holds)
  }
  let records = 0
  for (const { name = '' } of await indexedDB.databases()) {
    const opening = indexedDB.open(name)
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const database = opening.result
    for (const store of database.objectStoreNames) {
      const reading = database.transaction(store).objectStore(store).getAll()
      await new Promise((resolve) => {
        reading.onsuccess = resolve
      })
      records += reading.result.length
      if (reading.result.some(holds)) return true
    }
    database.close()
  }
  if (records === 0) throw new Error('nothing is kept on this device at all')
  return false
}

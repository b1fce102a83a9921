import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/kit/browser.ts'
import { type Customer, colleague, newCustomer, type Person } from '#tests/kit/field.ts'

let browser: Browser
let phone: Person
let desktop: Person
let zhuge: Customer

beforeAll(async () => {
  browser = await launchBrowser()
  phone = await colleague(browser, 'rep')
  desktop = await colleague(browser, 'rep', { at: 'desktop' })
  zhuge = await newCustomer(phone.page, '诸葛清芷')
  for (const { page } of [phone, desktop]) {
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page
      .getByRole('status')
      .filter({ hasText: /共 \d+ 位/ })
      .waitFor()
  }
})

afterAll(async () => {
  await phone.leave()
  await desktop.leave()
  await browser.close()
})

describe('the search', () => {
  it.each([
    ['a fragment of the name', '葛清'],
    ['pinyin', 'zhugeqing'],
    ['initials', 'zgqz'],
  ])('finds a customer by %s', async (_what, text) => {
    const { page } = phone
    await search(page).fill(text)
    await page.getByRole('link', { name: zhuge.name }).waitFor()
    expect(await list(page).getByRole('link').count()).toBe(1)
  })

  it('finds everybody of a hospital', async () => {
    const { page } = phone
    await search(page).fill(zhuge.institution)
    await page.getByText(/找到 \d+ 位/).waitFor()
    const places = await list(page).getByText(zhuge.institution).allInnerTexts()
    expect(places.length).toBeGreaterThan(1)
  })

  it('says what to try when nobody fits, and goes back to all', async () => {
    const { page } = phone
    await search(page).fill('查无此人')
    await page.getByText('没有找到“查无此人”').waitFor()
    await page.getByRole('button', { name: '清除查找' }).click()
    await page.getByText(/共 \d+ 位/).waitFor()
    expect(await search(page).inputValue()).toBe('')
  })
})

describe('the filters', () => {
  it('narrow the list, are kept in the address, and are cleared', async () => {
    const { page } = phone
    await page.getByText('30 天未见').click()
    await page.getByText(/找到 \d+ 位/).waitFor()
    const narrowed = await countIn(page)
    await page.reload()
    await expect.poll(() => countIn(page)).toBe(narrowed)
    await page.getByRole('button', { name: /^筛选/ }).click()
    const sheet = page.getByRole('dialog', { name: '筛选与排序' })
    await sheet.getByText('科室主任').click()
    await sheet.getByRole('button', { name: /^看 \d+ 位/ }).click()
    await expect.poll(() => countIn(page)).toBeLessThan(narrowed)
    await page.getByRole('button', { name: '筛选 · 2' }).click()
    await sheet.getByRole('button', { name: '清除筛选' }).click()
    await page.keyboard.press('Escape')
    await page.getByText(/共 \d+ 位/).waitFor()
  })
})

describe('the letters', () => {
  it('bring a customer of that letter into sight', async () => {
    const { page } = phone
    await search(page).fill('')
    await page
      .getByRole('navigation', { name: '按首字母跳转' })
      .getByRole('button', { name: '跳到 Z' })
      .click()
    await page.getByRole('heading', { name: 'Z', exact: true }).waitFor()
    await list(page).getByRole('link', { name: zhuge.name }).waitFor()
  })
})

describe('the keyboard', () => {
  it('searches, walks, opens and adds without a mouse', async () => {
    const { page } = desktop
    await page.keyboard.press('/')
    await page.keyboard.type('zgqz')
    await page.getByText(/找到 1 位/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: zhuge.name }).waitFor()

    await search(page).fill('')
    await search(page).blur()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    const first = list(page).getByRole('link').first()
    await page.getByRole('heading', { level: 1, name: await first.innerText() }).waitFor()
    expect(await first.getAttribute('aria-current')).toBe('page')

    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: '新建客户' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })
})

function search(page: Page) {
  return page.getByPlaceholder('姓名、拼音、医院')
}

function list(page: Page) {
  return page.getByRole('group', { name: '客户' })
}

async function countIn(page: Page): Promise<number> {
  return Number(/\d+/.exec(await page.getByText(/(共|找到) \d+ 位/).innerText())?.[0])
}

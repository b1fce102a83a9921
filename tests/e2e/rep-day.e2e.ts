import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/kit/browser.ts'
import {
  badge,
  colleague,
  inSync,
  newCustomer,
  openCustomer,
  type Person,
  plannedVisit,
  readyForOffline,
  rows,
} from '#tests/kit/field.ts'

let browser: Browser
let rep: Person
let manager: Person

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

describe('a day without signal', () => {
  const name = '程未央'
  const promise = '寄最新指南'
  const said = '在地下二层谈了随访间隔。'

  beforeAll(async () => {
    rep = await colleague(browser, 'rep')
    manager = await colleague(browser, 'manager', { at: 'desktop' })
  })

  afterAll(async () => {
    await rep.leave()
    await manager.leave()
  })

  it('is recorded offline, survives a reload, reaches the server once and the manager at once', async () => {
    const { page, context } = rep
    const customer = await newCustomer(page, name)
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByPlaceholder('姓名、拼音、医院').fill(name)
    await page.getByRole('link', { name }).waitFor()
    await readyForOffline(page)
    await openCustomer(manager.page, customer)

    await context.setOffline(true)
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByRole('link', { name: '写报告' }).click()
    await page.getByLabel('谈了什么').fill(said)
    await page.getByRole('button', { name: promise }).click()
    await page.getByRole('button', { name: '一周内' }).click()
    await page.getByRole('button', { name: '保存拜访' }).click()
    await page.getByText('已存在本机').waitFor()

    await page.reload()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByText(said).waitFor()
    await page.getByRole('region', { name: '我们的承诺' }).getByText(promise).waitFor()
    await page.getByText('待上传').first().waitFor()
    await page.goto(page.url().replace(/\/customers.*/, '/'))
    await badge(page, '离线 · 1 条已存本机').waitFor()
    expect(await rows(manager.page, 'visit', { 'filter[customerId]': customer.id })).toEqual([])

    await context.setOffline(false)
    await inSync(page)
    // Nobody touches the manager's page: the visit comes to it.
    await manager.page.getByText(said).waitFor()
    await manager.page.getByRole('region', { name: '我们的承诺' }).getByText(promise).waitFor()
    const visits = await rows(manager.page, 'visit', { 'filter[customerId]': customer.id })
    expect(visits).toMatchObject([{ status: 'completed', note: said }])
    expect(await rows(manager.page, 'commitment', { 'filter[customerId]': customer.id })).toMatchObject([
      { what: promise, status: 'open', visitId: visits[0]?.id },
    ])
  })

  it('shows on the team page of the manager while he looks at it', async () => {
    const { page } = manager
    await page.getByRole('link', { name: '团队', exact: true }).click()
    const figure = page.getByRole('region', { name: '总览' }).getByRole('button', { name: /本周拜访/ })
    await figure.waitFor()
    const before = await numberIn(figure)
    const customer = await newCustomer(rep.page, '陆云深')
    await plannedVisit(rep.page, customer, { inMinutes: -1, objective: null })
    await report(rep, customer.name)
    await expect.poll(() => numberIn(figure), { timeout: 20_000 }).toBe(before + 1)
  })

  it('ends with a prepared visit reported in at most eight interactions', async () => {
    const { page } = rep
    const customer = await newCustomer(page, '江晚晴')
    await plannedVisit(page, customer, { inMinutes: -1, objective: '确认科室会时间' })
    await page.goto(new URL('/', page.url()).href)
    const stop = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: customer.name }) })
    let interactions = 0
    const tap = async (locator: ReturnType<typeof page.getByRole>) => {
      interactions += 1
      await locator.click()
    }
    await tap(stop.getByRole('link', { name: '写报告' }))
    await tap(page.getByText('达成', { exact: true }))
    await tap(page.getByRole('button', { name: '指南更新' }))
    await tap(page.getByRole('button', { name: '发文献全文' }))
    await tap(page.getByRole('button', { name: '一周内' }))
    await tap(page.getByRole('button', { name: '保存拜访' }))
    await page.getByText('已存在本机').waitFor()
    expect(interactions).toBeLessThanOrEqual(8)
    await inSync(page)
    expect(await rows(page, 'visit', { 'filter[customerId]': customer.id })).toMatchObject([
      { status: 'completed', result: 'reached', note: '交流了指南更新要点。' },
    ])
  })
})

async function report({ page }: Person, name: string): Promise<void> {
  await page.goto(new URL('/', page.url()).href)
  const stop = page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) })
  await stop.getByRole('link', { name: '写报告' }).click()
  await page.getByLabel('谈了什么').fill('约好下次再谈。')
  await page.getByRole('button', { name: '保存拜访' }).click()
  await page.getByText('已存在本机').waitFor()
}

async function numberIn(figure: { innerText(): Promise<string> }): Promise<number> {
  return Number(/\d+/.exec((await figure.innerText()).replace(/^\D+/, ''))?.[0])
}

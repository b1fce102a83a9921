import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/kit/browser.ts'
import {
  badge,
  colleague,
  homeInSync,
  inSync,
  newCustomer,
  openCustomer,
  type Person,
  plannedVisit,
  readyForOffline,
  rows,
} from '#tests/kit/field.ts'

let browser: Browser
let phone: Person
let desktop: Person

beforeAll(async () => {
  browser = await launchBrowser()
  phone = await colleague(browser, 'rep')
  desktop = await colleague(browser, 'rep', { at: 'desktop' })
  for (const { page } of [phone, desktop]) await readyForOffline(page)
})

afterAll(async () => {
  await phone.leave()
  await desktop.leave()
  await browser.close()
})

describe('one field written on two devices without network', () => {
  it('keeps both values, shows them side by side, and the chosen one stands everywhere', async () => {
    const customer = await newCustomer(phone.page, '南宫问雅')
    for (const { page } of [phone, desktop]) await openCustomer(page, customer)
    for (const { context } of [phone, desktop]) await context.setOffline(true)
    await correctSpecialty(phone, '心力衰竭')
    await correctSpecialty(desktop, '电生理')

    await phone.context.setOffline(false)
    await homeInSync(phone.page)
    await desktop.context.setOffline(false)
    await inSync(desktop.page)

    await desktop.page.getByRole('link', { name: /^我的/ }).click()
    const conflicts = desktop.page.getByRole('region', { name: '待处理' })
    await conflicts.getByText(`${customer.name} · 专业方向`).waitFor()
    await conflicts.getByText('心力衰竭', { exact: true }).waitFor()
    await conflicts.getByText('电生理', { exact: true }).waitFor()
    const [standing] = await rows(desktop.page, 'customer', { 'filter[id]': customer.id })
    const other = standing?.specialty === '电生理' ? '心力衰竭' : '电生理'
    await conflicts.getByRole('button', { name: '换成这个' }).click()
    await conflicts.waitFor({ state: 'hidden' })
    await inSync(desktop.page)
    await expect
      .poll(() => rows(desktop.page, 'customer', { 'filter[id]': customer.id }))
      .toMatchObject([{ specialty: other }])
    await phone.page.getByRole('link', { name: /^我的/ }).click()
    await phone.page.getByRole('region', { name: '这台设备' }).waitFor()
    await phone.page.getByRole('region', { name: '待处理' }).waitFor({ state: 'hidden' })
    await openCustomer(phone.page, customer)
    await phone.page.getByRole('region', { name: '资料' }).getByText(other).waitFor()
  })
})

describe('one visit reported twice in different words', () => {
  it('keeps the refused report with its reason until it is discarded', async () => {
    const { page } = phone
    await reportTwice('东方既白')
    await badge(page, '1 条待处理').waitFor()
    await page.getByRole('link', { name: /^我的/ }).click()
    const attention = page.getByRole('region', { name: '待处理' })
    await attention.getByText('这次拜访已经写过报告').waitFor()
    await attention.getByText(/第二份报告/).waitFor()
    await page.reload()
    await attention.getByText(/第二份报告/).waitFor()

    await attention.getByRole('button', { name: '放弃这条' }).click()
    await page
      .getByRole('dialog', { name: '放弃这条记录？' })
      .getByRole('button', { name: '放弃这条' })
      .click()
    await attention.waitFor({ state: 'hidden' })
    await inSync(page)
  })

  it('takes the refused report once it says what stands', async () => {
    const { page } = phone
    const id = await reportTwice('西门吹雪柳')
    await badge(page, '1 条待处理').waitFor()
    await page.getByRole('link', { name: /^我的/ }).click()
    const attention = page.getByRole('region', { name: '待处理' })
    await attention.getByRole('button', { name: '修改后重发' }).click()
    const sheet = page.getByRole('dialog', { name: '保存拜访' })
    await sheet.getByText('这次拜访已经写过报告').waitFor()
    await sheet.getByLabel('谈了什么').fill('第一份报告')
    await sheet.getByRole('button', { name: '重新发送' }).click()
    await attention.waitFor({ state: 'hidden' })
    await inSync(page)
    expect(await rows(page, 'visit', { 'filter[id]': id })).toMatchObject([{ note: '第一份报告' }])
  })
})

async function correctSpecialty({ page }: Person, specialty: string): Promise<void> {
  await page.getByRole('button', { name: '更正资料' }).click()
  const sheet = page.getByRole('dialog', { name: '更正资料' })
  await sheet.getByLabel('专业方向').fill(specialty)
  await sheet.getByRole('button', { name: '保存资料' }).click()
  await page.getByText('资料已更正').waitFor()
}

/** Reports one planned visit on the desktop, and otherwise on the phone that did not know. */
async function reportTwice(name: string): Promise<string> {
  const customer = await newCustomer(phone.page, name)
  const id = await plannedVisit(phone.page, customer, { inMinutes: -1, objective: null })
  for (const { page } of [phone, desktop]) {
    await page.goto(new URL(`/visits/${id}/report`, page.url()).href)
    await page.getByLabel('谈了什么').waitFor()
  }
  await phone.context.setOffline(true)
  await save(desktop, '第一份报告')
  await inSync(desktop.page)
  await save(phone, '第二份报告')
  await phone.page.goto(new URL('/', phone.page.url()).href)
  await phone.context.setOffline(false)
  return id
}

async function save({ page }: Person, note: string): Promise<void> {
  await page.getByLabel('谈了什么').fill(note)
  await page.getByRole('button', { name: '保存拜访' }).click()
  await page.getByText('已存在本机').waitFor()
}

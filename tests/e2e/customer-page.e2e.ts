import type { Browser } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/kit/browser.ts'
import {
  act,
  colleague,
  homeInSync,
  newCustomer,
  openCustomer,
  type Person,
  readyForOffline,
  rows,
} from '#tests/kit/field.ts'

let browser: Browser
let rep: Person

beforeAll(async () => {
  browser = await launchBrowser()
  rep = await colleague(browser, 'rep')
})

afterAll(async () => {
  await rep.leave()
  await browser.close()
})

describe('a promise', () => {
  it('is kept with one tap, taken back, and in the end not kept with a reason', async () => {
    const { page } = rep
    const customer = await newCustomer(page, '谢知秋')
    const what = '把会议纪要发过去'
    await act(page, 'commitment.make', {
      ...{ id: uuidv7(), customerId: customer.id, visitId: null, promisedBy: 'us', what, dueOn: null },
    })
    await openCustomer(page, customer)
    const ours = page.getByRole('region', { name: '我们的承诺' })
    await ours.getByRole('button', { name: /^兑现/ }).click()
    await page.getByText(`已兑现：${what}`).waitFor()
    await ours.getByText(what).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '撤销' }).click()
    await ours.getByText(what).click()

    await page.getByRole('dialog', { name: what }).getByRole('button', { name: '记为未兑现' }).click()
    const reason = page.getByRole('dialog', { name: what })
    await reason.getByRole('button', { name: '记为未兑现' }).click()
    await reason.getByText('还没有填写').waitFor()
    await reason.getByLabel('原因').fill('纪要还没有定稿')
    await reason.getByRole('button', { name: '记为未兑现' }).click()
    await page.getByText('已记为未兑现').waitFor()
    await page.getByRole('region', { name: '往来' }).getByText('纪要还没有定稿').waitFor()
    await homeInSync(page)
    expect(await rows(page, 'commitment', { 'filter[customerId]': customer.id })).toMatchObject([
      { status: 'broken', reason: '纪要还没有定稿' },
    ])
  })
})

describe('a customer', () => {
  it('is added, corrected and given a second place of work without network, and arrives as written', async () => {
    const { page, context } = rep
    const neighbour = await newCustomer(page, '苏幕遮')
    await openCustomer(page, neighbour)
    await readyForOffline(page)
    await page
      .getByRole('button', { name: '返回' })
      .or(page.getByRole('link', { name: '返回' }))
      .click()
    await context.setOffline(true)

    await page.getByRole('button', { name: '新建客户' }).click()
    const sheet = page.getByRole('dialog', { name: '新建客户' })
    await sheet.getByRole('button', { name: '保存客户' }).click()
    await sheet.getByText('还没有填写').first().waitFor()
    await sheet.getByLabel('姓名').fill('白未晞')
    await sheet.getByLabel('职称').selectOption({ label: '副主任医师' })
    await sheet.getByRole('button', { name: '保存客户' }).click()
    await page.getByRole('heading', { level: 1, name: '白未晞' }).waitFor()
    await page.getByText('资料已存本机').waitFor()

    await page.getByRole('button', { name: '更正资料' }).click()
    const edit = page.getByRole('dialog', { name: '更正资料' })
    await edit.getByLabel('专业方向').fill('介入')
    await edit.getByRole('button', { name: '保存资料' }).click()
    await page.getByRole('region', { name: '资料' }).getByText('介入').waitFor()

    await page.getByRole('button', { name: '添加任职' }).click()
    const place = page.getByRole('dialog', { name: '添加任职' })
    await place.getByRole('combobox', { name: '医疗机构' }).fill(neighbour.institution)
    await place.getByRole('option').first().click()
    await place.getByLabel('职务').fill('副主任')
    await place.getByRole('button', { name: '保存任职' }).click()
    await page
      .getByRole('region', { name: '任职' })
      .getByRole('button', { name: neighbour.institution })
      .waitFor()

    await context.setOffline(false)
    await homeInSync(page)
    const found = await rows(page, 'customer', { search: '白未晞' })
    expect(found).toMatchObject([{ specialty: '介入', title: 'associate_chief_physician' }])
    const places = await rows(page, 'affiliation', { 'filter[customerId]': String(found[0]?.id) })
    expect(places).toMatchObject([
      { institutionId: neighbour.institutionId, position: '副主任', isPrimary: true },
    ])
  })
})

import type { Browser } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUrl, launchBrowser } from '#tests/kit/browser.ts'
import { colleague, rows } from '#tests/kit/field.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

/** What each of them finds in the navigation, and what the first page says. */
const roles = [
  ['rep', ['今日', '客户', '计划', '我的'], '先兑现'],
  ['manager', ['今日', '客户', '计划', '团队', '我的'], '团队今天'],
  ['medical', ['今日', '客户', '我的'], '答复医学问题'],
  ['content', ['今日', '我的'], '资料的审批'],
  ['compliance', ['今日', '我的'], '通过 API 读取'],
  ['safety', ['今日', '客户', '我的'], '不良反应'],
  ['steward', ['今日', '导入', '我的'], '从表格导入'],
  ['admin', ['今日', '导入', '管理', '我的'], '邀请同事'],
  ['auditor', ['今日', '我的'], '核对审计链'],
] as const

describe('a colleague finds what is his', () => {
  it.each(roles)('%s', async (login, places, saying) => {
    const someone = await colleague(browser, login)
    const { page } = someone
    const navigation = page.getByRole('navigation', { name: '主要页面' })
    expect(await navigation.getByRole('link').allInnerTexts()).toEqual([...places])
    await page.getByText(saying).first().waitFor()
    for (const place of places) {
      await navigation.getByRole('link', { name: place, exact: true }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    await someone.leave()
  })
})

describe('the server refuses what is not a colleague’s to do', () => {
  it.each([
    ['auditor', 'visit.plan'],
    ['auditor', 'customer.create'],
    ['compliance', 'commitment.make'],
    ['medical', 'visit.plan'],
    ['rep', 'customer.align'],
    ['manager', 'member.invite'],
  ])('%s: %s', async (login, name) => {
    const someone = await colleague(browser, login)
    const { page, context } = someone
    const [whom] = await rows(page, 'customer', { limit: '1' })
    const args = {
      id: uuidv7(),
      ids: [whom?.id ?? uuidv7()],
      customerId: whom?.id,
      territoryId: whom?.territoryId,
    }
    const answer = await context.request.post(`${demoUrl()}/api/mutations/${name}`, {
      data: args,
      headers: { origin: demoUrl() },
    })
    expect([403, 404], await answer.text()).toContain(answer.status())
    await someone.leave()
  })
})

describe('an auditor', () => {
  it('reads the whole organisation through the API', async () => {
    const auditor = await colleague(browser, 'auditor')
    const { page } = auditor
    for (const entity of ['customer', 'visit', 'commitment', 'member']) {
      expect(await rows(page, entity, { limit: '5' }), entity).toHaveLength(5)
    }
    await auditor.leave()
  })
})

describe('a medical colleague', () => {
  it('reads customers and what was done, and finds no way to change anything', async () => {
    const medical = await colleague(browser, 'medical')
    const { page } = medical
    await page.getByRole('link', { name: '客户', exact: true }).click()
    await page.getByRole('group', { name: '客户' }).getByRole('link').first().click()
    await page.getByRole('region', { name: '往来' }).waitFor()
    for (const name of ['写报告', '安排', '记下承诺', '更正资料', '添加任职', '新建客户', '更多']) {
      const control = page
        .getByRole('button', { name, exact: true })
        .or(page.getByRole('link', { name, exact: true }))
      expect(await control.count(), name).toBe(0)
    }
    expect(await page.getByRole('button', { name: /^兑现/ }).count()).toBe(0)
    await medical.leave()
  })
})

import type { Browser, Locator, Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dayOf, instantAt, mondayOf } from '#core/calendar.ts'
import { launchBrowser } from '#tests/kit/browser.ts'
import { act, type Customer, colleague, inSync, newCustomer, type Person, rows } from '#tests/kit/field.ts'

let browser: Browser
let rep: Person
/** Three weeks ahead the demo has planned nothing: Tuesday of that week. */
const tuesday = addDays(mondayOf(dayOf(new Date().toISOString())), 22)

beforeAll(async () => {
  browser = await launchBrowser()
  rep = await colleague(browser, 'rep', { at: 'desktop' })
})

afterAll(async () => {
  await rep.leave()
  await browser.close()
})

describe('the calendar', () => {
  it('moves a visit with the pointer, and back', async () => {
    const { page } = rep
    const { customer, id } = await visitOn('闻人语', '10:00')
    await openWeek(page)
    await drag(page, block(page, customer), tuesdayColumn(page, 2), '14:00')
    await page.getByText(/^已改到/).waitFor()
    await expectAt(id, addDays(tuesday, 2), '14:00')
    await page.getByRole('button', { name: '撤销' }).click()
    await expectAt(id, tuesday, '10:00')
  })

  it('moves a visit with the keys', async () => {
    const { page } = rep
    const { customer, id } = await visitOn('司徒远', '11:00')
    await openWeek(page)
    await block(page, customer).focus()
    await page.keyboard.press('Space')
    await page.getByText(/正在移动司徒远/).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText(/^已改到/).waitFor()
    await expectAt(id, addDays(tuesday, 1), '11:30')
  })

  it('shows the same visits by month', async () => {
    const { page } = rep
    const { customer } = await visitOn('钟离夏', '09:00')
    await openWeek(page)
    await block(page, customer).waitFor()
    await page.getByText('月', { exact: true }).click()
    await block(page, customer).waitFor()
  })
})

describe('a visit', () => {
  it('is planned from the customer, called off with a reason and planned again', async () => {
    const { page } = rep
    const customer = await newCustomer(page, '百里守约')
    await page.goto(`${origin(page)}/customers/${customer.id}`)
    await page.getByRole('navigation', { name: '拜访与联系' }).getByRole('link', { name: '安排' }).click()
    const form = page.getByRole('dialog', { name: '安排拜访' })
    await form.getByLabel('日期').fill(tuesday)
    await form.getByLabel('时间').fill('16:00')
    await form.getByLabel('拜访目标').fill('确认科室会时间')
    await form.getByRole('button', { name: '排进计划' }).click()
    await page.getByText(/^已安排：/).waitFor()

    await openWeek(page)
    await block(page, customer).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: '取消' }).click()
    await page.getByRole('dialog', { name: '取消这次拜访' }).getByText('客户改期').click()
    await page.getByRole('button', { name: '取消拜访' }).click()
    await page.getByText('拜访已取消').waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await inSync(page)
    await expect
      .poll(() => rows(page, 'visit', { 'filter[customerId]': customer.id }))
      .toMatchObject([{ status: 'planned', startsAt: instantAt(tuesday, '16:00'), reason: null }])
  })
})

async function visitOn(name: string, time: string): Promise<{ customer: Customer; id: string }> {
  const { page } = rep
  const customer = await newCustomer(page, name)
  const id = uuidv7()
  await act(page, 'visit.plan', {
    ...{ id, customerId: customer.id, ownerId: null, institutionId: null, objective: null },
    ...{ channel: 'face_to_face', minutes: 30, startsAt: instantAt(tuesday, time) },
  })
  return { customer, id }
}

async function openWeek(page: Page): Promise<void> {
  await page.goto(`${origin(page)}/plan?day=${tuesday}`)
  await page.getByRole('region', { name: '拜访日历' }).waitFor()
}

function origin(page: Page): string {
  return new URL(page.url()).origin
}

function block(page: Page, { name }: Pick<Customer, 'name'>): Locator {
  return page.getByRole('region', { name: '拜访日历' }).getByRole('button', { name: new RegExp(name) })
}

function tuesdayColumn(page: Page, later: number): Locator {
  return page.locator(`[data-day="${addDays(tuesday, later)}"][data-hours]`)
}

/** Takes the block by its upper edge and drops it where `time` is in the column. */
async function drag(page: Page, from: Locator, column: Locator, time: string): Promise<void> {
  const [grip, place] = [await from.boundingBox(), await column.boundingBox()]
  const [first = 0, last = 24] = ((await column.getAttribute('data-hours')) ?? '').split('-').map(Number)
  if (!grip || !place) throw new Error('the calendar is not in sight')
  const part = (Number(time.slice(0, 2)) + Number(time.slice(3)) / 60 - first) / (last - first)
  await page.mouse.move(grip.x + 20, grip.y + 4)
  await page.mouse.down()
  await page.mouse.move(place.x + place.width / 2, place.y + place.height * part + 4, { steps: 6 })
  await page.mouse.up()
}

async function expectAt(id: string, day: string, time: string): Promise<void> {
  const read = () => rows(rep.page, 'visit', { 'filter[id]': id })
  await expect
    .poll(read, { timeout: 20_000 })
    .toMatchObject([{ startsAt: instantAt(day, time), visitOn: day }])
}

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/kit/browser.ts'
import { badge, type Person, person } from '#tests/kit/field.ts'
import { type RunningRapport, startRapport } from '#tests/kit/rapport.ts'

let browser: Browser
let rapport: RunningRapport
let admin: Person
let rep: Person

beforeAll(async () => {
  browser = await launchBrowser()
  rapport = await startRapport({ isDemo: false })
  admin = await person(browser, { at: 'desktop' })
  rep = await person(browser)
})

afterAll(async () => {
  await admin.leave()
  await rep.leave()
  await browser.close()
  await rapport.dispose()
})

const password = '春天的第一场雨'

it('sets up organisation and administrator, who invites a rep by link, who signs in to an empty notebook', async () => {
  const { page } = admin
  await page.goto(rapport.url)
  await page.getByRole('heading', { level: 1, name: '从这里开始' }).waitFor()
  await page.getByLabel('机构名称').fill('长风医药')
  await page.getByLabel('管理员姓名').fill('安然')
  await page.getByLabel('邮箱').fill('anran@changfeng.example')
  await page.getByLabel('密码', { exact: true }).fill('short')
  await page.getByRole('button', { name: '建立机构并登录' }).click()
  expect(new URL(page.url()).pathname).toBe('/set-up')
  await page.getByLabel('密码', { exact: true }).fill(`${password}，下在长江边`)
  await page.getByRole('button', { name: '建立机构并登录' }).click()
  await badge(page, '已同步').waitFor()

  await page.getByRole('link', { name: '管理', exact: true }).click()
  await page.getByText('辖区', { exact: true }).click()
  await page.getByRole('list', { name: '辖区' }).getByText('长风医药').waitFor()
  await page.getByRole('button', { name: '新建辖区' }).click()
  await page.getByRole('dialog', { name: '新建辖区' }).getByLabel('姓名').fill('华东大区')
  await page.getByRole('dialog').getByLabel('上级').selectOption({ label: '长风医药' })
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('list', { name: '辖区' }).getByText('华东大区').waitFor()

  await page.getByText('同事', { exact: true }).click()
  await page.getByText('目前只有自己').waitFor()
  await page.getByRole('button', { name: '邀请同事' }).click()
  const invite = page.getByRole('dialog', { name: '邀请同事' })
  await invite.getByLabel('姓名').fill('路遥')
  await invite.getByLabel('邮箱').fill('luyao@changfeng.example')
  await invite.getByLabel('辖区').selectOption({ label: '长风医药 / 华东大区' })
  await invite.getByRole('button', { name: '生成邀请链接' }).click()
  const link = await page.getByRole('dialog', { name: '路遥的邀请链接' }).getByLabel('链接').inputValue()

  const invited = rep.page
  await invited.goto(rapport.url + new URL(link).pathname)
  await invited.getByText('长风医药邀请路遥加入知行。').waitFor()
  await invited.getByLabel('密码', { exact: true }).fill(password.repeat(2))
  await invited.getByRole('button', { name: '设好密码并登录' }).click()
  await invited.getByText('这里会是每天的第一页').waitFor()
  await invited.getByRole('link', { name: '客户', exact: true }).click()
  await invited.getByText('辖区里还没有客户').waitFor()
  await invited.getByRole('link', { name: '计划', exact: true }).click()
  await invited.getByText('还没有安排').first().waitFor()

  await invited.goto(rapport.url + new URL(link).pathname)
  await invited.getByText('这条链接已经用过或已过期').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('list', { name: '同事' }).getByText('路遥').waitFor()
})

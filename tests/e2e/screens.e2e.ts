// Every screen in both languages, light and dark: readable with any aid (axe), in one language throughout, without
// sideways scrolling.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUrl, launchBrowser } from '#tests/kit/browser.ts'
import { colleague, type Person, person, rows } from '#tests/kit/field.ts'

let browser: Browser
let axeSource: string

beforeAll(async () => {
  browser = await launchBrowser()
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

afterAll(() => browser.close())

/** Who looks at which addresses; `:customer` and `:visit` are some of those he sees. */
const looks = [
  [
    'rep',
    'phone',
    ['/', '/customers', '/customers/:customer', '/visits/:visit/report', '/plan', '/me', '/nowhere'],
  ],
  [
    'rep',
    'desktop',
    ['/', '/customers/:customer', '/visits/new/report?customer=:customer', '/plan?view=month'],
  ],
  ['manager', 'desktop', ['/', '/team', '/plan']],
  ['manager', 'phone', ['/', '/team', '/customers?new']],
  ['admin', 'desktop', ['/', '/admin', '/imports', '/me']],
  ['steward', 'phone', ['/', '/imports']],
  ['auditor', 'phone', ['/', '/me']],
  ['medical', 'phone', ['/', '/customers/:customer']],
] as const

const languages = ['zh-CN', 'en'] as const

describe.each(languages)('in %s', (language) => {
  it.each(looks)('%s on a %s', async (login, at, paths) => {
    const someone = await colleague(browser, login, { at, language })
    const found: string[] = []
    const names = await addresses(someone, paths)
    for (const [path, address] of names) {
      await someone.page.goto(demoUrl() + address)
      await someone.page.getByRole('heading', { level: 1 }).first().waitFor()
      for (const fault of await faultsOn(someone.page, language)) found.push(`${path}: ${fault}`)
    }
    expect(found).toEqual([])
    await someone.leave()
  })

  it('somebody who is not in', async () => {
    const somebody = await person(browser, { language })
    const found: string[] = []
    for (const path of ['/sign-in', '/invitation/gone']) {
      await somebody.page.goto(demoUrl() + path)
      await somebody.page.getByRole('heading', { level: 1 }).first().waitFor()
      for (const fault of await faultsOn(somebody.page, language)) found.push(`${path}: ${fault}`)
    }
    expect(found).toEqual([])
    await somebody.leave()
  })
})

async function addresses({ page }: Person, paths: readonly string[]): Promise<[string, string][]> {
  if (!paths.some((path) => path.includes(':'))) return paths.map((path) => [path, path])
  const [visit] = await rows(page, 'visit', { limit: '1', 'filter[status]': 'completed' })
  const customer = String(visit?.customerId)
  return paths.map((path) => [path, path.replace(':customer', customer).replace(':visit', String(visit?.id))])
}

async function faultsOn(page: Page, language: 'zh-CN' | 'en'): Promise<string[]> {
  const faults: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
    // Colours on their way from one scheme to the other are nobody's to read; they set out a frame later.
    await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      await Promise.allSettled(document.getAnimations().map((each) => each.finished))
    })
    for (const violation of await seriousViolations(page)) faults.push(`${scheme}: ${violation}`)
  }
  const isSideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  if (isSideways) faults.push('scrolls sideways')
  return [...faults, ...(await foreignWords(page, language))]
}

async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    // Put there by the line above.
    const { axe: inspector } = window as unknown as { readonly axe: typeof axe }
    const { violations } = await inspector.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

/**
 * Words of the other language in what the product says by itself: labels, buttons, headings of fixed sections. What
 * people have written is data; in the demo that is Chinese.
 */
async function foreignWords(page: Page, language: 'zh-CN' | 'en'): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = document.querySelectorAll('button, label, legend, dt, nav a, [placeholder], [aria-label]')
    return [...said].flatMap((element) => [
      element.textContent ?? '',
      element.getAttribute('placeholder') ?? '',
      element.getAttribute('aria-label') ?? '',
    ])
  })
  const body = await page.locator('body').innerText()
  const keys = body.match(/\b[a-z_]+\.[a-z_]+(\.[a-z_]+)+\b|\{[a-z]+\}/g) ?? []
  const isOurs = (text: string) => language === 'en' && ourChinese.some((word) => text.includes(word))
  return [
    ...keys.map((key) => `raw key ${key}`),
    ...texts.filter(isOurs).map((text) => `Chinese: ${text.slice(0, 60)}`),
  ]
}

/** Words of ours that no name, hospital or note of the demo holds. */
const ourChinese = [
  '今日',
  '我的',
  '保存',
  '安排拜访',
  '写报告',
  '筛选',
  '待写报告',
  '已同步',
  '本周',
  '兑现',
  '更正',
  '移交',
  '邀请',
]

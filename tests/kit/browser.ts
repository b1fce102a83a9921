import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

/** The demo's password, printed at the start. */
const password = 'rapport-demo'

export const phone = { width: 390, height: 844 } as const
export const desktop = { width: 1440, height: 900 } as const

/** Debian's Chromium, without the calls home that a closed network refuses one by one. */
export function launchBrowser(): Promise<Browser>
export function launchBrowser(userData: string): Promise<BrowserContext>
export function launchBrowser(userData?: string): Promise<Browser | BrowserContext> {
  const options = {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
  return userData === undefined
    ? chromium.launch(options)
    : chromium.launchPersistentContext(userData, { ...options, viewport: phone, locale: 'zh-CN' })
}

/** The address of the product with its demo. */
export function demoUrl(): string {
  return inject('rapport').url
}

/** Signs a demo colleague in by the form, in Chinese, and waits for his first page. */
export async function signIn(page: Page, login: string, url = demoUrl()): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('邮箱').fill(`${login}@demo.rapport`)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'))
}

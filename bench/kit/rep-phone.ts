// The built app on a phone, with a server that holds a whole territory.
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launch } from './phone.ts'
import { forget, newFolder, served } from './running.ts'
import { password, type Territory, territoryIn } from './territory.ts'

export const builtApp = fileURLToPath(new URL('../../dist', import.meta.url))

export interface Field {
  readonly url: string
  readonly browser: Browser
  readonly territory: Territory
  close(): Promise<void>
}

export async function openField(): Promise<Field> {
  const folder = await newFolder()
  const territory = await territoryIn(folder)
  const server = await served(folder, builtApp)
  const browser = await launch()
  return {
    url: server.url,
    browser,
    territory,
    async close() {
      await browser.close()
      await server.stop()
      await forget(folder)
    },
  }
}

/** Types name and password at the door, without going in yet. */
export async function fillSignIn(page: Page, { email }: Territory): Promise<void> {
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码', { exact: true }).fill(password)
}

export async function goIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Runs before the app. A file of its own, because it must reach the browser as it is written. */
export const watchScreen = { path: fileURLToPath(new URL('../page/watch-screen.js', import.meta.url)) }

interface ScreenSeen {
  /** Milliseconds since the page was asked for. */
  listAt: number | null
  tap: { readonly frames: number; readonly ms: number } | null
}

declare global {
  interface Window {
    seen: ScreenSeen
  }
}

/** What became of the last tap. */
export async function lastTap(page: Page): Promise<{ readonly frames: number; readonly ms: number }> {
  await page.waitForFunction(() => window.seen.tap !== null, undefined, { timeout: 20_000 })
  const tap = await page.evaluate(() => window.seen.tap)
  if (!tap) throw new Error('the tap had no effect')
  return tap
}

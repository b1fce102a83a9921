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

/** Runs before the app: notes when the first customer was on the screen, and when and in how many frames a tap had its effect. */
export function watchScreen(): void {
  const seen: ScreenSeen = { listAt: null, tap: null }
  window.seen = seen
  const afterPaint = (note: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = note
      port2.postMessage(null)
    })
  const observer = new MutationObserver(() => {
    if (!document.querySelector('a[href^="/customers/"]')) return
    observer.disconnect()
    afterPaint(() => {
      seen.listAt = performance.now()
    })
  })
  observer.observe(document, { childList: true, subtree: true })
  addEventListener(
    'click',
    ({ timeStamp }) => {
      const shown = () => document.querySelector('main')?.textContent ?? ''
      const before = shown()
      let frames = 0
      seen.tap = null
      const look = () => {
        frames += 1
        if (shown() === before) {
          if (frames < 600) requestAnimationFrame(look)
          return
        }
        const { port1, port2 } = new MessageChannel()
        // Posted while a frame is prepared, it arrives when that frame has been drawn.
        port1.onmessage = () => {
          seen.tap = { frames, ms: performance.now() - timeStamp }
        }
        port2.postMessage(null)
      }
      requestAnimationFrame(look)
    },
    { capture: true },
  )
}

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

// The page of bench/page, built like the app and open in a slow browser.
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { launch, newPhone, slowDown } from './phone.ts'
import { forget, newFolder, served } from './running.ts'
import { password, type Territory, territoryIn } from './territory.ts'

export interface OpenPage {
  readonly page: Page
  readonly territory: Territory
  close(): Promise<void>
}

/** A rep with his whole territory on the server and nothing on this phone yet. */
export async function openBenchPage(): Promise<OpenPage> {
  const [folder, pages] = [await newFolder(), await newFolder()]
  const territory = await territoryIn(folder)
  await build({
    root: fileURLToPath(new URL('../page', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { outDir: pages, target: 'es2022', modulePreload: { polyfill: false }, emptyOutDir: true },
  })
  const server = await served(folder, pages)
  const browser = await launch()
  const context = await newPhone(browser)
  const page = await context.newPage()
  await page.goto(`${server.url}/`)
  await page.waitForFunction(() => 'bench' in window)
  await page.evaluate(([email, secret]) => window.bench.enter(email, secret), [
    territory.email,
    password,
  ] as const)
  await slowDown(page)
  return {
    page,
    territory,
    async close() {
      await browser.close()
      await server.stop()
      await Promise.all([forget(folder), forget(pages)])
    },
  }
}

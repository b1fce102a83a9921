// The app as it is installed on a phone, and how it takes a new version.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUrl, launchBrowser, signIn } from '#tests/kit/browser.ts'
import { badge, homeInSync, inSync, person, readyForOffline } from '#tests/kit/field.ts'
import { type RunningRapport, startRapport } from '#tests/kit/rapport.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser.close())

describe('the installed app', () => {
  it('has a manifest that browsers install, with icons that are there', async () => {
    const { page, leave } = await person(browser)
    await page.goto(demoUrl())
    const session = await page.context().newCDPSession(page)
    const { errors, data } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const manifest: unknown = JSON.parse(data ?? '')
    expect(manifest).toMatchObject({ name: '知行 · 客户长期维护', display: 'standalone', start_url: '/' })
    const { icons } = manifest as {
      readonly icons: readonly { readonly src: string; readonly type: string }[]
    }
    for (const { src, type } of icons) {
      const icon = await page.request.get(demoUrl() + src)
      expect([icon.status(), icon.headers()['content-type']], src).toEqual([200, type])
    }
    await readyForOffline(page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // A private window, in which tests run, installs nothing.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    await leave()
  })

  it('shows the way in without network from the second visit on', async () => {
    const { page, context, leave } = await person(browser)
    await page.goto(`${demoUrl()}/sign-in`)
    await readyForOffline(page)
    await context.setOffline(true)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
    await leave()
  })
})

describe('a new version', () => {
  let root: string
  let rapport: RunningRapport

  beforeAll(async () => {
    root = await checkoutOfItsOwn()
    rapport = await startRapport({ root })
  })

  afterAll(async () => {
    await rapport.dispose()
    await rm(root, { recursive: true, force: true })
  })

  it('is offered when the server has it, taken on a tap, and loses no unsent work', async () => {
    const rep = await person(browser)
    const { page, context } = rep
    await page.goto(rapport.url)
    await signIn(page, 'rep', rapport.url)
    await inSync(page)
    await readyForOffline(page)

    await rapport.stop()
    await changeAWord(root)
    rapport = await startRapport({ root, port: rapport.port, dataFolder: rapport.dataFolder })
    await page.reload()
    const offer = page.getByText('新版本已就绪')
    await offer.waitFor({ timeout: 40_000 })
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.getByRole('button', { name: '现在同步' }).waitFor()

    await context.setOffline(true)
    await page.getByRole('link', { name: '今日', exact: true }).click()
    const promises = page.getByRole('region', { name: '先兑现' })
    await promises.getByRole('button', { name: /^兑现/ }).first().click()
    await page.getByText(/^已兑现：/).waitFor()
    await page.getByRole('button', { name: '更新' }).click()
    await offer.waitFor({ state: 'hidden' })
    await badge(page, '离线 · 1 条已存本机').waitFor()
    await page.getByRole('link', { name: '我的', exact: true }).click()
    await page.getByRole('button', { name: newWord }).waitFor()
    await context.setOffline(false)
    await homeInSync(page)
    await rep.leave()
  }, 120_000)
})

const newWord = '立刻同步一次'

/** A copy of this checkout, so that the version of the other tests stays what it is. */
async function checkoutOfItsOwn(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'rapport-checkout-'))
  const left = new Set(['node_modules', '.git', '.rapport', '.setup', 'coverage'])
  const here = process.cwd()
  await cp(here, root, {
    recursive: true,
    filter: (source) => !left.has(source.slice(here.length + 1).split('/')[0] ?? ''),
  })
  await symlink(join(here, 'node_modules'), join(root, 'node_modules'), 'junction')
  return root
}

async function changeAWord(root: string): Promise<void> {
  const file = join(root, 'src/app/screens/me.words.ts')
  const before = await readFile(file, 'utf8')
  const after = before.replace('现在同步', newWord)
  expect(after, 'the word to change is there').not.toBe(before)
  await writeFile(file, after)
}

// KILL_VISITS=100 for the long proof.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoUrl, launchBrowser, signIn } from '#tests/kit/browser.ts'
import {
  badge,
  colleague,
  inSync,
  newCustomer,
  type Person,
  readyForOffline,
  rows,
} from '#tests/kit/field.ts'

const count = Number(process.env.KILL_VISITS ?? 12)
const name = '闻人初'
const notes = Array.from({ length: count }, (_, at) => `第${at + 1}次谈随访。`)

let office: Browser
let witness: Person
let profile: string

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'rapport-phone-'))
  office = await launchBrowser()
  witness = await colleague(office, 'rep')
})

afterAll(async () => {
  await witness.leave()
  await office.close()
  await rm(profile, { recursive: true, force: true })
})

test(`${count} visits recorded offline reach the server once each, though the browser is killed three times`, {
  timeout: 900_000,
}, async () => {
  const customer = await newCustomer(witness.page, name)
  const onServer = async () => {
    const found = await rows(witness.page, 'visit', { 'filter[customerId]': customer.id, limit: '200' })
    return found.map(({ note }) => note).sort()
  }
  await install()
  await recordOffline(`/customers/${customer.id}`)
  expect(await onServer()).toEqual([])

  // The server takes the first batch in, and the browser dies before it hears of it.
  await dieWhilePushing(async (route) => void (await route.fetch()))
  const taken = await onServer()
  expect(taken).toEqual(notes.slice(0, 50).sort())

  // It dies with the request still in its hands.
  await dieWhilePushing(async () => {})
  expect(await onServer()).toEqual(taken)

  const { context, page } = await openPhone()
  await page.goto(`${demoUrl()}/`)
  await inSync(page)
  await context.close()
  expect(await onServer()).toEqual([...notes].sort())
})

/** Signs in, waits for rows and program, and closes in order, so that the session is on the disk. */
async function install(): Promise<void> {
  const { context, page } = await openPhone()
  await signIn(page, 'rep')
  await inSync(page)
  await readyForOffline(page)
  await context.close()
}

/** Records all visits by the form, without network; the browser is killed as soon as the last one is saved. */
async function recordOffline(path: string): Promise<void> {
  const { context, page } = await openPhone()
  await context.setOffline(true)
  await page.goto(`${demoUrl()}${path}`)
  for (const note of notes) {
    await page.getByRole('link', { name: '写报告' }).click()
    await page.getByLabel('谈了什么').fill(note)
    await page.getByRole('button', { name: '保存拜访' }).click()
    // The form is left when the visit is saved; the page behind it shows the newest only, so not every note.
    await page.getByLabel('谈了什么').waitFor({ state: 'detached' })
  }
  await page.goto(`${demoUrl()}/`)
  await badge(page, `离线 · ${count} 条已存本机`).waitFor()
  await kill(context)
}

/** Opens the app on line and kills the browser at its first push, after `before`. */
async function dieWhilePushing(before: (route: Route) => Promise<void>): Promise<void> {
  const { context, page } = await openPhone()
  const pushed = new Promise<Route>((resolve) => {
    void context.route('**/api/sync/push', (route) => resolve(route))
  })
  await page.goto(`${demoUrl()}/`)
  await before(await pushed)
  await kill(context)
}

async function openPhone(): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await launchBrowser(profile)
  context.setDefaultTimeout(60_000)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}

/** SIGKILL to the browser's own process, found by its profile; the others of it go with it. */
async function kill(context: BrowserContext): Promise<void> {
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()))
  for (const pid of await browserProcesses()) process.kill(pid, 'SIGKILL')
  await closed
}

async function browserProcesses(): Promise<readonly number[]> {
  const found: number[] = []
  for (const entry of await readdir('/proc')) {
    const command = /^\d+$/.test(entry)
      ? await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
      : ''
    if (command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='))
      found.push(Number(entry))
  }
  return found
}

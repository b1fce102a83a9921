// What the browser tests are made of: people with a phone or a desktop, facts put in by the API, and what the
// server holds in the end.
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import { demoUrl, desktop, phone, signIn } from './browser.ts'

export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  /** What the pages of this person threw; a test may look at it, and `leave` insists that there is nothing. */
  readonly faults: readonly string[]
  readonly leave: () => Promise<void>
}

interface PersonOptions {
  readonly at?: 'phone' | 'desktop'
  readonly language?: 'zh-CN' | 'en'
  readonly scheme?: 'light' | 'dark'
}

const longestWait = 20_000

/** A browser of one's own on a phone (390×844) or a desktop (1440×900), in Shanghai. Nobody is signed in. */
export async function person(browser: Browser, options: PersonOptions = {}): Promise<Person> {
  const { at = 'phone', language = 'zh-CN', scheme = 'light' } = options
  const context = await browser.newContext({
    viewport: at === 'phone' ? phone : desktop,
    hasTouch: at === 'phone',
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(longestWait)
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(error.error().message))
  const page = await context.newPage()
  return {
    context,
    page,
    faults,
    leave: async () => {
      await context.close()
      expect(faults, 'no page threw').toEqual([])
    },
  }
}

/** A demo colleague on a device of his own, signed in and with all his rows. */
export async function colleague(
  browser: Browser,
  login: string,
  options: PersonOptions = {},
): Promise<Person> {
  const { language = 'zh-CN' } = options
  // The form is read in Chinese; the language of the screens is chosen after it.
  const someone = await person(browser, { ...options, language: 'zh-CN' })
  await signIn(someone.page, login)
  await inSync(someone.page)
  if (language === 'en') {
    await someone.page.evaluate(() => localStorage.setItem('rapport-language', 'en'))
    await someone.page.reload()
    await inSync(someone.page)
  }
  return someone
}

/** Waits until the badge says that everything written here is on the server and all rows are here. */
export async function inSync(page: Page): Promise<void> {
  await badge(page, /已同步|In sync/).waitFor()
}

/** Goes to the first page, and waits as `inSync` does. On a phone some pages have no room for the badge. */
export async function homeInSync(page: Page): Promise<void> {
  await page.goto(new URL('/', page.url()).href)
  await inSync(page)
}

/** The badge of the exchange with the server, by what it says. */
export function badge(page: Page, saying: RegExp | string) {
  return page.getByRole('link', { name: saying }).and(page.locator('[href="/me"]')).first()
}

/** Waits until the files of the app are kept by its service worker, as they are from the second visit on. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

/** Does an act by the API with the session of whoever is signed in there. Fails when it is refused. */
export async function act(page: Page, name: string, args: object): Promise<void> {
  const answer = await page.context().request.post(`${demoUrl()}/api/mutations/${name}`, {
    data: args,
    headers: { origin: demoUrl(), 'idempotency-key': randomUUID() },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** A row as the API gives it. */
export type ServerRow = { readonly id: string; readonly [field: string]: unknown }

/** The server's rows of an entity, such as `rows(page, 'visit', { 'filter[customerId]': id })`. */
export async function rows(
  page: Page,
  entity: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly ServerRow[]> {
  const answer = await page.context().request.get(`${demoUrl()}/api/${entity}`, { params: query })
  expect(answer.status(), await answer.text()).toBe(200)
  // The list's shape is pinned by the API's own tests.
  const list = (await answer.json()) as { readonly rows: readonly ServerRow[] }
  return list.rows
}

export interface Customer {
  readonly id: string
  readonly name: string
  readonly institutionId: string
  readonly institution: string
}

/** A customer nobody else's test touches, in the territory of whoever is signed in there. */
export async function newCustomer(page: Page, name: string): Promise<Customer> {
  const [neighbour] = await rows(page, 'customer', { limit: '1', sort: 'sortKey' })
  if (!neighbour) throw new Error('the demo has no customers here')
  const { territoryId, institutionId } = neighbour
  const [institution] = await rows(page, 'institution', { 'filter[id]': String(institutionId) })
  if (!institution) throw new Error('the neighbour works nowhere')
  const id = uuidv7()
  await act(page, 'customer.create', {
    ...{ id, name, sex: null, role: 'physician', title: 'chief_physician', specialty: null, phone: null },
    ...{ email: null, note: null, territoryId },
    affiliation: { id: uuidv7(), institutionId, departmentId: null, position: null },
  })
  return { id, name, institutionId: institution.id, institution: String(institution.name) }
}

/** A visit planned to begin so many minutes from now. */
export async function plannedVisit(
  page: Page,
  customer: Pick<Customer, 'id'>,
  { inMinutes, objective }: { readonly inMinutes: number; readonly objective: string | null },
): Promise<string> {
  const id = uuidv7()
  await act(page, 'visit.plan', {
    ...{ id, customerId: customer.id, ownerId: null, institutionId: null, objective },
    ...{
      channel: 'face_to_face',
      minutes: 15,
      startsAt: new Date(Date.now() + inMinutes * 60_000).toISOString(),
    },
  })
  return id
}

/** Opens a customer's page by its address, and waits until it is there. */
export async function openCustomer(page: Page, { id, name }: Pick<Customer, 'id' | 'name'>): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/customers/${id}`)
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

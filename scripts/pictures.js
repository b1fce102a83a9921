// `node scripts/pictures.js`: takes the README's pictures anew from the demo, started in a folder of its own.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ensureChromium } from './chromium.js'
import { ROOT } from './install.js'

const folder = join(ROOT, 'docs/pictures')
const phone = { width: 390, height: 844 }
const desktop = { width: 1440, height: 900 }
/** Larger ones are slow to read on a page. */
const mostBytes = 250_000

const pictures = [
  { name: 'today-phone', login: 'rep', at: phone, open: openToday },
  { name: 'today-phone-dark', login: 'rep', at: phone, scheme: 'dark', open: openToday },
  { name: 'customer-phone', login: 'rep', at: phone, open: openCustomer },
  { name: 'report-phone', login: 'rep', at: phone, open: openReport },
  { name: 'customers-desktop-dark', login: 'rep', at: desktop, scheme: 'dark', open: openCustomer },
  { name: 'plan-desktop', login: 'rep', at: desktop, open: (page) => page.goto('/plan') },
  { name: 'team-desktop', login: 'manager', at: desktop, open: openTeam },
]

const data = await mkdtemp(join(tmpdir(), 'rapport-pictures-'))
const server = spawn(process.execPath, [join(ROOT, 'scripts/start.js')], {
  env: { ...process.env, PORT: process.env.PORT ?? '3299', RAPPORT_DATA: data, RAPPORT_DEMO: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise((resolve) => server.once('exit', resolve))
try {
  const address = await ready()
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  for (const picture of pictures) await take(browser, address, picture)
  await browser.close()
} finally {
  server.kill('SIGTERM')
  await ended
  await rm(data, { recursive: true, force: true })
}

/** The address, as soon as the server says that it is ready. */
function ready() {
  return new Promise((resolve, reject) => {
    let printed = ''
    server.stdout.on('data', (chunk) => {
      printed += chunk
      const address = /Rapport is ready at (\S+)/.exec(printed)?.[1]
      if (address) resolve(address)
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

async function take(browser, address, { name, login, at, scheme = 'light', open }) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: at,
    // Sharp on a phone; a desktop in twice the size would weigh too much.
    deviceScaleFactor: at === phone ? 2 : 1,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('邮箱').fill(`${login}@demo.rapport`)
  await page.getByLabel('密码', { exact: true }).fill('rapport-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('已同步').first().waitFor()
  await open(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  const { size } = await stat(file)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > mostBytes) throw new Error(`${name}.png is larger than ${mostBytes / 1000} kB`)
  await context.close()
}

async function openToday(page) {
  await page.goto('/')
  await page.getByText('已同步').first().waitFor()
}

/** A customer to whom something is promised: the first of 今日. */
async function openCustomer(page) {
  await page.getByRole('region', { name: '先兑现' }).getByRole('listitem').first().getByRole('link').click()
  await page.getByRole('region', { name: '往来' }).waitFor()
}

/** The figures show once all rows are there. */
async function openTeam(page) {
  await page.goto('/team')
  await page.getByRole('region', { name: '总览' }).waitFor()
}

/** The report of a visit that has begun or begins next, half written. */
async function openReport(page) {
  await openCustomer(page)
  await page.getByRole('link', { name: '写报告' }).click()
  await page.getByLabel('拜访目标').fill('确认科室会时间')
  await page.getByText('达成', { exact: true }).click()
  await page.getByRole('button', { name: '指南更新' }).click()
  await page.getByLabel('答应客户什么').fill('寄最新指南')
  await page.getByRole('button', { name: '一周内' }).click()
  await page.evaluate(() => {
    document.activeElement?.blur()
    window.scrollTo(0, 0)
  })
}

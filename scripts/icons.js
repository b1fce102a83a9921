// Draws the icons of the installed app from the mark: `node scripts/icons.js`. Run when the mark changes.
import { mkdir } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const folder = 'public/icons'

/** Share of the picture that the mark fills: a maskable icon keeps a wide margin, since phones cut its edges. */
const icons = [
  { file: 'icon-192.png', size: 192, fill: 0.66, radius: 0.22 },
  { file: 'icon-512.png', size: 512, fill: 0.66, radius: 0.22 },
  { file: 'maskable-512.png', size: 512, fill: 0.5, radius: 0 },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
await mkdir(folder, { recursive: true })
for (const { file, size, fill, radius } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(pageFor(size, fill, radius))
  await page.screenshot({ path: `${folder}/${file}`, omitBackground: true })
  await page.close()
}
await browser.close()

/** Paper ground, ink circle, azurite step. */
function pageFor(size, fill, radius) {
  const side = size * fill
  return `<style>
      body { margin: 0; display: grid; place-items: center; width: ${size}px; height: ${size}px;
        background: #faf9f5; border-radius: ${size * radius}px }
      html { background: transparent }
    </style>
    <svg width="${side}" height="${side}" viewBox="4 4 40 40" fill="none" stroke-linecap="round" stroke-width="4.5">
      <path stroke="#1c1f23" d="M29 9.9A16 16 0 1 0 37.4 20.5" />
      <path stroke="#2a5c88" d="M23 26 41 8" />
    </svg>`
}

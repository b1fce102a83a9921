// The browser tests drive the machine's own Chromium, which also needs a font with Chinese characters.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fail } from './install.js'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const PACKAGES = ['chromium', 'fonts-noto-cjk']

/** The path of a Chromium, installed if this machine allows it; ends the process with a clear line otherwise. */
export function ensureChromium() {
  const named = process.env.CHROMIUM
  if (named && !existsSync(named))
    fail(`CHROMIUM is "${named}", but there is no such program. Set it to the path of a Chromium.`)
  const found = () => named ?? PLACES.find((path) => existsSync(path))
  if (found() && hasChineseFont()) return found()
  if (canInstall()) installPackages()
  return (
    found() ??
    fail(
      `The browser tests need Chromium. Install it (Debian: apt-get install ${PACKAGES.join(' ')}), or set CHROMIUM to its path.`,
    )
  )
}

/** Where fonts cannot be asked for, as on macOS, the system brings its own. */
function hasChineseFont() {
  const list = spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' })
  return list.error ? process.platform !== 'linux' : list.stdout.trim() !== ''
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}

function installPackages() {
  console.log(`Installing ${PACKAGES.join(' and ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  const install = ['install', '-y', '--no-install-recommends', ...PACKAGES]
  // The lists may be missing or old, as in a fresh container; asked for only when they are.
  if (spawnSync('apt-get', install, options).status === 0) return
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', install, options)
}

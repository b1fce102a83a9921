// The app in the browser: opens this device, draws the screens, keeps itself up to date.
import { createRoot } from 'react-dom/client'
import { browserOutside } from '#sync/device/browser.ts'
import { pinyinAtHand } from '#web/pinyin.ts'
import { watchForUpdates } from '#web/update.ts'
import { App } from './app.tsx'
import { browserOpener } from './web-device.ts'

const element = document.getElementById('app')
if (element === null) throw new Error('the page has no place for the app')

const opener = browserOpener((lease) => ({
  ...browserOutside(lease),
  pinyin: pinyinAtHand,
  // To the browser's console and whoever listens there; it must not stop the device.
  report: reportError,
}))

createRoot(element).render(<App opener={opener} />)

// After the first screen, so that it does not wait for this.
addEventListener('load', () => void watchForUpdates())

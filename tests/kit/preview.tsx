// The app over a fake device. What is on it is chosen by `rapport-preview` in localStorage:
// `rep`, `manager`, `admin` (a year of the demo), `trouble` (refused and conflicting work), `none`, `out`.
import { createRoot } from 'react-dom/client'
import { App } from '#app/app.tsx'
import { previewDevice } from './preview-device.ts'

const who = localStorage.getItem('rapport-preview') ?? 'rep'
const element = document.getElementById('app')
if (element === null) throw new Error('the page has no place for the app')
createRoot(element).render(
  <App
    opener={{
      reopen: async () => (who === 'out' ? null : previewDevice(who)),
      open: async () => previewDevice(who),
      forget: () => undefined,
    }}
  />,
)

// The app around its routes: look, words, messages, the door.
// Styles first, in the order in which they must come: Mantine's, then ours.
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/PasswordInput.css'
import '#web/tokens.css'
import '#web/base.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { useEffect } from 'react'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { LanguageProvider } from '#web/language.tsx'
import { theme } from '#web/theme.ts'
import { ToastProvider } from '#web/ui/toast.tsx'
import { loadAhead, routes } from './routes.tsx'
import { DoorProvider, type Opener, useDoor } from './shell-door.tsx'
import { catalogue } from './words.ts'

// The same key is read by public/first-paint.js before the first paint.
const colourScheme = localStorageColorSchemeManager({ key: 'rapport-theme' })

export function App({ opener }: { readonly opener: Opener }) {
  return (
    <MantineProvider colorSchemeManager={colourScheme} defaultColorScheme="auto" theme={theme}>
      <LanguageProvider catalogue={catalogue}>
        <ToastProvider>
          <DoorProvider opener={opener}>
            <RouterProvider router={router} />
            <Ahead />
          </DoorProvider>
        </ToastProvider>
      </LanguageProvider>
    </MantineProvider>
  )
}

const router = createBrowserRouter(routes)

/** Milliseconds after the first screen from which the others are fetched. */
const pause = 1_500

/** Fetches the other screens once somebody is in: at the door nobody needs them. */
function Ahead() {
  const { kind } = useDoor().state
  useEffect(() => {
    if (kind !== 'in') return
    const timer = setTimeout(loadAhead, pause)
    return () => clearTimeout(timer)
  }, [kind])
  return null
}

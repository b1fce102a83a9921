// The frame around the screens of somebody who is signed in: navigation, search, update bar.
import { lazy, Suspense, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { useWords } from '#web/language.tsx'
import { DeviceProvider, useDevice } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { useKeys } from '#web/ui/keyboard.ts'
import { kitWords } from '#web/ui/kit.words.ts'
import { BottomTabs, type Place, SideNav, WhoAmI } from '#web/ui/navigation.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import css from './shell.module.css'
import { shellWords } from './shell.words.ts'
import { useDoor } from './shell-door.tsx'
import { tabsOf, usePlaces } from './shell-places.tsx'
import { UpdateBar } from './shell-update.tsx'

/** Screens for those who are signed in; everybody else is shown the door. */
export function Shell() {
  const { state } = useDoor()
  const { pathname, search } = useLocation()
  if (state.kind === 'opening') return null
  if (state.kind === 'out') {
    // Whoever was locked out comes back to where he was.
    const from = state.why === null ? null : `${pathname}${search}`
    return <Navigate replace state={{ from }} to="/sign-in" />
  }
  return (
    <DeviceProvider device={state.device}>
      <Frame />
    </DeviceProvider>
  )
}

const Search = lazy(async () => ({ default: (await import('./shell-search.tsx')).Search }))

function Frame() {
  const t = useWords(shellWords)
  const isWide = useIsWide()
  const places = usePlaces()
  const [isSearching, search] = useState(false)
  useKeys({ 'mod+k': () => search(true), '/': () => search(true) })
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {t('shell.skip')}
      </a>
      {isWide && <Side onSearch={() => search(true)} places={places} />}
      <main className={css.main} id="content" tabIndex={-1}>
        <UpdateBar />
        <Outlet />
      </main>
      {!isWide && <BottomTabs label={t('shell.places')} places={tabsOf(places)} />}
      {isSearching && (
        <Suspense fallback={null}>
          <Search onClose={() => search(false)} places={places} />
        </Suspense>
      )}
      <ScrollRestoration />
    </div>
  )
}

function Side({ places, onSearch }: { readonly places: readonly Place[]; readonly onSearch: () => void }) {
  const t = useWords(shellWords)
  const kit = useWords(kitWords)
  const { lease } = useDevice()
  return (
    <SideNav
      brand={kit('product')}
      foot={
        <>
          <WhoAmI name={lease.name} organisation={lease.orgName} />
          <SyncBadge />
        </>
      }
      label={t('shell.places')}
      places={places}
      search={{ label: t('shell.search'), onOpen: onSearch }}
    />
  )
}

// The frame around the screens of somebody who is signed in: navigation, search, update bar.
import { lazy, Suspense, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import type { Role } from '#core/role.ts'
import { useWords } from '#web/language.tsx'
import { DeviceProvider, useDevice, useDeviceStatus } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { useKeys } from '#web/ui/keyboard.ts'
import { kitWords } from '#web/ui/kit.words.ts'
import { BottomTabs, type Place, SideNav, WhoAmI } from '#web/ui/navigation.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import { useOpenConflicts } from './screens/me-open-conflicts.ts'
import css from './shell.module.css'
import { shellWords } from './shell.words.ts'
import { useDoor } from './shell-door.tsx'
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
      {!isWide && <BottomTabs label={t('shell.places')} places={places.slice(0, 5)} />}
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

/** Where this member can go, the places of the thumb first. */
function usePlaces(): readonly Place[] {
  const t = useWords(shellWords)
  const { lease } = useDevice()
  const { refused } = useDeviceStatus()
  const conflicts = useOpenConflicts()
  const has = (...roles: readonly Role[]) => roles.some((role) => lease.roles.includes(role))
  const places: readonly (Place | false)[] = [
    { to: '/', label: t('place.today'), icon: 'today' },
    { to: '/customers', label: t('place.customers'), icon: 'customers' },
    has('rep', 'manager') && { to: '/plan', label: t('place.plan'), icon: 'plan' },
    has('manager') && { to: '/team', label: t('place.team'), icon: 'team' },
    has('steward', 'admin') && { to: '/imports', label: t('place.imports'), icon: 'imports' },
    has('admin') && { to: '/admin', label: t('place.admin'), icon: 'admin' },
    { to: '/me', label: t('place.me'), icon: 'me', count: refused.length + conflicts.length },
  ]
  return places.filter((place) => place !== false)
}

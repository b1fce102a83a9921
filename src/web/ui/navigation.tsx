// Tabs at the bottom of the phone, a list at the side of the desktop; the same places in the same order.
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import { cx } from '../class-names.ts'
import { Icon, type IconName } from '../icons.tsx'
import { Logo } from './logo.tsx'
import css from './navigation.module.css'

export interface Place {
  readonly to: string
  readonly label: string
  readonly icon: IconName
  /** How many things there need somebody; 0 or absent for none. */
  readonly count?: number
}

interface NavigationProps {
  readonly label: string
  readonly places: readonly Place[]
}

export function BottomTabs({ label, places }: NavigationProps) {
  return (
    <nav aria-label={label} className={css.tabs}>
      {places.map((place) => (
        <NavLink className={cx(css.tab)} end={place.to === '/'} key={place.to} to={place.to}>
          <Icon name={place.icon} size={22} />
          {place.label}
          <Count count={place.count} />
        </NavLink>
      ))}
    </nav>
  )
}

interface SideNavProps extends NavigationProps {
  readonly brand: string
  /** Opens the command palette. */
  readonly search: { readonly label: string; readonly onOpen: () => void }
  readonly foot: ReactNode
}

export function SideNav({ label, places, brand, search, foot }: SideNavProps) {
  return (
    <header className={css.side}>
      <Link className={css.brand} to="/">
        <Logo size={28} />
        {brand}
      </Link>
      <nav aria-label={label} className={css.items}>
        <button className={css.item} onClick={search.onOpen} type="button">
          <Icon name="search" />
          {search.label}
          <kbd className={css.kbd}>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        {places.map((place) => (
          <NavLink className={cx(css.item)} end={place.to === '/'} key={place.to} to={place.to}>
            <Icon name={place.icon} />
            {place.label}
            <Count count={place.count} />
          </NavLink>
        ))}
      </nav>
      <div className={css.foot}>{foot}</div>
    </header>
  )
}

/** Who is signed in and for which organisation. */
export function WhoAmI({ name, organisation }: { readonly name: string; readonly organisation: string }) {
  return (
    <>
      <div className={css.who}>{name}</div>
      <div className={css.where}>{organisation}</div>
    </>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

function Count({ count = 0 }: { readonly count?: number | undefined }) {
  return count > 0 ? <span className={css.count}>{count}</span> : null
}

// Where a member can go: by his roles, the places of the thumb first.
import { type Role, reachOf } from '#core/role.ts'
import { readCustomers } from '#features/access/access.rules.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import type { Place } from '#web/ui/navigation.tsx'
import { useOpenConflicts } from './screens/me-open-conflicts.ts'
import { shellWords } from './shell.words.ts'

export function usePlaces(): readonly Place[] {
  const t = useWords(shellWords)
  const { lease } = useDevice()
  const { refused } = useDeviceStatus()
  const conflicts = useOpenConflicts()
  const has = (...roles: readonly Role[]) => roles.some((role) => lease.roles.includes(role))
  const seesCustomers = reachOf(readCustomers, lease.roles) !== null
  const places: readonly (Place | false)[] = [
    { to: '/', label: t('place.today'), icon: 'today' },
    seesCustomers && { to: '/customers', label: t('place.customers'), icon: 'customers' },
    has('rep', 'manager') && { to: '/plan', label: t('place.plan'), icon: 'plan' },
    has('manager') && { to: '/team', label: t('place.team'), icon: 'team' },
    has('steward', 'admin') && { to: '/imports', label: t('place.imports'), icon: 'imports' },
    has('admin') && { to: '/admin', label: t('place.admin'), icon: 'admin' },
    { to: '/me', label: t('place.me'), icon: 'me', count: refused.length + conflicts.length },
  ]
  return places.filter((place) => place !== false)
}

/** As many tabs as a thumb tells apart. */
const most = 5

/** The places that are tabs on the phone; the last one, 我的, always is. */
export function tabsOf(places: readonly Place[]): readonly Place[] {
  return places.length <= most ? places : [...places.slice(0, most - 1), ...places.slice(-1)]
}

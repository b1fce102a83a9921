// Where a member can go: by his roles, the places of the thumb first.
import type { Role } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { readCustomers } from '#features/access/access.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus, useLive } from '#web/live.tsx'
import type { Place } from '#web/ui/navigation.tsx'
import { useOpenConflicts } from './screens/me-open-conflicts.ts'
import { shellWords } from './shell.words.ts'

export function usePlaces(): readonly Place[] {
  const t = useWords(shellWords)
  const { lease } = useDevice()
  const { refused } = useDeviceStatus()
  const conflicts = useOpenConflicts()
  const has = (...roles: readonly Role[]) => roles.some((role) => lease.roles.includes(role))
  const seesCustomers = useSeesCustomers()
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

/**
 * Devices carry the customers of territories. Those who answer for the whole organisation read it through the API
 * and by export, and have customers here only where a territory is assigned to them.
 */
function useSeesCustomers(): boolean {
  const { lease } = useDevice()
  const hasSome = useLive(someCustomer)
  return hasSome || lease.roles.some((role) => readCustomers[role] === 'territory')
}

function someCustomer(view: View): boolean {
  return view.all(customer).length > 0
}

/** As many tabs as a thumb tells apart. */
const most = 5

/** The places that are tabs on the phone; the last one, 我的, always is. */
export function tabsOf(places: readonly Place[]): readonly Place[] {
  return places.length <= most ? places : [...places.slice(0, most - 1), ...places.slice(-1)]
}

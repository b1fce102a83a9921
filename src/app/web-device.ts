// Opens the device of a member in this browser, and remembers who was here last so that it opens offline.
import { addDays, dayOf, mondayOf } from '#core/calendar.ts'
import { Refused } from '#core/refused.ts'
import type { Entrance } from '#sync/device/keys.ts'
import { type OpenedDevice, openDevice } from '#sync/device/open-device.ts'
import type { Outside } from '#sync/device/surroundings.ts'
import type { Lease } from '#sync/protocol.ts'
import { whoAmI } from '#web/session.ts'
import { registry } from './registry.ts'
import type { Opener, Tell } from './shell-door.tsx'

/** Who was here last: his name and rights, nothing that opens his rows. */
const leaseKey = 'rapport-lease'

/** What the device leans on in this browser; the channel between tabs is one member's. */
export type OutsideOf = (lease: Lease) => Outside

export function browserOpener(outsideOf: OutsideOf): Opener {
  let current: OpenedDevice | null = null
  const open = async ({ lease, unlock }: Entrance, tell: Tell): Promise<OpenedDevice> => {
    remember(lease)
    if (current !== null && isSame(current.lease, lease) && !current.status().isLocked) {
      current.renewLease(lease)
      return current
    }
    current?.close()
    const told: Tell = (event) => {
      // Who is only locked out comes back to the same rows.
      if (event === 'wiped' || event === 'left') forget()
      tell(event)
    }
    const given = { registry, lease, unlock, early: earlyRows(), tell: told }
    current = await openDevice({ ...outsideOf(lease), ...given })
    return current
  }
  return {
    open,
    forget: () => {
      current = null
      forget()
    },
    reopen: async (tell) => {
      const lease = remembered()
      if (lease === null) return null
      const device = await open({ lease, unlock: null }, tell).catch(expectLock)
      if (device === null) tell('locked')
      else void renew(lease, (me) => open(me, tell))
      return device
    },
  }
}

/** Where the lease has run out, or the browser has thrown everything away. */
function expectLock(error: unknown): null {
  if (error instanceof Refused && error.code === 'device.locked') return null
  throw error
}

/** Of the visits, which are read last, this week's and the next are wanted at once: 今日 shows them. */
function earlyRows(): ReadonlyMap<string, (row: { readonly [field: string]: unknown }) => boolean> {
  const today = dayOf(new Date().toISOString())
  const [from, until] = [mondayOf(today), addDays(today, 7)]
  return new Map([
    ['visit', ({ visitOn }) => typeof visitOn === 'string' && visitOn >= from && visitOn <= until],
  ])
}

/**
 * Asks the server for a new lease behind the screens; without network the old one holds until it runs out. That the
 * session is over, or somebody else's, the device hears by itself.
 */
async function renew(lease: Lease, open: (me: Entrance) => Promise<unknown>): Promise<void> {
  try {
    const me = await whoAmI()
    if (isSame(lease, me.lease)) await open(me)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

function remembered(): Lease | null {
  try {
    const kept = localStorage.getItem(leaseKey)
    // Only `remember` writes here.
    return kept === null ? null : (JSON.parse(kept) as Lease)
  } catch {
    // Storage is closed to us or holds something else: there is nobody to reopen for.
    return null
  }
}

function remember(lease: Lease): void {
  localStorage.setItem(leaseKey, JSON.stringify(lease))
}

function forget(): void {
  localStorage.removeItem(leaseKey)
}

function isSame(a: Lease, b: Lease): boolean {
  return a.orgId === b.orgId && a.userId === b.userId
}

import { addDays, dayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import { grouped } from '#core/grouped.ts'
import { oncePer } from '#core/once-per.ts'
import type { View } from '#core/view.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from './visit.entity.ts'
import { isUnreported } from './visit.rules.ts'

export type Visit = RowOf<typeof visit>
type Customer = RowOf<typeof customer>

/** Where a visit stands for those who look at a calendar: its state, and whether its report is due. */
export type Standing = 'planned' | 'unreported' | 'completed' | 'missed' | 'cancelled'

export function standingOf(of: Pick<Visit, 'status' | 'visitOn'>, now: string): Standing {
  return isUnreported(of, now) ? 'unreported' : of.status
}

/** The moment at which a visit ends. */
export function endOf({ startsAt, minutes }: Pick<Visit, 'startsAt' | 'minutes'>): string {
  return new Date(Date.parse(startsAt) + minutes * 60_000).toISOString()
}

/** One member's visits of a day, the earliest first; those that were called off are left out. */
export function visitsOfDay(view: View, ownerId: string, day: string): readonly Visit[] {
  return byOwner(view.where(visit, 'visitOn', day)).get(ownerId) ?? []
}

/** The visits of one day by their owner; worked out again only when that day has changed. */
const byOwner = oncePer((visits: readonly Visit[]): ReadonlyMap<string, readonly Visit[]> => {
  const standing = visits.filter(({ status }) => status !== 'cancelled').sort(byStart)
  return grouped(standing, ({ ownerId }) => ownerId)
})

/** The same for `count` days from `from`, each day in turn. */
export function visitsOfDays(
  view: View,
  ownerId: string,
  { from, count }: { readonly from: string; readonly count: number },
): ReadonlyMap<string, readonly Visit[]> {
  const days = Array.from({ length: count }, (_, index) => addDays(from, index))
  return new Map(days.map((day) => [day, visitsOfDay(view, ownerId, day)]))
}

/** What has come of a member's visits: how many are done of those that were planned, and whom they reached. */
export interface Progress {
  readonly done: number
  /** Done, still to come, unreported and missed together. */
  readonly planned: number
  readonly customerIds: ReadonlySet<string>
}

export function progressOf(visits: Iterable<Visit>): Progress {
  const customerIds = new Set<string>()
  let done = 0
  let planned = 0
  for (const { status, customerId } of visits) {
    if (status === 'cancelled') continue
    planned += 1
    if (status !== 'completed') continue
    done += 1
    customerIds.add(customerId)
  }
  return { done, planned, customerIds }
}

/** A customer to think of when planning. */
export interface Unvisited {
  readonly customer: Customer
  /** The day of the last visit that was made; null for none yet. */
  readonly lastOn: string | null
}

/**
 * Customers of these territories without a visit ahead, those not seen for longest (or never) first.
 * Cost: once over the visits on the device.
 */
export function longUnvisited(
  view: View,
  territories: ReadonlySet<string>,
  { now, limit }: { readonly now: string; readonly limit: number },
): readonly Unvisited[] {
  const today = dayOf(now)
  const ahead = new Set<string>()
  const last = new Map<string, string>()
  for (const { customerId, status, visitOn } of view.all(visit)) {
    if (status === 'planned' && visitOn >= today) ahead.add(customerId)
    if (status === 'completed' && (last.get(customerId) ?? '') < visitOn) last.set(customerId, visitOn)
  }
  return view
    .all(customer)
    .filter(({ id, territoryId }) => territories.has(territoryId) && !ahead.has(id))
    .map((each) => ({ customer: each, lastOn: last.get(each.id) ?? null }))
    .sort((a, b) => compare(a.lastOn ?? '', b.lastOn ?? '') || compare(a.customer.id, b.customer.id))
    .slice(0, limit)
}

/** A visit and where it is drawn beside those at the same time. */
export interface Placed {
  readonly visit: Visit
  /** 0 for the first of `lanes` lanes. */
  readonly lane: number
  readonly lanes: number
}

/**
 * The visits of one day side by side where their times overlap. `shortest` minutes are drawn at least, so that
 * two short visits close to each other do not cover one another.
 */
export function placed(visits: readonly Visit[], shortest: number): readonly Placed[] {
  const result: Placed[] = []
  let group: { visit: Visit; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    for (const each of group) result.push({ ...each, lanes: ends.length })
    group = []
    ends = []
  }
  for (const each of [...visits].sort(byStart)) {
    const start = Date.parse(each.startsAt)
    if (ends.every((end) => end <= start)) close()
    const free = ends.findIndex((end) => end <= start)
    const lane = free < 0 ? ends.length : free
    ends[lane] = start + Math.max(each.minutes, shortest) * 60_000
    group.push({ visit: each, lane })
  }
  close()
  return result
}

/** The ids of visits that share time with another one of the same member. */
export const overlapping = oncePer((visits: readonly Visit[]): ReadonlySet<string> => {
  const found = new Set<string>()
  // Whoever overlaps an earlier visit overlaps, of all earlier ones, the one that ends last.
  let longest = { id: '', end: Number.NEGATIVE_INFINITY }
  for (const { id, status, startsAt, minutes } of [...visits].sort(byStart)) {
    if (status !== 'planned' && status !== 'completed') continue
    const start = Date.parse(startsAt)
    if (start < longest.end) found.add(id).add(longest.id)
    const end = start + minutes * 60_000
    if (end > longest.end) longest = { id, end }
  }
  return found
})

function byStart(a: Visit, b: Visit): number {
  return compare(a.startsAt, b.startsAt) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

import { dayOf, firstOfMonth } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { type Due, dueOf } from '#features/commitments/commitment.rules.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { isUnreported } from '#features/visits/visit.rules.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer } from './customer.entity.ts'
import {
  type Affiliation,
  type Customer,
  compareTexts,
  type Department,
  type Institution,
} from './customer-facts.queries.ts'

type Visit = RowOf<typeof visit>
type Commitment = RowOf<typeof commitment>

export interface Workplace {
  readonly affiliation: Affiliation
  readonly institution: Institution | undefined
  readonly department: Department | undefined
  /** His last day there has passed. */
  readonly hasEnded: boolean
}

export interface OpenPromise {
  readonly commitment: Commitment
  readonly due: Due
}

/** Something that happened: a visit with what was promised in it, a promise made otherwise, a promise settled. */
export type TimelineEntry =
  | {
      readonly kind: 'visit'
      readonly at: string
      readonly visit: Visit
      readonly made: readonly Commitment[]
    }
  | { readonly kind: 'made' | 'settled'; readonly at: string; readonly commitment: Commitment }

export interface TimelineMonth {
  /** The first day of the month. */
  readonly month: string
  readonly entries: readonly TimelineEntry[]
}

export interface CustomerPage {
  readonly customer: Customer
  /** The primary one first, then the others, then those that have ended. */
  readonly workplaces: readonly Workplace[]
  /** Open promises, the most urgent first. */
  readonly ours: readonly OpenPromise[]
  readonly theirs: readonly OpenPromise[]
  /** The next planned visit, today's included. */
  readonly next: Visit | null
  /** Planned visits whose day has passed without a report, the latest first. */
  readonly unreported: readonly Visit[]
  readonly lastVisitOn: string | null
  /** The latest month first, within it the latest entry. */
  readonly timeline: readonly TimelineMonth[]
}

/** Everything about one customer as of `now`; null where he is not on this device. */
export function customerPage(view: View, id: string, now: string): CustomerPage | null {
  const found = view.get(customer, id)
  if (!found) return null
  const today = dayOf(now)
  const visits = view.where(visit, 'customerId', id)
  const commitments = view.where(commitment, 'customerId', id)
  const completed = visits.filter(({ status }) => status === 'completed')
  const open = commitments
    .filter(({ status }) => status === 'open')
    .map((each) => ({ commitment: each, due: dueOf(each, now) }))
    .sort((a, b) => byUrgency(a.commitment, b.commitment))
  const ahead = visits.filter(({ status, visitOn }) => status === 'planned' && visitOn >= today)
  return {
    customer: found,
    workplaces: workplacesOf(view, id, today),
    ours: open.filter((each) => each.commitment.promisedBy === 'us'),
    theirs: open.filter((each) => each.commitment.promisedBy === 'customer'),
    next: ahead.sort(byStart)[0] ?? null,
    unreported: visits
      .filter((each) => isUnreported(each, now))
      .sort(byStart)
      .reverse(),
    lastVisitOn: completed.reduce<string | null>(
      (last, { visitOn }) => (last === null || last < visitOn ? visitOn : last),
      null,
    ),
    timeline: byMonth([...pastVisits(visits, commitments), ...promiseEntries(visits, commitments)]),
  }
}

/** Where a customer works and worked. */
function workplacesOf(view: View, customerId: string, today: string): readonly Workplace[] {
  return view
    .where(affiliation, 'customerId', customerId)
    .map((each) => ({
      affiliation: each,
      institution: view.get(institution, each.institutionId),
      department: each.departmentId === null ? undefined : view.get(department, each.departmentId),
      hasEnded: each.untilOn !== null && each.untilOn < today,
    }))
    .sort(
      (a, b) =>
        Number(b.affiliation.isPrimary) - Number(a.affiliation.isPrimary) ||
        Number(a.hasEnded) - Number(b.hasEnded) ||
        compareTexts(a.affiliation.createdAt, b.affiliation.createdAt) ||
        compareTexts(a.affiliation.id, b.affiliation.id),
    )
}

function pastVisits(visits: readonly Visit[], commitments: readonly Commitment[]): readonly TimelineEntry[] {
  return visits
    .filter(({ status }) => status !== 'planned')
    .map((each) => ({
      kind: 'visit',
      at: each.startsAt,
      visit: each,
      made: commitments.filter(({ visitId }) => visitId === each.id).sort(byUrgency),
    }))
}

// A promise made in a visit is told with the visit; where the visit is not here, it is told by itself.
function promiseEntries(
  visits: readonly Visit[],
  commitments: readonly Commitment[],
): readonly TimelineEntry[] {
  const told = new Set(visits.filter(({ status }) => status !== 'planned').map(({ id }) => id))
  return commitments.flatMap((each): readonly TimelineEntry[] => [
    ...(each.visitId === null || !told.has(each.visitId)
      ? [{ kind: 'made' as const, at: each.createdAt, commitment: each }]
      : []),
    ...(each.settledAt === null ? [] : [{ kind: 'settled' as const, at: each.settledAt, commitment: each }]),
  ])
}

function byMonth(entries: readonly TimelineEntry[]): readonly TimelineMonth[] {
  const months: { month: string; entries: TimelineEntry[] }[] = []
  for (const entry of [...entries].sort(latestFirst)) {
    const month = firstOfMonth(dayOf(entry.at))
    const last = months.at(-1)
    if (last?.month === month) last.entries.push(entry)
    else months.push({ month, entries: [entry] })
  }
  return months
}

function latestFirst(a: TimelineEntry, b: TimelineEntry): number {
  return compareTexts(b.at, a.at) || compareTexts(idOf(a), idOf(b))
}

function idOf(entry: TimelineEntry): string {
  return entry.kind === 'visit' ? entry.visit.id : `${entry.commitment.id}${entry.kind}`
}

function byStart(a: Visit, b: Visit): number {
  return compareTexts(a.startsAt, b.startsAt) || compareTexts(a.id, b.id)
}

// Those without a day (as soon as possible) come after those with one.
function byUrgency(a: Commitment, b: Commitment): number {
  return (
    compareTexts(a.dueOn ?? '\uffff', b.dueOn ?? '\uffff') ||
    compareTexts(a.createdAt, b.createdAt) ||
    compareTexts(a.id, b.id)
  )
}

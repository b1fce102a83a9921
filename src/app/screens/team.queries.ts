// A manager's team: each colleague with his work, and the sums of all.

import { dayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import type { commitment } from '#features/commitments/commitment.entity.ts'
import type { customer } from '#features/customers/customer.entity.ts'
import { type TeamMember, teamOf } from '#features/territories/territory.queries.ts'
import { type MemberWork, workOf } from '#features/visits/coverage.queries.ts'
import type { Visit } from '#features/visits/visit.queries.ts'

type Customer = RowOf<typeof customer>
type Commitment = RowOf<typeof commitment>

export interface Colleague extends TeamMember {
  readonly work: MemberWork
}

export interface Team {
  readonly colleagues: readonly Colleague[]
  /** A customer whom two colleagues serve counts once. */
  readonly customers: readonly Customer[]
  readonly covered: readonly Customer[]
  /** Most visits of one day in the pictures, so that all have one scale. */
  readonly busiest: number
}

export function teamAt(view: View, managerId: string, now: string): Team {
  const colleagues = teamOf(view, managerId, dayOf(now)).map((each) => ({
    ...each,
    work: workOf(view, each.member.id, now),
  }))
  const once = (of: (work: MemberWork) => readonly Customer[]) => [
    ...new Set(colleagues.flatMap(({ work }) => of(work))),
  ]
  const heights = colleagues.flatMap(({ work }) =>
    work.days.map(({ done, unreported, ahead }) => done.length + unreported.length + ahead.length),
  )
  return {
    colleagues,
    customers: once((work) => work.customers),
    covered: once((work) => work.covered),
    busiest: Math.max(1, ...heights),
  }
}

/** Share of settled promises that were kept, in whole percent; null where none was settled. */
export function keptRate({ kept, broken }: Pick<MemberWork, 'kept' | 'broken'>): number | null {
  const settled = kept.length + broken.length
  return settled === 0 ? null : Math.round((100 * kept.length) / settled)
}

/** The records behind a figure. */
export type Records = { readonly title: string } & (
  | { readonly kind: 'visits'; readonly visits: readonly Visit[] }
  | { readonly kind: 'customers'; readonly customers: readonly Customer[] }
  | { readonly kind: 'promises'; readonly promises: readonly Commitment[] }
)

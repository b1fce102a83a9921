// What the list knows of each customer, worked out once for as long as the rows behind it stay the same.
import type { RowOf } from '#core/entity.ts'
import { oncePer } from '#core/once-per.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer } from './customer.entity.ts'
import { type Findable, findable } from './name-match.rules.ts'

export type Customer = RowOf<typeof customer>
export type Affiliation = RowOf<typeof affiliation>
export type Institution = RowOf<typeof institution>
export type Department = RowOf<typeof department>
type Visit = RowOf<typeof visit>
type Commitment = RowOf<typeof commitment>

/** A customer with the places where he works, the primary one first. */
export interface Entry {
  readonly customer: Customer
  readonly name: Findable
  /** A to Z, or # where the first letter is not known or none of these. */
  readonly letter: string
  readonly institution: Institution | undefined
  readonly department: Department | undefined
  /** Every institution where he works at present. */
  readonly institutions: readonly Institution[]
}

/** All customers on the device in the order of their names. */
export function entriesOf(view: View): readonly Entry[] {
  return entriesFrom(view.all(customer), view.all(institution), view.all(department), view.all(affiliation))
}

/** The day on which a customer was last visited; null where he never was. */
export function lastVisitOf(view: View, customerId: string): string | null {
  return lastVisitIn(view.where(visit, 'customerId', customerId))
}

/** The open commitments of a customer. */
export interface OpenPromises {
  /** Ours and his. */
  readonly count: number
  /** The earliest day by which one of ours is due; null where none of them has a day. */
  readonly oursDueOn: string | null
}

/** Null where there are none. */
export function openPromisesOf(view: View, customerId: string): OpenPromises | null {
  return openPromisesIn(view.where(commitment, 'customerId', customerId))
}

const nameOf = oncePer((row: Customer) => findable(row))

/** An institution made ready for being looked for. */
export const institutionName = oncePer((row: Institution) => findable(row))

// Customer by customer: after a change only the one whom it concerns is worked out anew.
const lastVisitIn = oncePer((visits: readonly Visit[]) => {
  let last: string | null = null
  for (const { status, visitOn } of visits) {
    if (status === 'completed' && (last === null || last < visitOn)) last = visitOn
  }
  return last
})

const openPromisesIn = oncePer((commitments: readonly Commitment[]): OpenPromises | null => {
  let count = 0
  let oursDueOn: string | null = null
  for (const { status, promisedBy, dueOn } of commitments) {
    if (status !== 'open') continue
    count += 1
    if (promisedBy === 'us' && dueOn !== null && (oursDueOn === null || dueOn < oursDueOn)) oursDueOn = dueOn
  }
  return count === 0 ? null : { count, oursDueOn }
})

const entriesFrom = oncePer(
  (
    customers: readonly Customer[],
    institutions: readonly Institution[],
    departments: readonly Department[],
    affiliations: readonly Affiliation[],
  ): readonly Entry[] => {
    const institutionOf = byId(institutions)
    const departmentOf = byId(departments)
    const worksAt = new Map<string, Set<string>>()
    for (const { customerId, institutionId, untilOn } of affiliations) {
      if (untilOn === null) worksAt.set(customerId, (worksAt.get(customerId) ?? new Set()).add(institutionId))
    }
    return customers
      .map((row) => {
        const places = new Set(row.institutionId === null ? [] : [row.institutionId])
        for (const id of worksAt.get(row.id) ?? []) places.add(id)
        return {
          customer: row,
          name: nameOf(row),
          letter: letterOf(row.sortKey),
          institution: row.institutionId === null ? undefined : institutionOf.get(row.institutionId),
          department: row.departmentId === null ? undefined : departmentOf.get(row.departmentId),
          institutions: [...places].map((id) => institutionOf.get(id)).filter((each) => each !== undefined),
        }
      })
      .sort(byName)
  },
)

/** Those whose pinyin is known first, in its order; the others by their characters, at the end. */
function byName(a: Entry, b: Entry): number {
  const unlettered = Number(a.letter === '#') - Number(b.letter === '#')
  if (unlettered !== 0) return unlettered
  return (
    compareTexts(a.customer.sortKey ?? '', b.customer.sortKey ?? '') ||
    compareTexts(a.customer.name, b.customer.name) ||
    compareTexts(a.customer.id, b.customer.id)
  )
}

/** Order by code units: for days, keys and ids, where no language has a say. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function letterOf(sortKey: string | null): string {
  const letter = sortKey?.[0]?.toUpperCase() ?? ''
  return letter >= 'A' && letter <= 'Z' ? letter : '#'
}

function byId<R extends { readonly id: string }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.map((row) => [row.id, row]))
}

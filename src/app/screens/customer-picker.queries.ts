import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { findable, fit, fitOf, soughtIn } from '#features/customers/name-match.rules.ts'
import { institution } from '#features/institutions/institution.entity.ts'

type Customer = RowOf<typeof customer>

interface Sought {
  /** Names, pinyin, initials or hospitals, several words at will; empty for everybody. */
  readonly text: string
  /** Only these territories; null for all that are in sight. */
  readonly territories: ReadonlySet<string> | null
  readonly limit: number
}

/** Customers whose name or hospital fits every word, the best fit first, then by name. */
export function customersFound(view: View, { text, territories, limit }: Sought): readonly Customer[] {
  const words = soughtIn(text)
  const hospitals = new Map<string, ReturnType<typeof findable>>()
  const hospitalOf = ({ institutionId }: Customer) => {
    if (institutionId === null) return null
    const known = hospitals.get(institutionId)
    if (known) return known
    const place = view.get(institution, institutionId)
    if (!place) return null
    const made = findable(place)
    hospitals.set(institutionId, made)
    return made
  }
  const found: { readonly row: Customer; readonly fit: number }[] = []
  for (const row of view.all(customer)) {
    if (territories !== null && !territories.has(row.territoryId)) continue
    const name = findable(row)
    const place = words.length > 0 ? hospitalOf(row) : null
    const fits = words.map((word) => {
      const byName = fitOf(name, word)
      return byName < fit.none || place === null ? byName : fitOf(place, word)
    })
    if (fits.every((each) => each < fit.none)) {
      found.push({ row, fit: fits.reduce<number>((sum, each) => sum + each, 0) })
    }
  }
  return found
    .sort((a, b) => a.fit - b.fit || byName(a.row, b.row))
    .slice(0, limit)
    .map(({ row }) => row)
}

function byName(a: Customer, b: Customer): number {
  const [first, second] = [a.sortKey ?? a.name, b.sortKey ?? b.name]
  if (first === second) return a.id < b.id ? -1 : 1
  return first < second ? -1 : 1
}

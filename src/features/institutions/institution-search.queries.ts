import type { RowOf } from '#core/entity.ts'
import { oncePer } from '#core/once-per.ts'
import type { View } from '#core/view.ts'
import { type Fit, findable, fit, fitOf, soughtIn } from '#features/customers/name-match.rules.ts'
import { department } from './department.entity.ts'
import { institution } from './institution.entity.ts'

export type Institution = RowOf<typeof institution>
export type Department = RowOf<typeof department>

const nameOf = oncePer((row: Institution) => findable(row))

/**
 * Institutions by name, pinyin or initials, and by city or district; the best fit first, of equals the
 * shorter name. All of them for an empty text.
 */
export function findInstitutions(view: View, text: string, limit: number): readonly Institution[] {
  const sought = soughtIn(text)
  const found: { readonly row: Institution; readonly rank: number }[] = []
  for (const row of view.all(institution)) {
    const fits = sought.map((word) => fitWithPlace(row, word))
    if (fits.includes(fit.none)) continue
    found.push({ row, rank: fits.reduce<number>((sum, each) => sum + each, 0) })
  }
  return found
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (sought.length > 0 ? a.row.name.length - b.row.name.length : 0) ||
        compare(a.row.sortKey ?? a.row.name, b.row.sortKey ?? b.row.name),
    )
    .slice(0, limit)
    .map(({ row }) => row)
}

/** The departments of an institution in the order of their names. */
export function departmentsOf(view: View, institutionId: string): readonly Department[] {
  return [...view.where(department, 'institutionId', institutionId)].sort((a, b) =>
    order.compare(a.name, b.name),
  )
}

const order = new Intl.Collator('zh-CN', { numeric: true })

function fitWithPlace(row: Institution, word: string): Fit {
  const ofName = fitOf(nameOf(row), word)
  if (ofName !== fit.none) return ofName
  return row.city?.startsWith(word) || row.district?.startsWith(word) ? fit.within : fit.none
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

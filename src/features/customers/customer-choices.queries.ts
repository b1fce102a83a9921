import type { View } from '#core/view.ts'
import { type Entry, entriesOf, type Institution } from './customer-facts.queries.ts'

/** A value by which the list can be filtered, and how many customers have it. */
export interface Counted {
  readonly value: string
  readonly count: number
}

export interface CountedInstitution extends Counted {
  readonly institution: Institution
}

/** What there is to filter by on this device, the most frequent first. */
export interface CustomerChoices {
  readonly roles: readonly Counted[]
  readonly titles: readonly Counted[]
  readonly cities: readonly Counted[]
  readonly departments: readonly Counted[]
  readonly institutions: readonly CountedInstitution[]
}

export function customerChoices(view: View): CustomerChoices {
  const entries = entriesOf(view)
  const places = new Map<string, Institution>()
  for (const { institutions } of entries) for (const each of institutions) places.set(each.id, each)
  return {
    roles: counted(entries, ({ customer }) => [customer.role]),
    titles: counted(entries, ({ customer }) => [customer.title]),
    cities: counted(entries, ({ institutions }) => institutions.map(({ city }) => city)),
    departments: counted(entries, ({ department }) => [department?.name]),
    institutions: counted(entries, ({ institutions }) => institutions.map(({ id }) => id)).flatMap((each) => {
      const institution = places.get(each.value)
      return institution ? [{ ...each, institution }] : []
    }),
  }
}

function counted(
  entries: readonly Entry[],
  of: (entry: Entry) => readonly (string | null | undefined)[],
): readonly Counted[] {
  const counts = new Map<string, number>()
  for (const entry of entries) {
    for (const value of new Set(of(entry))) {
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}

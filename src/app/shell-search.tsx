// What ⌘K finds: places, then customers by the same search as their list.
import { useNavigate } from 'react-router'
import { noFilters } from '#features/customers/customer-filters.rules.ts'
import { customerList } from '#features/customers/customer-list.queries.ts'
import { useToday } from '#web/clock.ts'
import { useDevice } from '#web/live.tsx'
import { type Command, CommandPalette } from '#web/ui/command-palette.tsx'
import type { Place } from '#web/ui/navigation.tsx'

interface SearchProps {
  readonly places: readonly Place[]
  readonly onClose: () => void
}

export function Search({ places, onClose }: SearchProps) {
  const navigate = useNavigate()
  const today = useToday()
  const { view } = useDevice()
  const open = (to: string) => () => void navigate(to)
  const find = (text: string): readonly Command[] => {
    const matching = places
      .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
      .map(({ to, label, icon }) => ({ key: to, label, icon, run: open(to) }))
    if (text === '') return matching
    const { sections } = customerList(view, { search: text, filters: noFilters, sort: 'name', today })
    const people = sections.flatMap(({ rows }) =>
      rows.map(({ id, name, institution }): Command => {
        const detail = institution === null ? {} : { detail: institution }
        return { key: id, label: name, icon: 'me', run: open(`/customers/${id}`), ...detail }
      }),
    )
    return [...matching, ...people]
  }
  return <CommandPalette find={find} onClose={onClose} />
}

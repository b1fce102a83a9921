// What ⌘K finds: places, then customers by name, pinyin, initials or hospital.
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { customer } from '#features/customers/customer.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { useDevice } from '#web/live.tsx'
import { type Command, CommandPalette } from '#web/ui/command-palette.tsx'
import type { Place } from '#web/ui/navigation.tsx'

interface SearchProps {
  readonly places: readonly Place[]
  readonly onClose: () => void
}

export function Search({ places, onClose }: SearchProps) {
  const navigate = useNavigate()
  const { view } = useDevice()
  const find = useCallback(
    (text: string): readonly Command[] => {
      const sought = text.toLowerCase()
      const open = (to: string) => () => void navigate(to)
      const matching = places
        .filter(({ label }) => label.toLowerCase().includes(sought))
        .map(({ to, label, icon }) => ({ key: to, label, icon, run: open(to) }))
      if (sought === '') return matching
      const people = view.all(customer).flatMap((row): readonly Command[] => {
        const place = row.institutionId === null ? undefined : view.get(institution, row.institutionId)
        const haystack = [row.name, row.pinyin, row.initials, place?.name, place?.initials]
        if (!haystack.some((part) => part?.toLowerCase().includes(sought))) return []
        const detail = place ? { detail: place.name } : {}
        return [{ key: row.id, label: row.name, icon: 'me', run: open(`/customers/${row.id}`), ...detail }]
      })
      return [...matching, ...people]
    },
    [places, view, navigate],
  )
  return <CommandPalette find={find} onClose={onClose} />
}

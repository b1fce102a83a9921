// Everything the list can be narrowed down by, with how many would remain.
import { useState } from 'react'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { ChipsField, SegmentedField } from '#web/ui/choices.tsx'
import type { Option } from '#web/ui/fields.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { customerWords } from './customer.words.ts'
import { unvisitedChoices } from './customer-address.rules.ts'
import { type Counted, customerChoices } from './customer-choices.queries.ts'
import {
  type CustomerFilters,
  type CustomerSort,
  customerSorts,
  noFilters,
} from './customer-filters.rules.ts'
import { customerListWords } from './customer-list.words.ts'

interface FilterSheetProps {
  readonly filters: CustomerFilters
  readonly sort: CustomerSort
  /** How many customers pass at the moment. */
  readonly count: number
  readonly onChange: (filters: CustomerFilters, sort: CustomerSort) => void
  readonly onClose: () => void
}

export function CustomerFilterSheet({ filters, sort, count, onChange, onClose }: FilterSheetProps) {
  const t = useWords(customerListWords)
  const tc = useWords(customerWords)
  const choices = useLive(customerChoices)
  const set = (change: Partial<CustomerFilters>) => onChange({ ...filters, ...change }, sort)
  const plain = (all: readonly Counted[]) => all.map((each) => ({ ...each, label: each.value }))
  return (
    <Sheet
      foot={
        <>
          <Button onClick={() => onChange(noFilters, sort)}>{t('customers.clear_filters')}</Button>
          <Button look="primary" onClick={onClose}>
            {t('customers.show', { count })}
          </Button>
        </>
      }
      onClose={onClose}
      title={t('customers.filter')}
    >
      <SegmentedField
        label={t('customers.sort')}
        onChange={(chosen) => onChange(filters, chosen ?? 'name')}
        options={customerSorts.map((value) => ({ value, label: t(`customers.sort.${value}`) }))}
        value={sort}
      />
      <SegmentedField
        label={t('customers.promises')}
        onChange={(chosen) => set({ promises: chosen === 'any' ? null : chosen })}
        options={(['any', 'open', 'overdue'] as const).map((value) => ({
          value,
          label: t(`customers.promises.${value}`),
        }))}
        value={filters.promises ?? 'any'}
      />
      <Unvisited days={filters.unvisitedDays} onChange={(unvisitedDays) => set({ unvisitedDays })} />
      <MoreChips
        label={t('customers.city')}
        onChange={(cities) => set({ cities })}
        options={plain(choices.cities)}
        value={filters.cities}
      />
      <MoreChips
        label={t('customers.institution')}
        onChange={(institutionIds) => set({ institutionIds })}
        options={choices.institutions.map((each) => ({ ...each, label: each.institution.name }))}
        value={filters.institutionIds}
      />
      <MoreChips
        label={t('customers.department')}
        onChange={(departments) => set({ departments })}
        options={plain(choices.departments)}
        value={filters.departments}
      />
      <MoreChips
        label={tc('customer.role')}
        onChange={(roles) => set({ roles })}
        options={choices.roles.map((each) => ({ ...each, label: tc(optionKey('role', each.value)) }))}
        value={filters.roles}
      />
      <MoreChips
        label={tc('customer.title')}
        onChange={(titles) => set({ titles })}
        options={choices.titles.map((each) => ({ ...each, label: tc(optionKey('title', each.value)) }))}
        value={filters.titles}
      />
    </Sheet>
  )
}

/** The key of an option's text. Every option of the two fields has one, as a test over the words shows. */
function optionKey(field: 'role' | 'title', value: string) {
  return `customer.${field}.${value}` as keyof typeof customerWords
}

interface UnvisitedProps {
  readonly days: number | null
  readonly onChange: (days: number | null) => void
}

function Unvisited({ days, onChange }: UnvisitedProps) {
  const t = useWords(customerListWords)
  const offered = days === null || unvisitedChoices.some((each) => each === days) ? [] : [days]
  const options = [...unvisitedChoices, ...offered].map((count) => ({
    value: String(count),
    label: t('customers.unvisited_days', { count }),
  }))
  return (
    <ChipsField
      label={t('customers.unvisited')}
      onChange={(chosen) => {
        // One at a time: the one just added, or none.
        const latest = chosen.find((each) => each !== String(days))
        onChange(latest === undefined ? null : Number(latest))
      }}
      options={options}
      value={days === null ? [] : [String(days)]}
    />
  )
}

interface MoreChipsProps {
  readonly label: string
  readonly options: readonly (Option<string> & { readonly count: number })[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** So many are shown before one asks for all. */
const few = 8

/** The most frequent ones and those that are chosen; the others on demand. */
function MoreChips({ label, options, value, onChange }: MoreChipsProps) {
  const t = useWords(customerListWords)
  const [isOpen, open] = useState(false)
  const shown = isOpen ? options : options.filter((each, at) => at < few || value.includes(each.value))
  if (options.length < 2 && value.length === 0) return null
  return (
    <>
      <ChipsField
        label={label}
        onChange={onChange}
        options={shown.map((each) => ({ value: each.value, label: `${each.label} ${each.count}` }))}
        value={value}
      />
      {options.length > few && (
        <Button look="quiet" onClick={() => open(!isOpen)} small>
          {isOpen ? t('customers.fewer') : t('customers.more', { count: options.length })}
        </Button>
      )}
    </>
  )
}

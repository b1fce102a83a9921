// The list of customers: search always at hand, conditions as chips, letters at the edge.
import { memo, type ReactNode, useCallback, useDeferredValue, useLayoutEffect, useRef, useState } from 'react'
import type { View } from '#core/view.ts'
import { useSaying } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Chip } from '#web/ui/choices.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useKeys, useListKeys } from '#web/ui/keyboard.ts'
import { LetterRail } from '#web/ui/letter-rail.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type WindowedHandle, WindowedList } from '#web/ui/windowed-list.tsx'
import { useUnsent } from '#web/unsent.tsx'
import { conditionsIn } from './customer-address.rules.ts'
import { CustomerFilterSheet } from './customer-filter-sheet.tsx'
import { type CustomerFilters, type CustomerSort, noFilters } from './customer-filters.rules.ts'
import { type CustomerList, type CustomerRow, customerList } from './customer-list.queries.ts'
import { customerListWords } from './customer-list.words.ts'
import css from './customer-list-pane.module.css'
import { CustomerLine, customerRowHeight } from './customer-row.tsx'

interface CustomerListPaneProps {
  readonly filters: CustomerFilters
  readonly sort: CustomerSort
  readonly onFilter: (filters: CustomerFilters, sort: CustomerSort) => void
  /** The customer that is open beside the list. */
  readonly chosenId: string | null
  readonly addressOf: (customerId: string) => string
  readonly onOpen: (customerId: string) => void
  /** Shown while there is no customer at all. */
  readonly empty: ReactNode
}

/** Drawn again only when what it is given changes: it stays behind a customer who is open on the phone. */
export const CustomerListPane = memo(function CustomerListPane(props: CustomerListPaneProps) {
  const { filters, sort, onFilter, empty } = props
  const t = useWords(customerListWords)
  const [search, write] = useState('')
  const [isFiltering, setFiltering] = useState(false)
  const list = useCustomerList(search, { filters, sort })
  const tools = useRef<HTMLDivElement>(null)
  const covered = useHeight(tools)
  useKeys({ '/': () => tools.current?.querySelector('input')?.focus() })
  if (list.total === 0) return empty
  const text = search.trim()
  const openFirst = () => {
    const first = list.sections[0]?.rows[0]
    if (first && text !== '') props.onOpen(first.id)
  }
  return (
    <>
      <div className={css.tools} ref={tools}>
        <SearchField label={t('customers.search')} onChange={write} onEnter={openFirst} value={search} />
        <QuickFilters
          filters={filters}
          onFilter={(next) => onFilter(next, sort)}
          onMore={() => setFiltering(true)}
        />
      </div>
      <p className={css.count} role="status">
        {list.count === list.total
          ? t('customers.count', { count: list.count })
          : t('customers.found', { count: list.count, total: list.total })}
      </p>
      {list.count > 0 ? (
        <Rows {...props} covered={covered} hasLetters={sort === 'name' && text === ''} list={list} />
      ) : (
        <NothingFound
          onClear={() => {
            write('')
            onFilter(noFilters, sort)
          }}
          text={text}
        />
      )}
      {isFiltering && (
        <CustomerFilterSheet
          count={list.count}
          filters={filters}
          onChange={onFilter}
          onClose={() => setFiltering(false)}
          sort={sort}
        />
      )}
    </>
  )
})

/** The list as asked for; while one writes quickly, typing goes before listing. */
function useCustomerList(
  search: string,
  { filters, sort }: Pick<CustomerListPaneProps, 'filters' | 'sort'>,
): CustomerList {
  const text = useDeferredValue(search)
  const { today } = useSaying()
  return useLive(
    useCallback(
      (view: View) => customerList(view, { search: text, filters, sort, today }),
      [text, filters, sort, today],
    ),
  )
}

interface RowsProps extends CustomerListPaneProps {
  readonly list: CustomerList
  readonly hasLetters: boolean
  readonly covered: number
}

function Rows({ list, hasLetters, covered, chosenId, addressOf, onOpen }: RowsProps) {
  const t = useWords(customerListWords)
  const unsent = useUnsent()
  const handle = useRef<WindowedHandle>(null)
  const rows = list.sections.flatMap((section) => section.rows)
  const marked = useListKeys(rows.length, (index) => {
    const row = rows[index]
    if (row) onOpen(row.id)
  })
  useLayoutEffect(() => {
    if (marked >= 0) handle.current?.toRow(marked)
  }, [marked])
  const sections = list.sections.map(({ heading, rows: inside }, index) => ({
    key: `${index}${heading ?? ''}`,
    heading: heading === '' ? t('customers.no_institution') : heading,
    rows: inside,
  }))
  const draw = (row: CustomerRow, index: number) => (
    <CustomerLine
      isChosen={row.id === chosenId}
      isMarked={index === marked}
      row={row}
      to={addressOf(row.id)}
      unsent={unsent(row.id)}
    />
  )
  return (
    <div className={css.body}>
      <div className={css.rows}>
        <WindowedList
          covered={covered}
          draw={draw}
          handle={handle}
          keyOf={(row) => row.id}
          label={t('customers.title')}
          rowHeight={customerRowHeight}
          sections={sections}
        />
      </div>
      {hasLetters && list.sections.length > 1 && (
        <div className={css.rail} style={{ top: covered }}>
          <LetterRail
            letters={list.sections.map(({ heading }) => heading ?? '')}
            onLetter={(index) => handle.current?.toSection(index)}
          />
        </div>
      )}
    </div>
  )
}

interface QuickFiltersProps {
  readonly filters: CustomerFilters
  readonly onFilter: (filters: CustomerFilters) => void
  readonly onMore: () => void
}

/** Days without a visit after which somebody is worth thinking of. */
const longUnseen = 30

/** The two conditions of every day, and the way to all others. */
function QuickFilters({ filters, onFilter, onMore }: QuickFiltersProps) {
  const t = useWords(customerListWords)
  const set = conditionsIn(filters)
  const days = filters.unvisitedDays ?? longUnseen
  const isOverdue = filters.promises === 'overdue'
  return (
    <div className={css.chips}>
      <Button icon="filter" onClick={onMore} small>
        {set === 0 ? t('customers.filters') : t('customers.filters_on', { count: set })}
      </Button>
      <Chip
        isOn={isOverdue}
        label={t('customers.overdue_chip')}
        onToggle={() => onFilter({ ...filters, promises: isOverdue ? null : 'overdue' })}
      />
      <Chip
        isOn={filters.unvisitedDays !== null}
        label={t('customers.unvisited_chip', { count: days })}
        onToggle={() =>
          onFilter({ ...filters, unvisitedDays: filters.unvisitedDays === null ? longUnseen : null })
        }
      />
    </div>
  )
}

function NothingFound({ text, onClear }: { readonly text: string; readonly onClear: () => void }) {
  const t = useWords(customerListWords)
  return (
    <EmptyState
      action={
        <Button onClick={onClear}>
          {text === '' ? t('customers.clear_filters') : t('customers.clear_search')}
        </Button>
      }
      drawing="search"
    >
      {text === '' ? t('customers.nothing_passes') : t('customers.nothing_found', { text })}
    </EmptyState>
  )
}

/** The height of what sticks at the top, which lists and headings must keep clear of. */
function useHeight(ref: { readonly current: HTMLElement | null }): number {
  const [height, measure] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => measure(element.offsetHeight))
    measure(element.offsetHeight)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return height
}

// Choosing one customer by a few letters, for a visit that is planned or reported.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { noFilters } from '#features/customers/customer-filters.rules.ts'
import { customerList } from '#features/customers/customer-list.queries.ts'
import { useSaying } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { Person } from '#web/ui/person.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import css from './customer-picker.module.css'
import { customerPickerWords } from './customer-picker.words.ts'
import { placeText } from './today-whom.ts'

interface CustomerPickerProps {
  readonly onPick: (customerId: string) => void
}

/** More than fit a screen need another letter rather than a longer list. */
const limit = 40

export function CustomerPicker({ onPick }: CustomerPickerProps) {
  const t = useWords(customerPickerWords)
  const [text, write] = useState('')
  const { today } = useSaying()
  const { sections } = useLive(
    useCallback(
      (view: View) => customerList(view, { search: text, filters: noFilters, sort: 'name', today }),
      [text, today],
    ),
  )
  const found = sections.flatMap(({ rows }) => rows).slice(0, limit)
  return (
    <>
      <div className={css.search}>
        <SearchField autoFocus label={t('search')} onChange={write} value={text} />
      </div>
      {found.length === 0 ? (
        <EmptyState
          action={<ButtonLink to="/customers">{t('customers')}</ButtonLink>}
          drawing={text === '' ? 'notebook' : 'search'}
        >
          {text === '' ? t('none') : t('nothing')}
        </EmptyState>
      ) : (
        <List label={t('customers')}>
          {found.map((row) => (
            <ListRow
              key={row.id}
              onPress={() => onPick(row.id)}
              title={<Person name={row.name} place={placeText(row)} />}
            />
          ))}
        </List>
      )}
    </>
  )
}

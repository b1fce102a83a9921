// Choosing one customer by a few letters, for a visit that is planned or reported.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { Person } from '#web/ui/person.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import css from './customer-picker.module.css'
import { customersFound } from './customer-picker.queries.ts'
import { customerPickerWords } from './customer-picker.words.ts'
import { whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'

interface CustomerPickerProps {
  readonly onPick: (customerId: string) => void
}

/** More than fit a screen need another letter rather than a longer list. */
const limit = 40

export function CustomerPicker({ onPick }: CustomerPickerProps) {
  const t = useWords(customerPickerWords)
  const [text, write] = useState('')
  const found = useLive(
    useCallback(
      (view: View) =>
        customersFound(view, { text, territories: null, limit }).flatMap(({ id }) => whomOf(view, id) ?? []),
      [text],
    ),
  )
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
          {found.map((whom) => (
            <ListRow
              key={whom.id}
              onPress={() => onPick(whom.id)}
              title={<Person name={whom.name} place={placeText(whom)} />}
            />
          ))}
        </List>
      )}
    </>
  )
}

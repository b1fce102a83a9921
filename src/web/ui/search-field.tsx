import { useRef } from 'react'
import { Icon } from '../icons.tsx'
import { useWords } from '../language.tsx'
import { IconButton } from './button.tsx'
import css from './fields.module.css'
import { kitWords } from './kit.words.ts'

interface SearchFieldProps {
  /** What can be looked for: 姓名、拼音或医院. Label and placeholder in one. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoFocus?: boolean
  /** Enter, once what is being written is written (not while choosing Chinese characters). */
  readonly onEnter?: () => void
}

/** Filters as one types. Esc clears. */
export function SearchField({ label, value, onChange, autoFocus, onEnter }: SearchFieldProps) {
  const t = useWords(kitWords)
  const input = useRef<HTMLInputElement>(null)
  const clear = () => {
    onChange('')
    input.current?.focus()
  }
  return (
    <search className={css.search}>
      <Icon name="search" />
      <input
        aria-label={label}
        autoCapitalize="off"
        autoComplete="off"
        // A search sheet is opened in order to type into it.
        // biome-ignore lint/a11y/noAutofocus: only where the caller has just been asked to search
        autoFocus={autoFocus}
        className={css.searchInput}
        data-autofocus={autoFocus}
        enterKeyHint="search"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.()
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation()
            clear()
          }
        }}
        placeholder={label}
        ref={input}
        type="search"
        value={value}
      />
      {value !== '' && (
        <div className={css.clear}>
          <IconButton icon="close" label={t('clear')} onClick={clear} />
        </div>
      )}
    </search>
  )
}

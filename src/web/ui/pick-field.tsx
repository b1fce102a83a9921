// One of very many: write a few letters, choose from what fits. For hospitals, colleagues, products.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cx } from '../class-names.ts'
import { useWords } from '../language.tsx'
import { Button } from './button.tsx'
import fieldCss from './fields.module.css'
import { type FieldProps, LabelText, ProblemText } from './fields.tsx'
import { kitWords } from './kit.words.ts'
import css from './pick-field.module.css'

export interface PickOption {
  readonly value: string
  readonly label: string
  readonly detail?: string
}

interface PickFieldProps extends FieldProps<PickOption | null> {
  /** What fits the text, best first; asked with an empty text too. */
  readonly find: (text: string) => readonly PickOption[]
  readonly placeholder: string
}

export function PickField(props: PickFieldProps) {
  const { label, value, onChange, problem, hint, isOptional = false } = props
  const t = useWords(kitWords)
  const id = useId()
  const change = useRef<HTMLButtonElement>(null)
  const [hasChosen, setChosen] = useState(false)
  useEffect(() => {
    // The field one was writing in has just given way to what was chosen.
    if (hasChosen && value !== null) change.current?.focus()
  }, [hasChosen, value])
  return (
    <div className={fieldCss.field}>
      <label className={fieldCss.label} htmlFor={id}>
        <LabelText isOptional={isOptional}>{label}</LabelText>
      </label>
      {value === null ? (
        <Search
          {...props}
          id={id}
          isInvalid={Boolean(problem)}
          isRenewed={hasChosen}
          onChoose={(option) => {
            setChosen(true)
            onChange(option)
          }}
        />
      ) : (
        <div className={css.chosen}>
          <span className={css.value}>
            {value.label}
            {value.detail !== undefined && <span className={css.detail}>{value.detail}</span>}
          </span>
          <Button
            aria-label={`${t('pick.change')} ${label}`}
            id={id}
            look="quiet"
            onClick={() => {
              setChosen(true)
              onChange(null)
            }}
            ref={change}
            small
          >
            {t('pick.change')}
          </Button>
        </div>
      )}
      {(problem || hint) && (
        <div className={problem ? fieldCss.problem : fieldCss.hint} id={`${id}-help`}>
          {problem ? <ProblemText>{problem}</ProblemText> : hint}
        </div>
      )}
    </div>
  )
}

interface SearchProps extends Pick<PickFieldProps, 'find' | 'placeholder'> {
  readonly id: string
  readonly isInvalid: boolean
  /** Opened again by 更换: one is asked to write. */
  readonly isRenewed: boolean
  readonly onChoose: (option: PickOption) => void
}

function Search({ find, placeholder, id, isInvalid, isRenewed, onChoose }: SearchProps) {
  const t = useWords(kitWords)
  const [text, write] = useState('')
  const [isOpen, open] = useState(isRenewed)
  const [at, move] = useState(0)
  const options = isOpen ? find(text) : []
  const marked = Math.min(at, options.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const option = options[marked]
    if (step !== undefined) {
      event.preventDefault()
      open(true)
      move(Math.max(0, Math.min(options.length - 1, marked + step)))
    } else if (event.key === 'Enter' && option) {
      event.preventDefault()
      onChoose(option)
    } else if (event.key === 'Escape' && isOpen) {
      // The first Esc closes the choices, the next one the sheet.
      event.preventDefault()
      event.stopPropagation()
      open(false)
    }
  }
  return (
    <>
      <input
        aria-activedescendant={marked >= 0 ? `${id}-${marked}` : undefined}
        aria-autocomplete="list"
        aria-controls={`${id}-options`}
        aria-describedby={isInvalid ? `${id}-help` : undefined}
        aria-expanded={isOpen}
        aria-invalid={isInvalid}
        autoCapitalize="off"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: only after 更换 was pressed
        autoFocus={isRenewed}
        className={cx(css.input, isInvalid && css.invalid)}
        id={id}
        onBlur={() => open(false)}
        onChange={(event) => {
          write(event.currentTarget.value)
          open(true)
          move(0)
        }}
        onFocus={() => open(true)}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        role="combobox"
        value={text}
      />
      <div
        aria-label={placeholder}
        className={css.options}
        hidden={!isOpen}
        id={`${id}-options`}
        role="listbox"
      >
        {options.map((option, index) => (
          // The keyboard works through the input, as in any combobox.
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input chooses the marked one
          <div
            aria-selected={index === marked}
            className={css.option}
            id={`${id}-${index}`}
            key={option.value}
            onClick={() => onChoose(option)}
            // The input must keep the focus, or its blur would close the choices before the click.
            onPointerDown={(event) => event.preventDefault()}
            role="option"
            tabIndex={-1}
          >
            {option.label}
            {option.detail !== undefined && <span className={css.detail}>{option.detail}</span>}
          </div>
        ))}
      </div>
      {isOpen && options.length === 0 && <p className={css.nothing}>{t('pick.none')}</p>}
    </>
  )
}

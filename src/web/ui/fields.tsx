// Written fields. A problem stands under its field in words; the label stays where it is while one writes.
import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { cx } from '../class-names.ts'
import { Icon } from '../icons.tsx'
import { useWords } from '../language.tsx'
import css from './fields.module.css'
import { kitWords } from './kit.words.ts'

/** What every field has. */
export interface FieldProps<T> {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  /** What is wrong and how to mend it; null or absent when it is fine. */
  readonly problem?: string | null
  /** One line of help. */
  readonly hint?: ReactNode
  /** Says 选填 beside the label. */
  readonly isOptional?: boolean
}

interface InputProps {
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'url' | 'search'
  readonly placeholder?: string
  readonly maxLength?: number
  readonly name?: string
  readonly disabled?: boolean
  readonly readOnly?: boolean
}

export function TextField(
  props: FieldProps<string> & InputProps & { readonly type?: 'text' | 'email' | 'tel' | 'url' },
) {
  const { label, value, onChange, problem, hint, isOptional, type = 'text', ...rest } = props
  return (
    <TextInput
      {...dressed({ label, problem, hint, isOptional })}
      {...rest}
      data-autofocus={rest.autoFocus}
      onChange={(event) => onChange(event.currentTarget.value)}
      type={type}
      value={value}
    />
  )
}

export function PasswordField(props: FieldProps<string> & InputProps) {
  const t = useWords(kitWords)
  const { label, value, onChange, problem, hint, isOptional, ...rest } = props
  return (
    <PasswordInput
      {...dressed({ label, problem, hint, isOptional })}
      {...rest}
      data-autofocus={rest.autoFocus}
      onChange={(event) => onChange(event.currentTarget.value)}
      value={value}
      visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
    />
  )
}

interface LongTextProps extends FieldProps<string> {
  /** Most characters; counted under the field once three quarters are used. */
  readonly max: number
  readonly rows?: number
  readonly placeholder?: string
  readonly autoFocus?: boolean
}

export function LongTextField(props: LongTextProps) {
  const { label, value, onChange, problem, hint, isOptional, max, rows = 3, ...rest } = props
  const t = useWords(kitWords)
  const isNear = value.length > max * 0.75
  const count = (
    <span className={cx(css.count, value.length > max && css.over)}>
      {t('count_of', { count: value.length, max })}
    </span>
  )
  const base = dressed({ label, problem, hint: isNear ? count : hint, isOptional })
  return (
    <Textarea
      {...base}
      {...rest}
      autosize
      data-autofocus={rest.autoFocus}
      classNames={{ ...base.classNames, input: cx(css.input, css.long) }}
      maxRows={14}
      minRows={rows}
      onChange={(event) => onChange(event.currentTarget.value)}
      value={value}
    />
  )
}

export interface Option<O extends string> {
  readonly value: O
  readonly label: string
}

interface ChoiceProps<O extends string> extends FieldProps<O | null> {
  readonly options: readonly Option<O>[]
  /** The text for having chosen nothing; without it something must be chosen. */
  readonly none?: string
}

/** One of many, with the phone's own wheel. For up to five, take `SegmentedField`. */
export function ChoiceField<O extends string>(props: ChoiceProps<O>) {
  const { label, value, onChange, problem, hint, isOptional, options, none } = props
  const t = useWords(kitWords)
  return (
    <NativeSelect
      {...dressed({ label, problem, hint, isOptional })}
      onChange={(event) => {
        const chosen = event.currentTarget.value
        onChange(options.find((option) => option.value === chosen)?.value ?? null)
      }}
      rightSection={<Icon name="down" size={16} />}
      value={value ?? ''}
    >
      {(none !== undefined || value === null) && <option value="">{none ?? t('none')}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  )
}

/** A day, `YYYY-MM-DD`; empty text for none. The phone's own calendar. */
export function DayField(props: FieldProps<string> & { readonly min?: string; readonly max?: string }) {
  const { label, value, onChange, problem, hint, isOptional, ...rest } = props
  return (
    <TextInput
      {...dressed({ label, problem, hint, isOptional })}
      {...rest}
      onChange={(event) => onChange(event.currentTarget.value)}
      type="date"
      value={value}
    />
  )
}

/** A time of day, `HH:mm`. */
export function TimeField(props: FieldProps<string>) {
  const { label, value, onChange, problem, hint, isOptional } = props
  return (
    <TextInput
      {...dressed({ label, problem, hint, isOptional })}
      onChange={(event) => onChange(event.currentTarget.value)}
      step={300}
      type="time"
      value={value}
    />
  )
}

/** Two fields in one line: day and time. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={css.pair}>{children}</div>
}

interface Dress {
  readonly label: string
  readonly problem: string | null | undefined
  readonly hint: ReactNode
  readonly isOptional: boolean | undefined
}

function dressed({ label, problem, hint, isOptional = false }: Dress) {
  return {
    label: <LabelText isOptional={isOptional}>{label}</LabelText>,
    description: hint,
    error: problem ? <ProblemText>{problem}</ProblemText> : false,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    classNames: {
      root: cx(css.field),
      label: cx(css.label),
      input: cx(css.input),
      description: cx(css.hint),
      error: cx(css.problem),
    },
  }
}

export function LabelText({
  isOptional,
  children,
}: {
  readonly isOptional: boolean
  readonly children: ReactNode
}) {
  const t = useWords(kitWords)
  return (
    <>
      {children}
      {isOptional && <span className={css.optional}>{t('optional')}</span>}
    </>
  )
}

export function ProblemText({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <Icon name="late" size={16} />
      <span>{children}</span>
    </>
  )
}

// Fields that are chosen rather than written: segments for one of a few, chips for several, a check for yes.
import { type ReactNode, useId } from 'react'
import { cx } from '../class-names.ts'
import { Icon, type IconName } from '../icons.tsx'
import css from './fields.module.css'
import { type FieldProps, LabelText, type Option, ProblemText } from './fields.tsx'

interface SegmentOption<O extends string> extends Option<O> {
  readonly icon?: IconName
}

interface SegmentedProps<O extends string> extends FieldProps<O | null> {
  readonly options: readonly SegmentOption<O>[]
}

/** One of two to five, all in sight. Arrow keys move between them. */
export function SegmentedField<O extends string>(props: SegmentedProps<O>) {
  const { options, value, onChange } = props
  const name = useId()
  return (
    <Group {...props}>
      <div className={css.segments}>
        {options.map((option) => (
          <label className={cx(css.segment, value === option.value && css.on)} key={option.value}>
            <input
              checked={value === option.value}
              className={css.hiddenInput}
              name={name}
              onChange={() => onChange(option.value)}
              type="radio"
            />
            {option.icon && <Icon name={option.icon} size={18} />}
            {option.label}
          </label>
        ))}
      </div>
    </Group>
  )
}

interface ChipsProps<O extends string> extends FieldProps<readonly O[]> {
  readonly options: readonly Option<O>[]
}

/** Any number of several. */
export function ChipsField<O extends string>(props: ChipsProps<O>) {
  const { options, value, onChange } = props
  const toggled = (chosen: O) =>
    value.includes(chosen) ? value.filter((each) => each !== chosen) : [...value, chosen]
  return (
    <Group {...props}>
      <div className={css.chips}>
        {options.map((option) => (
          <Chip
            isOn={value.includes(option.value)}
            key={option.value}
            label={option.label}
            onToggle={() => onChange(toggled(option.value))}
          />
        ))}
      </div>
    </Group>
  )
}

interface ChipProps {
  readonly label: string
  readonly isOn: boolean
  readonly onToggle: () => void
}

/** One chip by itself, for filters above a list. */
export function Chip({ label, isOn, onToggle }: ChipProps) {
  return (
    <label className={cx(css.chip, isOn && css.on)}>
      <input checked={isOn} className={css.hiddenInput} onChange={onToggle} type="checkbox" />
      {isOn && <Icon name="check" size={16} />}
      {label}
    </label>
  )
}

interface CheckProps {
  readonly label: ReactNode
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}

/** Yes or no. */
export function CheckField({ label, value, onChange }: CheckProps) {
  return (
    <label className={css.check}>
      <input
        checked={value}
        className={css.hiddenInput}
        onChange={(event) => onChange(event.currentTarget.checked)}
        type="checkbox"
      />
      <span className={css.box}>
        <Icon name="check" size={16} />
      </span>
      {label}
    </label>
  )
}

type GroupProps = Pick<FieldProps<unknown>, 'label' | 'problem' | 'hint' | 'isOptional'> & {
  readonly children: ReactNode
}

function Group({ label, problem, hint, isOptional = false, children }: GroupProps) {
  const helpId = useId()
  return (
    <fieldset aria-describedby={problem || hint ? helpId : undefined} className={cx(css.group, css.field)}>
      <legend className={css.label}>
        <LabelText isOptional={isOptional}>{label}</LabelText>
      </legend>
      {children}
      {(problem || hint) && (
        <div className={problem ? css.problem : css.hint} id={helpId}>
          {problem ? <ProblemText>{problem}</ProblemText> : hint}
        </div>
      )}
    </fieldset>
  )
}

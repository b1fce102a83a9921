// One of two or three ways to look at a screen, beside its title: 周 | 月.
import { useId } from 'react'
import { cx } from '../class-names.ts'
import fieldCss from './fields.module.css'
import type { Option } from './fields.tsx'
import css from './view-switch.module.css'

interface ViewSwitchProps<O extends string> {
  /** What is switched, for those who do not see where it stands. */
  readonly label: string
  readonly options: readonly Option<O>[]
  readonly value: O
  readonly onChange: (value: O) => void
}

export function ViewSwitch<O extends string>({ label, options, value, onChange }: ViewSwitchProps<O>) {
  const name = useId()
  return (
    <div aria-label={label} className={cx(fieldCss.segments, css.switch)} role="radiogroup">
      {options.map((option) => (
        <label className={cx(fieldCss.segment, value === option.value && fieldCss.on)} key={option.value}>
          <input
            checked={value === option.value}
            className={fieldCss.hiddenInput}
            name={name}
            onChange={() => onChange(option.value)}
            type="radio"
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}

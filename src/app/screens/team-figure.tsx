// A figure that opens the records behind it.
import { cx } from '#web/class-names.ts'
import { Icon } from '#web/icons.tsx'
import css from './team.module.css'

interface FigureProps {
  readonly label: string
  readonly value: number
  /** Out of so many; drawn as a thin bar under the figure. */
  readonly of?: number
  readonly tone?: 'calm' | 'watch' | 'late'
  readonly large?: boolean
  readonly onOpen: () => void
}

export function Figure({ label, value, of, tone = 'calm', large = false, onOpen }: FigureProps) {
  return (
    <button className={cx(css.figure, css[tone], large && css.large)} onClick={onOpen} type="button">
      <span className={css.label}>{label}</span>
      <span className={css.value}>
        {tone !== 'calm' && <Icon name={tone === 'late' ? 'late' : 'edit'} size={large ? 20 : 16} />}
        {value}
        {of !== undefined && <span className={css.of}> / {of}</span>}
      </span>
      {of !== undefined && (
        <span aria-hidden="true" className={css.gauge}>
          <span className={css.filled} style={{ width: `${of === 0 ? 0 : (100 * value) / of}%` }} />
        </span>
      )}
    </button>
  )
}

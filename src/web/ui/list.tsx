// Sections ruled off by an ink line, rows by hairlines, as in a notebook.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../class-names.ts'
import { Icon } from '../icons.tsx'
import css from './list.module.css'

interface SectionProps {
  readonly title: string
  readonly count?: number | string
  /** At the right of the title: a link, a small button. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, count, action, children }: SectionProps) {
  return (
    <section aria-label={title} className={css.section}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {count !== undefined && <span className={css.count}>{count}</span>}
        {action !== undefined && <div className={css.more}>{action}</div>}
      </div>
      <div className={css.rule} />
      {children}
    </section>
  )
}

/** A list of `ListRow`s. */
export function List({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return <ul aria-label={label}>{children}</ul>
}

interface ListRowProps {
  readonly title: ReactNode
  readonly detail?: ReactNode
  /** Before the text: an icon, a time. */
  readonly lead?: ReactNode
  /** After the text: a mark, a button. Buttons here stay pressable by themselves. */
  readonly aside?: ReactNode
  /** The whole row leads there … */
  readonly to?: string
  /** … or does this. */
  readonly onPress?: () => void
  /** The row that is open beside the list. */
  readonly isChosen?: boolean
}

export function ListRow({ title, detail, lead, aside, to, onPress, isChosen = false }: ListRowProps) {
  return (
    <li className={cx(css.row, isChosen && css.chosen)}>
      {lead !== undefined && <div className={css.lead}>{lead}</div>}
      <div className={css.body}>
        <span className={css.title2}>
          {to !== undefined ? (
            <Link aria-current={isChosen ? 'page' : undefined} className={css.cover} to={to}>
              {title}
            </Link>
          ) : onPress !== undefined ? (
            <button className={css.cover} onClick={onPress} type="button">
              {title}
            </button>
          ) : (
            title
          )}
        </span>
        {detail !== undefined && <span className={css.detail}>{detail}</span>}
      </div>
      {aside !== undefined && <div className={css.aside}>{aside}</div>}
      {to !== undefined && aside === undefined && (
        <span className={css.chevron}>
          <Icon name="forward" size={16} />
        </span>
      )}
    </li>
  )
}

/** Label and value, one under the other: `[['科室', '心内科'], …]`. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[]
}) {
  return (
    <dl className={css.facts}>
      {facts.map(([label, value]) => (
        <Fact key={label} label={label} value={value} />
      ))}
    </dl>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

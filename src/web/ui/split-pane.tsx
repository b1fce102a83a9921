// A list of 380 beside what is open; on the phone one after the other.
import type { ReactNode } from 'react'
import { cx } from '../class-names.ts'
import { useIsWide } from '../media.ts'
import css from './split-pane.module.css'

interface SplitPaneProps {
  readonly list: ReactNode
  /** What is open; null while nothing is. */
  readonly detail: ReactNode | null
  /** On the desktop while nothing is open. */
  readonly placeholder: ReactNode
}

export function SplitPane({ list, detail, placeholder }: SplitPaneProps) {
  const isWide = useIsWide()
  return (
    <div className={cx(css.split, css.single)}>
      <div className={css.list} data-hidden={detail !== null}>
        {list}
      </div>
      {(isWide || detail !== null) && <div className={css.detail}>{detail ?? placeholder}</div>}
    </div>
  )
}

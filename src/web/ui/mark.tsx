// What state something is in: always a word, with an icon where colour carries meaning.
import type { ReactNode } from 'react'
import { cx } from '../class-names.ts'
import { Icon, type IconName } from '../icons.tsx'
import css from './mark.module.css'

/** calm: says nothing · act: azurite · done: kept, lawful · watch: due soon · late: overdue, blocked. */
export type Tone = 'calm' | 'act' | 'done' | 'watch' | 'late'

const iconOf: { readonly [T in Tone]: IconName | null } = {
  calm: null,
  act: 'planned',
  done: 'done',
  watch: 'watch',
  late: 'late',
}

interface StatusMarkProps {
  readonly tone: Tone
  /** Another icon than the tone's own; null for none. */
  readonly icon?: IconName | null
  /** The exact date or figure behind the word. */
  readonly title?: string
  readonly children: ReactNode
}

/** Icon and word: 逾期 2 天, 已兑现. */
export function StatusMark({ tone, icon = iconOf[tone], title, children }: StatusMarkProps) {
  return (
    <span className={cx(css.mark, css[tone])} title={title}>
      {icon !== null && <Icon name={icon} size={16} />}
      {children}
    </span>
  )
}

/** A short word in a frame: 三级甲等, A. */
export function Tag({ tone = 'calm', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={cx(css.tag, css[tone])}>{children}</span>
}

import type { ReactNode } from 'react'
import { cx } from '../class-names.ts'
import { Icon, type IconName } from '../icons.tsx'
import css from './banner.module.css'
import type { Tone } from './mark.tsx'

interface BannerProps {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly action?: ReactNode
  /** With the page's gutters (default) or as wide as its place. */
  readonly inset?: boolean
  readonly children: ReactNode
}

/** Something to know about the whole screen. A `late` one is read out at once. */
export function Banner({ tone = 'calm', icon = iconOf[tone], action, inset = true, children }: BannerProps) {
  return (
    <div
      className={cx(css.banner, css[tone], inset && css.inset)}
      role={tone === 'late' ? 'alert' : 'status'}
    >
      <Icon name={icon} />
      <div className={css.text}>{children}</div>
      {action}
    </div>
  )
}

const iconOf: { readonly [T in Tone]: IconName } = {
  calm: 'note',
  act: 'sync',
  done: 'done',
  watch: 'watch',
  late: 'late',
}

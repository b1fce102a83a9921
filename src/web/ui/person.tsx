// A person without a picture: the name is the largest thing on a card.
import type { ReactNode } from 'react'
import { cx } from '../class-names.ts'
import css from './person.module.css'

interface PersonProps {
  readonly name: string
  /** 主任医师. */
  readonly title?: string | null
  /** 协和 · 心内科. */
  readonly place?: ReactNode
  readonly large?: boolean
}

export function Person({ name, title, place, large = false }: PersonProps) {
  return (
    <span className={cx(large && css.large)}>
      <span className={css.name}>{name}</span>
      {title && <span className={css.title}>{title}</span>}
      {place !== undefined && place !== null && <span className={css.place}>{place}</span>}
    </span>
  )
}

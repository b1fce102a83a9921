// Buttons say a verb. One `primary` a screen; `keep` is for keeping a promise, `danger` asks before it acts.
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { cx } from '../class-names.ts'
import { Icon, type IconName } from '../icons.tsx'
import css from './button.module.css'

type ButtonLook = 'primary' | 'plain' | 'quiet' | 'keep' | 'danger'

interface Looks {
  readonly look?: ButtonLook | undefined
  readonly icon?: IconName | undefined
  readonly small?: boolean | undefined
  /** As wide as its place. */
  readonly full?: boolean | undefined
  readonly children: ReactNode
}

export type ButtonProps = Looks &
  Omit<ComponentProps<'button'>, 'children' | 'className'> & {
    /** At work: cannot be pressed again. */
    readonly busy?: boolean
  }

export function Button({ look = 'plain', icon, small, full, busy, children, ...rest }: ButtonProps) {
  return (
    <button
      aria-busy={busy}
      className={classOf({ look, small, full })}
      type="button"
      {...rest}
      disabled={rest.disabled === true || busy === true}
    >
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {children}
    </button>
  )
}

/** Looks like a button and leads somewhere. */
export function ButtonLink({
  look = 'plain',
  icon,
  small,
  full,
  to,
  children,
}: Looks & { readonly to: string }) {
  return (
    <Link className={classOf({ look, small, full })} to={to}>
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {children}
    </Link>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'className' | 'aria-label'> {
  readonly icon: IconName
  /** What it does, for those who do not see the icon; shown on hover. */
  readonly label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button aria-label={label} className={cx(css.button, css.icon)} title={label} type="button" {...rest}>
      <Icon name={icon} />
    </button>
  )
}

function classOf({ look = 'plain', small, full }: Pick<Looks, 'look' | 'small' | 'full'>): string {
  return cx(css.button, css[look], small && css.small, full && css.full)
}

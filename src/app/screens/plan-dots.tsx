import { cx } from '#web/class-names.ts'
import type { PlanItem } from './plan.queries.ts'
import css from './plan-phone.module.css'

/** More than fit two rows are not drawn; the day's label says how many there are. */
const most = 8

/** A dot a visit: full when done, open when planned, a bar where something is owed. */
export function DayDots({ items }: { readonly items: readonly PlanItem[] }) {
  return (
    <span className={css.dots}>
      {items.slice(0, most).map(({ visit, standing }) => (
        <i className={cx(css.dot, css[standing])} key={visit.id} />
      ))}
    </span>
  )
}

import { Link } from 'react-router'
import { daysBetween } from '#core/calendar.ts'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayDaysAgo } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDeviceStatus } from '#web/live.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { type Unsent, UnsentMark } from '#web/unsent.tsx'
import { customerWords } from './customer.words.ts'
import type { CustomerRow } from './customer-list.queries.ts'
import { customerListWords } from './customer-list.words.ts'
import css from './customer-row.module.css'

interface CustomerRowProps {
  readonly row: CustomerRow
  readonly to: string
  /** Open beside the list. */
  readonly isChosen: boolean
  /** Where J and K stand. */
  readonly isMarked: boolean
  readonly unsent: Unsent | null
}

/** Rem; two lines with room for the thumb. */
export const customerRowHeight = 4.75

export function CustomerLine({ row, to, isChosen, isMarked, unsent }: CustomerRowProps) {
  const place = usePlaceText()(row)
  return (
    <div className={cx(css.row, isChosen && css.chosen, isMarked && css.marked)}>
      <div className={css.line}>
        <Link
          aria-current={isChosen ? 'page' : undefined}
          className={css.name}
          state={{ fromList: true }}
          to={to}
        >
          {row.name}
        </Link>
        <span className={css.title}>{useTitleText()(row)}</span>
        <span className={css.mark}>
          {unsent === null ? <PromiseMark row={row} /> : <UnsentMark unsent={unsent} />}
        </span>
      </div>
      <div className={css.line}>
        <span className={css.place}>{place}</span>
        <LastVisit day={row.lastVisitOn} />
      </div>
    </div>
  )
}

/** 主任医师, with the role before it where it says more: 科室主任 · 主任医师. */
export function useTitleText(): (row: Pick<CustomerRow, 'role' | 'title'>) => string {
  const t = useWords(customerWords)
  return ({ role, title }) => {
    const titleText = title === null || title === 'other' ? '' : t(`customer.title.${title}`)
    const isPlain = role === 'physician' || role === 'other'
    return [isPlain && titleText !== '' ? '' : t(`customer.role.${role}`), titleText]
      .filter(Boolean)
      .join(' · ')
  }
}

/** 北京协和医院 · 心内科 等 2 处. */
export function usePlaceText(): (
  row: Pick<CustomerRow, 'institution' | 'department' | 'otherPlaces'>,
) => string {
  const t = useWords(customerListWords)
  return ({ institution, department, otherPlaces }) => {
    if (institution === null) return t('customers.no_institution')
    const place = [institution, department].filter((part) => part !== null).join(' · ')
    const all = { others: otherPlaces, all: otherPlaces + 1 }
    return otherPlaces === 0 ? place : `${place} ${t('customers.places', all)}`
  }
}

function PromiseMark({ row }: { readonly row: CustomerRow }) {
  const t = useWords(customerListWords)
  const { today, language } = useSaying()
  if (row.overdueSince !== null) {
    const count = daysBetween(row.overdueSince, today)
    return (
      <StatusMark title={exactDay(row.overdueSince, language)} tone="late">
        {t(count === 1 ? 'customers.overdue_day' : 'customers.overdue_days', { count })}
      </StatusMark>
    )
  }
  if (row.openPromises === 0) return null
  return (
    <StatusMark icon="promise" tone="calm">
      {t(row.openPromises === 1 ? 'customers.open_one' : 'customers.open_count', { count: row.openPromises })}
    </StatusMark>
  )
}

function LastVisit({ day }: { readonly day: string | null }) {
  const t = useWords(customerListWords)
  const saying = useSaying()
  if (day === null) return <NeverVisited />
  const exact = t('customers.last_visit', { day: exactDay(day, saying.language) })
  return (
    <span className={css.visit} title={exact}>
      {sayDaysAgo(day, saying)}
    </span>
  )
}

/** While older visits are still arriving nobody can say so. */
function NeverVisited() {
  const t = useWords(customerListWords)
  const { loading } = useDeviceStatus()
  return <span className={css.visit}>{loading === 'complete' && t('customers.never_visited')}</span>
}

// A visit on the calendar: time and name on one line, its state as icon and tone. Can be picked up.
import { dayOf, timeOf } from '#core/calendar.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { standingLooks } from '#features/visits/visit-look.tsx'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay } from '#web/dates.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import type { PlanItem } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import type { PlanDrag } from './plan-drag.ts'
import css from './plan-week.module.css'
import { placeText } from './today-whom.ts'

interface VisitBlockProps {
  readonly item: PlanItem
  readonly drag: PlanDrag
  readonly onVisit: (visitId: string) => void
  /** One line: without the hospital. */
  readonly isBrief?: boolean
}

export function VisitBlock({ item, drag, onVisit, isBrief = false }: VisitBlockProps) {
  const { visit, whom, standing, isDouble } = item
  const t = useWords(planWords)
  const v = useWords(visitWords)
  const { language } = useSaying()
  const name = whom?.name ?? t('customer_gone')
  const isMovable = visit.status === 'planned'
  const { carrying } = drag
  const isCarried = carrying?.carried.kind === 'visit' && carrying.carried.visit.id === visit.id
  const said = [
    `${exactDay(dayOf(visit.startsAt), language)} ${timeOf(visit.startsAt)}`,
    name,
    whom && placeText(whom),
    v(`visit.standing.${standing}`),
    isDouble && t('overlap'),
    visit.objective,
  ].filter(Boolean)
  return (
    <button
      aria-label={said.join('，')}
      className={cx(css.block, css[standing], isMovable && css.movable, isCarried && css.lifted)}
      onClick={() => onVisit(visit.id)}
      title={[...said, isMovable && t('move_hint')].filter(Boolean).join('\n')}
      type="button"
      {...(isMovable ? drag.handlersFor({ kind: 'visit', visit, name }) : {})}
    >
      <Icon name={standingLooks[standing].icon} size={14} />
      <span className={css.at}>{timeOf(visit.startsAt)}</span>
      <span className={css.name}>{name}</span>
      {isDouble && <span aria-hidden="true" className={css.double} />}
      {!isBrief && whom !== null && <span className={css.place}>{placeText(whom)}</span>}
    </button>
  )
}

// The month: on the desktop each day's visits by name, on the phone as dots.
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayWeekday } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import type { PlanDay } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import type { PlanDrag } from './plan-drag.ts'
import css from './plan-month.module.css'
import phone from './plan-phone.module.css'
import type { PlanPlace } from './plan-place.ts'
import { VisitBlock } from './plan-visit-block.tsx'
import { DayButton } from './plan-week-strip.tsx'

interface MonthProps {
  readonly days: readonly PlanDay[]
  readonly place: PlanPlace
}

export function MonthDots({ days, place }: MonthProps) {
  const { today } = useSaying()
  return (
    <div className={phone.month}>
      <Weekdays days={days} />
      {days.map((each) => (
        <DayButton
          className={cx(phone.day, isOutside(each, place) && phone.outside)}
          day={each}
          isChosen={each.day === place.day}
          isToday={each.day === today}
          key={each.day}
          onChoose={() => place.go({ day: each.day })}
        />
      ))}
    </div>
  )
}

interface MonthCalendarProps extends MonthProps {
  readonly drag: PlanDrag
  readonly onVisit: (visitId: string) => void
}

export function MonthCalendar({ days, place, drag, onVisit }: MonthCalendarProps) {
  const t = useWords(planWords)
  return (
    <section
      aria-label={t('calendar')}
      className={css.month}
      style={{ gridAutoRows: `minmax(calc((100dvh - 220px) / ${days.length / 7}), auto)` }}
    >
      <Weekdays days={days} />
      {days.map((each) => (
        <MonthDay day={each} drag={drag} key={each.day} onVisit={onVisit} place={place} />
      ))}
    </section>
  )
}

/** Visits drawn of a day; the rest stand behind 还有 n 场. */
const most = 3

function MonthDay({
  day,
  place,
  drag,
  onVisit,
}: Omit<MonthCalendarProps, 'days'> & { readonly day: PlanDay }) {
  const t = useWords(planWords)
  const { today, language } = useSaying()
  const mark = useDayMarks()(day.day)
  const rest = day.items.length - most
  const isLanding = drag.carrying?.place?.day === day.day
  return (
    <div
      className={cx(css.day, isOutside(day, place) && css.outside, isLanding && css.landing)}
      data-day={day.day}
    >
      <div className={css.head}>
        <button
          aria-current={day.day === today ? 'date' : undefined}
          aria-label={`${exactDay(day.day, language)}，${t('all_at')}`}
          className={css.number}
          onClick={() => place.go({ day: day.day, shown: 'week' })}
          type="button"
        >
          {Number(day.day.slice(8))}
        </button>
        {mark !== null && (
          <span className={cx(phone.dayMark, phone[mark.kind], css.mark)} title={mark.name[language]}>
            {t(mark.kind)} <span className={css.markName}>{mark.name[language]}</span>
          </span>
        )}
        {day.items.length > 0 && <span className={css.count}>{day.items.length}</span>}
      </div>
      {day.items.slice(0, rest === 1 ? most + 1 : most).map((item) => (
        <VisitBlock drag={drag} isBrief item={item} key={item.visit.id} onVisit={onVisit} />
      ))}
      {rest > 1 && (
        <button className={css.more} onClick={() => place.go({ day: day.day, shown: 'week' })} type="button">
          {t('more', { count: rest })}
        </button>
      )}
    </div>
  )
}

function Weekdays({ days }: { readonly days: readonly PlanDay[] }) {
  const { language } = useSaying()
  return days.slice(0, 7).map(({ day }) => (
    <span aria-hidden="true" className={phone.weekdayHead} key={day}>
      {sayWeekday(day, language)}
    </span>
  ))
}

function isOutside({ day }: PlanDay, place: PlanPlace): boolean {
  return day.slice(0, 7) !== place.day.slice(0, 7)
}

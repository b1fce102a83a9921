// The week on the phone: seven days, a dot a visit; a swipe turns the week.
import { useRef } from 'react'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayWeekday } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import type { PlanDay } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import { DayDots } from './plan-dots.tsx'
import css from './plan-phone.module.css'
import type { PlanPlace } from './plan-place.ts'

interface WeekStripProps {
  readonly days: readonly PlanDay[]
  readonly place: PlanPlace
}

/** Pixels of a finger's way that turn the page. */
const enough = 48

export function WeekStrip({ days, place }: WeekStripProps) {
  const { today, language } = useSaying()
  const from = useRef<number | null>(null)
  return (
    <div
      className={css.strip}
      onTouchEnd={(event) => {
        const way = (event.changedTouches[0]?.clientX ?? 0) - (from.current ?? 0)
        if (from.current !== null && Math.abs(way) > enough) place.turn(way < 0 ? 1 : -1)
        from.current = null
      }}
      onTouchStart={(event) => {
        from.current = event.touches[0]?.clientX ?? null
      }}
    >
      {days.map((each) => (
        <DayButton
          className={css.day}
          day={each}
          isToday={each.day === today}
          key={each.day}
          onChoose={() => place.go({ day: each.day })}
          title={sayWeekday(each.day, language)}
          isChosen={each.day === place.day}
        />
      ))}
    </div>
  )
}

interface DayButtonProps {
  readonly day: PlanDay
  readonly isToday: boolean
  readonly isChosen: boolean
  readonly onChoose: () => void
  /** Above the number: the weekday, where no column says it. */
  readonly title?: string
  readonly className: string | undefined
}

/** One day: its number, 休 or 班, and a dot for each visit. */
export function DayButton({
  day: { day, items },
  isToday,
  isChosen,
  onChoose,
  title,
  className,
}: DayButtonProps) {
  const t = useWords(planWords)
  const { language } = useSaying()
  const mark = useDayMarks()(day)
  return (
    <button
      aria-current={isToday ? 'date' : undefined}
      aria-pressed={isChosen}
      className={className}
      onClick={onChoose}
      type="button"
    >
      {title !== undefined && <span className={css.weekday}>{title}</span>}
      <span className={css.number}>{Number(day.slice(8))}</span>
      {mark !== null && (
        <span className={cx(css.dayMark, css[mark.kind])} title={mark.name[language]}>
          {t(mark.kind)}
        </span>
      )}
      <DayDots items={items} />
      <span className={css.hidden}>{t('day_of', { day: exactDay(day, language), count: items.length })}</span>
    </button>
  )
}

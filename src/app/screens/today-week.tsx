// The week at a glance: a dot for each visit (filled when done), a notch for each promise due.
import { Link } from 'react-router'
import { cx } from '#web/class-names.ts'
import { exactDay, sayWeekday } from '#web/dates.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import type { WeekDay } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import css from './today-week.module.css'

interface WeekStripProps {
  readonly week: readonly WeekDay[]
  readonly today: string
}

/** Most dots drawn for a day; beyond them the number is said in words only. */
const mostDots = 9

export function WeekStrip({ week, today }: WeekStripProps) {
  const t = useWords(todayWords)
  const { language } = useLanguage()
  return (
    <nav aria-label={t('today.week')} className={css.strip}>
      {week.map(({ day, done, planned, due }) => {
        const label = t('today.week_day', { done, planned, due })
        return (
          <Link
            aria-current={day === today ? 'date' : undefined}
            className={cx(css.day, day < today && css.past)}
            key={day}
            title={exactDay(day, language)}
            to={`/plan?day=${day}`}
          >
            <span className={css.weekday}>{sayWeekday(day, language)}</span>
            <span className={css.number}>{Number(day.slice(8))}</span>
            <span className={css.dots}>
              {dots(done, planned).map((look, index) => (
                // Dots are alike and have no life of their own.
                // biome-ignore lint/suspicious/noArrayIndexKey: position is all that a dot is
                <i className={cx(css.dot, css[look])} key={index} />
              ))}
            </span>
            <span className="said-only">{label}</span>
            {due > 0 && <i className={cx(css.notch, day < today && css.late)} />}
          </Link>
        )
      })}
    </nav>
  )
}

function dots(done: number, planned: number): readonly ('done' | 'planned')[] {
  const all = [...Array<'done'>(done).fill('done'), ...Array<'planned'>(planned).fill('planned')]
  return all.slice(0, mostDots)
}

// Four weeks of one colleague at a glance: a column a day, as tall as it had visits. Done is solid, a report
// that is owed is hatched, what lies ahead is an outline; each week says its sum. A press opens the visits.
import { weekdayOf } from '#core/calendar.ts'
import type { DayOfWork } from '#features/visits/coverage.queries.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayMonthDay } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import { teamWords } from './team.words.ts'
import css from './team-picture.module.css'

interface WorkPictureProps {
  readonly name: string
  readonly days: readonly DayOfWork[]
  /** What fills the height. */
  readonly busiest: number
  readonly onOpen: (visits: readonly Visit[]) => void
}

export function WorkPicture({ name, days, busiest, onOpen }: WorkPictureProps) {
  const t = useWords(teamWords)
  const sum = (of: 'done' | 'unreported' | 'ahead') =>
    days.reduce((total, each) => total + each[of].length, 0)
  const label = t('picture_of', {
    name,
    done: sum('done'),
    unreported: sum('unreported'),
    ahead: sum('ahead'),
  })
  return (
    <button
      className={css.picture}
      onClick={(event) => {
        // A press on a day opens that day; the keyboard opens the four weeks.
        const pressed = event.target instanceof Element ? event.target.closest('[data-on]') : null
        const day = pressed?.getAttribute('data-on')
        const chosen = days.filter((each) => day == null || each.day === day)
        onOpen(chosen.flatMap(visitsOf).toReversed())
      }}
      type="button"
    >
      <span className={css.hidden}>{label}</span>
      {[0, 7, 14, 21].map((from) => (
        <Week busiest={busiest} days={days.slice(from, from + 7)} key={from} />
      ))}
    </button>
  )
}

function Week({ days, busiest }: Pick<WorkPictureProps, 'days' | 'busiest'>) {
  const saying = useSaying()
  const markOf = useDayMarks()
  const first = days[0]
  if (!first) return null
  return (
    <span aria-hidden="true" className={css.week}>
      <span className={css.columns}>
        {days.map((each) => {
          const isFree =
            markOf(each.day)?.kind === 'off' || (weekdayOf(each.day) > 5 && markOf(each.day) === null)
          return (
            <span
              className={cx(css.day, isFree && css.free, each.day === saying.today && css.today)}
              data-on={each.day}
              key={each.day}
              title={`${exactDay(each.day, saying.language)} · ${visitsOf(each).length}`}
            >
              <i className={css.ahead} style={tall(each.ahead.length, busiest)} />
              <i className={css.unreported} style={tall(each.unreported.length, busiest)} />
              <i className={css.done} style={tall(each.done.length, busiest)} />
            </span>
          )
        })}
      </span>
      <span className={css.sum}>
        <span>{sayMonthDay(first.day, saying)}</span>
        <b>{days.reduce((total, { done }) => total + done.length, 0)}</b>
      </span>
    </span>
  )
}

function visitsOf({ done, unreported, ahead }: DayOfWork): readonly Visit[] {
  return [...done, ...unreported, ...ahead]
}

function tall(count: number, busiest: number) {
  return { height: `${(100 * count) / busiest}%` }
}

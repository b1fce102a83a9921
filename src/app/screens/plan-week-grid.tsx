// The week on the desktop: hours down, days across.
import { timeOf } from '#core/calendar.ts'
import { placed } from '#features/visits/visit.queries.ts'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayWeekday } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import type { PlanDay } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import { type Hours, hoursOf, minutesOf, partOf, step, timeAtPart } from './plan-day.ts'
import type { DropPlace, PlanDrag } from './plan-drag.ts'
import { VisitBlock } from './plan-visit-block.tsx'
import css from './plan-week.module.css'

/** Pixels, as ruled in the style sheet. */
const hourHeight = 54

interface WeekGridProps {
  readonly days: readonly PlanDay[]
  readonly now: string
  readonly drag: PlanDrag
  readonly onVisit: (visitId: string) => void
  readonly onNew: (place: DropPlace) => void
}

export function WeekGrid({ days, now, drag, onVisit, onNew }: WeekGridProps) {
  const t = useWords(planWords)
  const hours = hoursOf(days.flatMap(({ items }) => items.map(({ visit }) => visit)))
  const lines = Array.from({ length: hours.until - hours.from }, (_, index) => hours.from + index)
  return (
    <section aria-label={t('calendar')} className={css.grid}>
      <div className={css.corner} />
      {days.map((each) => (
        <DayHead day={each} key={each.day} />
      ))}
      <div aria-hidden="true" className={css.hours}>
        {lines.map((hour) => (
          <span className={css.hour} key={hour}>
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      </div>
      {days.map((each) => (
        <DayColumn
          day={each}
          drag={drag}
          hours={hours}
          key={each.day}
          now={now}
          onNew={onNew}
          onVisit={onVisit}
        />
      ))}
    </section>
  )
}

function DayHead({ day: { day, items } }: { readonly day: PlanDay }) {
  const t = useWords(planWords)
  const { today, language } = useSaying()
  const mark = useDayMarks()(day)
  return (
    <div
      aria-current={day === today ? 'date' : undefined}
      className={css.head}
      title={t('day_of', { day: exactDay(day, language), count: items.length })}
    >
      <span className={css.weekday}>{sayWeekday(day, language)}</span>
      <span className={css.number}>{Number(day.slice(8))}</span>
      {mark !== null && (
        <span className={cx(css.dayMark, css[mark.kind])} title={mark.name[language]}>
          {t(mark.kind)}
        </span>
      )}
      {items.length > 0 && <span className={css.count}>{items.length}</span>}
    </div>
  )
}

interface DayColumnProps extends Omit<WeekGridProps, 'days'> {
  readonly day: PlanDay
  readonly hours: Hours
}

function DayColumn({ day: { day, items }, hours, now, drag, onVisit, onNew }: DayColumnProps) {
  const { today } = useSaying()
  const byId = new Map(items.map((item) => [item.visit.id, item]))
  const landing = drag.carrying?.place?.day === day ? drag.carrying : null
  return (
    // The button 安排拜访 and the key N are the keyboard's way to a new visit.
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer only
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className={cx(css.column, isWeekend(day) && css.weekend, day < today && css.past)}
      data-day={day}
      data-hours={`${hours.from}-${hours.until}`}
      onClick={(event) => {
        if (event.target !== event.currentTarget) return
        const { top, height } = event.currentTarget.getBoundingClientRect()
        onNew({ day, time: timeAtPart((event.clientY - top) / height, hours) })
      }}
      style={{ height: (hours.until - hours.from) * hourHeight }}
    >
      {placed(
        items.map(({ visit }) => visit),
        step,
      ).map(({ visit, lane, lanes }) => {
        const item = byId.get(visit.id)
        if (!item) return null
        const { top, height } = partOf(timeOf(visit.startsAt), visit.minutes, hours)
        return (
          <div
            className={css.slot}
            key={visit.id}
            style={{
              top: percent(top),
              height: percent(height),
              left: percent(lane / lanes),
              width: percent(1 / lanes),
            }}
          >
            <VisitBlock drag={drag} item={item} onVisit={onVisit} />
          </div>
        )
      })}
      {landing !== null && <Landing hours={hours} landing={landing} />}
      {day === today && <NowLine hours={hours} now={now} />}
    </div>
  )
}

/** Where what is being carried would land. */
function Landing({
  landing,
  hours,
}: {
  readonly landing: NonNullable<PlanDrag['carrying']>
  readonly hours: Hours
}) {
  const { place, carried } = landing
  if (!place?.time) return null
  const minutes = carried.kind === 'visit' ? carried.visit.minutes : step
  const { top, height } = partOf(place.time, minutes, hours)
  return (
    <div className={css.landing} style={{ top: percent(top), height: percent(height) }}>
      {place.time} {carried.name}
    </div>
  )
}

function NowLine({ now, hours: { from, until } }: { readonly now: string; readonly hours: Hours }) {
  const part = (minutesOf(timeOf(now)) - from * 60) / ((until - from) * 60)
  if (part < 0 || part > 1) return null
  return <div className={css.now} style={{ top: percent(part) }} />
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

function percent(part: number): string {
  return `${part * 100}%`
}

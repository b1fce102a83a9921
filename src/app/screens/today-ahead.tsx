// The next days on which something is planned or due, a line each.
import { timeOf } from '#core/calendar.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayDay } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import type { DayAhead } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import css from './today-ahead.module.css'

export function DaysAhead({ ahead }: { readonly ahead: readonly DayAhead[] }) {
  const t = useWords(todayWords)
  const saying = useSaying()
  return (
    <List label={t('today.ahead')}>
      {ahead.map(({ day, visits, promises }) => (
        <ListRow
          detail={
            <>
              {visits.map(({ visit, whom }) => (
                <span className={css.item} key={visit.id}>
                  <span className={css.time}>{timeOf(visit.startsAt)}</span>
                  {whom?.name ?? t('today.customer_gone')}
                </span>
              ))}
              {promises.map(({ commitment, whom }) => (
                <span className={css.item} key={commitment.id}>
                  <span className={css.time}>{t('today.due_word')}</span>
                  {commitment.what}
                  {whom !== null && ` · ${whom.name}`}
                </span>
              ))}
            </>
          }
          key={day}
          lead={
            <time className={css.day} dateTime={day} title={exactDay(day, saying.language)}>
              {sayDay(day, saying)}
            </time>
          }
          title={
            visits.length > 0
              ? t(visits.length === 1 ? 'today.visit_one' : 'today.visits', { count: visits.length })
              : t(promises.length === 1 ? 'today.promise_one' : 'today.promise_count', {
                  count: promises.length,
                })
          }
          to={`/plan?day=${day}`}
        />
      ))}
    </List>
  )
}

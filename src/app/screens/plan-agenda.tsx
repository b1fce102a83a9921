// The visits of one day as a list, and below it those who have waited longest.
import { timeOf } from '#core/calendar.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { StandingMark } from '#features/visits/visit-look.tsx'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayDay, sayMonthDay, sayWeekday } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { Tag } from '#web/ui/mark.tsx'
import { Person } from '#web/ui/person.tsx'
import { UnsentMark, useUnsent } from '#web/unsent.tsx'
import type { PlanDay, PlanItem } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import css from './plan-phone.module.css'
import { UnvisitedList } from './plan-rail.tsx'
import { placeText } from './today-whom.ts'

interface DayAgendaProps {
  readonly day: PlanDay | undefined
  readonly ownerId: string
  readonly onVisit: (visitId: string) => void
  readonly onPlan: (customerId: string) => void
}

/** Of those not seen for long, so many are offered under the day. */
const offered = 5

export function DayAgenda({ day, ownerId, onVisit, onPlan }: DayAgendaProps) {
  const t = useWords(planWords)
  const saying = useSaying()
  const { today, language } = saying
  const markOf = useDayMarks()
  if (!day) return null
  const mark = markOf(day.day)
  const said = sayDay(day.day, saying)
  const exact = `${sayMonthDay(day.day, saying)} ${sayWeekday(day.day, language)}`
  return (
    <>
      <Section
        title={exact.startsWith(said) ? exact : `${said} · ${exact}`}
        {...(day.items.length > 0 ? { count: day.items.length } : {})}
        {...(mark === null ? {} : { action: <Tag>{`${t(mark.kind)} · ${mark.name[language]}`}</Tag> })}
      >
        {day.items.length > 0 ? (
          <List>
            {day.items.map((item) => (
              <AgendaRow item={item} key={item.visit.id} onVisit={onVisit} />
            ))}
          </List>
        ) : (
          <EmptyState drawing={day.day < today ? 'notebook' : mark?.kind === 'off' ? 'rest' : 'circle'}>
            {t(day.day < today ? 'empty_past' : 'empty_day')}
          </EmptyState>
        )}
      </Section>
      {day.day >= today && (
        <Section title={t('unvisited')}>
          <UnvisitedList limit={offered} onPlan={onPlan} ownerId={ownerId} />
        </Section>
      )}
    </>
  )
}

interface AgendaRowProps {
  readonly item: PlanItem
  readonly onVisit: (visitId: string) => void
}

function AgendaRow({ item: { visit, whom, standing, isDouble }, onVisit }: AgendaRowProps) {
  const t = useWords(planWords)
  const v = useWords(visitWords)
  const { language } = useSaying()
  const unsent = useUnsent()(visit.id)
  return (
    <ListRow
      aside={<StandingMark standing={standing} />}
      detail={
        <>
          {[v(`visit.channel.${visit.channel}`), visit.objective, isDouble && t('overlap')]
            .filter(Boolean)
            .join(' · ')}{' '}
          <UnsentMark unsent={unsent} />
        </>
      }
      lead={
        <time className={css.time} dateTime={visit.startsAt} title={exactMoment(visit.startsAt, language)}>
          {timeOf(visit.startsAt)}
        </time>
      }
      onPress={() => onVisit(visit.id)}
      title={<Person name={whom?.name ?? t('customer_gone')} place={whom && placeText(whom)} />}
    />
  )
}

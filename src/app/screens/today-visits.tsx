// The day's visits along a line, with a mark where the day stands now.
import { Fragment } from 'react'
import { Link } from 'react-router'
import { timeOf } from '#core/calendar.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { Icon, type IconName } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { Person } from '#web/ui/person.tsx'
import type { VisitItem } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import css from './today-visits.module.css'
import { placeText, useWhomText } from './today-whom.ts'

interface VisitLineProps {
  readonly visits: readonly VisitItem[]
  readonly now: string
}

export function VisitLine({ visits, now }: VisitLineProps) {
  const next = visits.findIndex(({ visit }) => visit.startsAt > now)
  const at = next === -1 ? visits.length : next
  return (
    <ol className={css.line}>
      {visits.map((item, index) => (
        <Fragment key={item.visit.id}>
          {index === at && <NowMark now={now} />}
          <VisitStop isNext={index === at} item={item} now={now} />
        </Fragment>
      ))}
      {at === visits.length && <NowMark now={now} />}
    </ol>
  )
}

function NowMark({ now }: { readonly now: string }) {
  const t = useWords(todayWords)
  return (
    <li className={css.now}>
      <span>{t('today.now', { time: timeOf(now) })}</span>
    </li>
  )
}

const channelIcons: { readonly [C in VisitItem['visit']['channel']]: IconName } = {
  face_to_face: 'face',
  phone: 'phone',
  wechat: 'chat',
  online: 'video',
  meeting: 'meeting',
}

interface VisitStopProps {
  readonly item: VisitItem
  readonly now: string
  /** The first that has not begun. */
  readonly isNext: boolean
}

function VisitStop({ item: { visit, whom }, now, isNext }: VisitStopProps) {
  const t = useWords(todayWords)
  const label = useWords(visitWords)
  const { language } = useSaying()
  return (
    <li className={css.stop}>
      <div className={css.when}>
        <time className={css.time} dateTime={visit.startsAt} title={exactMoment(visit.startsAt, language)}>
          {timeOf(visit.startsAt)}
        </time>
        <span className={css.minutes}>{t('today.minutes', { count: visit.minutes })}</span>
      </div>
      <span className={cx(css.node, css[visit.status], isNext && css.upcoming)} />
      <div className={css.what}>
        <Link className={css.whom} to={`/customers/${visit.customerId}`}>
          <Person name={whom?.name ?? t('today.customer_gone')} place={whom && placeText(whom)} />
        </Link>
        <p className={css.objective}>
          <span className={css.channel} title={label(`visit.channel.${visit.channel}`)}>
            <Icon name={channelIcons[visit.channel]} size={16} />
            {label(`visit.channel.${visit.channel}`)}
          </span>
          {visit.objective !== null && ` · ${visit.objective}`}
        </p>
      </div>
      <div className={css.next}>
        <NextStep visit={visit} now={now} />
      </div>
    </li>
  )
}

/** Minutes before its time from which a visit can be reported. */
const earlyMinutes = 10

function NextStep({ visit, now }: { readonly visit: VisitItem['visit']; readonly now: string }) {
  const t = useWords(todayWords)
  const label = useWords(visitWords)
  if (visit.status === 'completed') {
    return (
      <StatusMark tone="done">
        {label(visit.result === null ? 'visit.status.completed' : `visit.result.${visit.result}`)}
      </StatusMark>
    )
  }
  if (visit.status === 'missed') return <StatusMark tone="late">{label('visit.status.missed')}</StatusMark>
  const hasBegun = Date.parse(visit.startsAt) - earlyMinutes * 60_000 <= Date.parse(now)
  return hasBegun ? (
    <ButtonLink icon="edit" look="plain" small to={`/visits/${visit.id}/report`}>
      {t('today.report')}
    </ButtonLink>
  ) : (
    <ButtonLink look="quiet" small to={`/customers/${visit.customerId}`}>
      {t('today.prepare')}
    </ButtonLink>
  )
}

/** Visits of earlier days that wait for their report. */
export function UnreportedRows({ visits }: { readonly visits: readonly VisitItem[] }) {
  const t = useWords(todayWords)
  const saying = useSaying()
  const whomText = useWhomText()
  return (
    <List label={t('today.unreported')}>
      {visits.map(({ visit, whom }) => (
        <ListRow
          detail={sayMoment(visit.startsAt, saying)}
          key={visit.id}
          lead={<StatusMark tone="watch">{''}</StatusMark>}
          title={whomText(whom)}
          to={`/visits/${visit.id}/report`}
        />
      ))}
    </List>
  )
}

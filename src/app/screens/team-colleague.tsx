// One colleague: four weeks as a picture, then the figures, each leading to what it counts.
import { Link } from 'react-router'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import css from './team.module.css'
import { type Colleague, keptRate, type Records } from './team.queries.ts'
import { teamWords } from './team.words.ts'
import { Figure } from './team-figure.tsx'
import { WorkPicture } from './team-picture.tsx'

interface ColleagueRowProps {
  readonly colleague: Colleague
  readonly busiest: number
  readonly onOpen: (records: Records) => void
}

export function ColleagueRow({ colleague, busiest, onOpen }: ColleagueRowProps) {
  const t = useWords(teamWords)
  const { member, territories, work } = colleague
  const title = (key: 'week' | 'month' | 'uncovered' | 'open' | 'picture') =>
    t('records', { name: member.name, what: t(key) })
  return (
    <li className={css.colleague}>
      <div className={css.who}>
        <h2 className={css.name}>
          <Link className={css.nameLink} title={t('see_plan')} to={`/plan?who=${member.id}`}>
            {member.name}
          </Link>
        </h2>
        <p className={css.where}>{territories.map(({ name }) => name).join('、')}</p>
        <LastReport at={work.lastReportAt} />
      </div>
      <WorkPicture
        busiest={busiest}
        name={member.name}
        onOpen={(visits) => onOpen({ kind: 'visits', title: title('picture'), visits })}
        days={work.days}
      />
      <div className={css.figures}>
        <Figure
          label={t('week')}
          of={work.week.planned}
          onOpen={() => onOpen({ kind: 'visits', title: title('week'), visits: work.week.visits })}
          value={work.week.done}
        />
        <Figure
          label={t('month')}
          of={work.month.planned}
          onOpen={() => onOpen({ kind: 'visits', title: title('month'), visits: work.month.visits })}
          value={work.month.done}
        />
        <Figure
          label={t('coverage')}
          of={work.customers.length}
          onOpen={() => onOpen({ kind: 'customers', title: title('uncovered'), customers: work.uncovered })}
          value={work.covered.length}
        />
        <Promises colleague={colleague} onOpen={onOpen} />
      </div>
    </li>
  )
}

function Promises({ colleague: { member, work }, onOpen }: Omit<ColleagueRowProps, 'busiest'>) {
  const t = useWords(teamWords)
  const rate = keptRate(work)
  const { overdue, open } = work
  const key = overdue.length > 0 ? 'overdue' : 'open'
  const promises = overdue.length > 0 ? overdue : open
  return (
    <div>
      <Figure
        label={t(key)}
        onOpen={() =>
          onOpen({
            kind: 'promises',
            title: t('records', { name: member.name, what: t(key) }),
            promises: open,
          })
        }
        tone={overdue.length > 0 ? 'late' : 'calm'}
        value={promises.length}
      />
      <button
        className={css.rate}
        onClick={() =>
          onOpen({
            kind: 'promises',
            title: t('records', { name: member.name, what: t('kept') }),
            promises: [...work.broken, ...work.kept],
          })
        }
        type="button"
      >
        {rate === null ? t('kept_none') : t('kept_rate', { rate })}
      </button>
    </div>
  )
}

function LastReport({ at }: { readonly at: string | null }) {
  const t = useWords(teamWords)
  const saying = useSaying()
  if (at === null) return <p className={css.where}>{t('no_report')}</p>
  return (
    <p className={css.where} title={exactMoment(at, saying.language)}>
      {t('last_report')} {sayMoment(at, saying)}
    </p>
  )
}

// 团队: what a manager's colleagues have done, whom they have reached, what is owed. No sales, no ranking.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { useMinute } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus, useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import css from './team.module.css'
import { type Records, type Team, teamAt } from './team.queries.ts'
import { teamWords } from './team.words.ts'
import { AlignSheet } from './team-align-sheet.tsx'
import { ColleagueRow } from './team-colleague.tsx'
import { Figure } from './team-figure.tsx'
import { RecordsSheet } from './team-records.tsx'

export function TeamScreen() {
  const t = useWords(teamWords)
  const { lease } = useDevice()
  const now = useMinute()
  const { userId } = lease
  const team = useLive(useCallback((view: View) => teamAt(view, userId, now), [userId, now]))
  const [records, open] = useState<Records | null>(null)
  const [isAligning, align] = useState(false)
  const { colleagues, customers } = team
  const { loading } = useDeviceStatus()
  // Sums of what has not arrived yet would be taken for true.
  if (loading !== 'complete') {
    return (
      <Page lead={t('loading')} title={t('title')} width="full">
        {null}
      </Page>
    )
  }
  return (
    <Page
      aside={
        customers.length > 0 && (
          <Button onClick={() => align(true)} small>
            {t('align')}
          </Button>
        )
      }
      title={t('title')}
      width="full"
      {...(colleagues.length > 0
        ? { lead: t('lead', { members: colleagues.length, customers: customers.length }) }
        : {})}
    >
      {colleagues.length === 0 ? (
        <EmptyState drawing="talk">{t('nobody')}</EmptyState>
      ) : (
        <>
          <Overview onOpen={open} team={team} />
          <ul aria-label={t('members')} className={css.colleagues}>
            {colleagues.map((colleague) => (
              <ColleagueRow
                busiest={team.busiest}
                colleague={colleague}
                key={colleague.member.id}
                onOpen={open}
              />
            ))}
          </ul>
        </>
      )}
      {records !== null && <RecordsSheet onClose={() => open(null)} records={records} />}
      {isAligning && <AlignSheet onClose={() => align(false)} />}
    </Page>
  )
}

function Overview({ team, onOpen }: { readonly team: Team; readonly onOpen: (records: Records) => void }) {
  const t = useWords(teamWords)
  const works = team.colleagues.map(({ work }) => work)
  const week = works.flatMap((work) => work.week.visits)
  const overdue = works.flatMap((work) => work.overdue)
  const unreported = works.flatMap((work) => work.unreported)
  const covered = new Set(team.covered)
  const title = (key: 'week' | 'uncovered' | 'overdue' | 'unreported') =>
    t('records', { name: t('everybody'), what: t(key) })
  return (
    <section aria-label={t('overview')} className={css.overview}>
      <Figure
        label={t('week')}
        large
        onOpen={() => onOpen({ kind: 'visits', title: title('week'), visits: week })}
        of={week.length}
        value={week.filter(({ status }) => status === 'completed').length}
      />
      <Figure
        label={t('coverage')}
        large
        of={team.customers.length}
        onOpen={() =>
          onOpen({
            kind: 'customers',
            title: title('uncovered'),
            customers: team.customers.filter((each) => !covered.has(each)),
          })
        }
        value={team.covered.length}
      />
      <Figure
        label={t('overdue')}
        large
        onOpen={() => onOpen({ kind: 'promises', title: title('overdue'), promises: overdue })}
        tone={overdue.length > 0 ? 'late' : 'calm'}
        value={overdue.length}
      />
      <Figure
        label={t('unreported')}
        large
        onOpen={() => onOpen({ kind: 'visits', title: title('unreported'), visits: unreported })}
        tone={unreported.length > 0 ? 'watch' : 'calm'}
        value={unreported.length}
      />
    </section>
  )
}

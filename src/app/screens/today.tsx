// 今日: the first page of every day. Promises before visits, because a kept promise opens the next door.
import { useCallback } from 'react'
import { weekdayOf } from '#core/calendar.ts'
import { reachOf } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import { useMinute, useSaying } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus, useLive } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Section } from '#web/ui/list.tsx'
import { Page } from '#web/ui/page.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import css from './today.module.css'
import { type TodayPicture, teamToday, todayOf } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import { DaysAhead } from './today-ahead.tsx'
import { ColleagueToday } from './today-colleague.tsx'
import { DateHeading } from './today-date.tsx'
import { PromiseRows } from './today-promises.tsx'
import { TeamLine } from './today-team.tsx'
import { UnreportedRows, VisitLine } from './today-visits.tsx'
import { WeekStrip } from './today-week.tsx'

export function TodayScreen() {
  const { lease } = useDevice()
  return reachOf(fieldWork, lease.roles) === null ? <ColleagueToday /> : <FieldDay />
}

function FieldDay() {
  const t = useWords(todayWords)
  const { today } = useSaying()
  const { lease } = useDevice()
  const { loading } = useDeviceStatus()
  const now = useMinute()
  const memberId = lease.userId
  const picture = useLive(useCallback((view: View) => todayOf(view, { memberId, now }), [memberId, now]))
  const { promises, visits, unreported, ahead } = picture
  return (
    <Page
      aside={<SyncBadge only="phone" />}
      heading={<DateHeading />}
      lead={loading === 'first' ? t('today.loading') : <Summary picture={picture} />}
      title={t('today.title')}
      width="wide"
    >
      <WeekStrip today={today} week={picture.week} />
      <div className={css.columns}>
        <div>
          {lease.roles.includes('manager') && loading === 'complete' && (
            <Team memberId={memberId} now={now} />
          )}
          {promises.length > 0 && (
            <Section count={promises.length} title={t('today.promises')}>
              <PromiseRows promises={promises} />
            </Section>
          )}
          {visits.length > 0 ? (
            <Section count={visits.length} title={t('today.visits_title')}>
              <VisitLine now={now} visits={visits} />
            </Section>
          ) : (
            loading !== 'first' && <NothingToday picture={picture} />
          )}
        </div>
        <div>
          {unreported.length > 0 && (
            <Section count={unreported.length} title={t('today.unreported')}>
              <UnreportedRows visits={unreported} />
            </Section>
          )}
          {ahead.length > 0 && (
            <Section title={t('today.ahead')}>
              <DaysAhead ahead={ahead} />
            </Section>
          )}
        </div>
      </div>
    </Page>
  )
}

/** 3 场拜访 · 2 个承诺今天到期 · 1 个逾期. */
function Summary({ picture }: { readonly picture: TodayPicture }) {
  const t = useWords(todayWords)
  const visits = picture.visits.filter(({ visit }) => visit.status !== 'missed').length
  const due = picture.promises.filter((item) => item.due === 'today').length
  const overdue = picture.promises.filter((item) => item.due === 'overdue').length
  if (visits + due + overdue === 0) return t('today.free')
  return (
    <>
      {[
        visits > 0 && t(visits === 1 ? 'today.visit_one' : 'today.visits', { count: visits }),
        due > 0 && t(due === 1 ? 'today.due_one' : 'today.due', { count: due }),
      ]
        .filter(Boolean)
        .join(' · ')}
      {overdue > 0 && (
        <>
          {visits + due > 0 && ' · '}
          <span className={css.overdue}>{t('today.overdue', { count: overdue })}</span>
        </>
      )}
    </>
  )
}

function NothingToday({ picture }: { readonly picture: TodayPicture }) {
  const t = useWords(todayWords)
  const { today } = useSaying()
  const { lease } = useDevice()
  if (lease.roles.includes('manager')) {
    return (
      <EmptyState action={<ButtonLink to="/team">{t('today.see_team')}</ButtonLink>} drawing="talk">
        {t('today.manager')}
      </EmptyState>
    )
  }
  const isWeekend = weekdayOf(today) > 5 && picture.ahead.length > 0
  const isFirst = picture.ahead.length + picture.promises.length + picture.unreported.length === 0
  const text = isWeekend ? 'today.weekend' : isFirst ? 'today.first' : 'today.nothing'
  return (
    <EmptyState
      action={
        <ButtonLink icon="plus" look={isWeekend ? 'plain' : 'primary'} to="/plan">
          {t('today.plan')}
        </ButtonLink>
      }
      drawing={isWeekend ? 'rest' : 'notebook'}
    >
      {t(text)}
    </EmptyState>
  )
}

function Team({ memberId, now }: { readonly memberId: string; readonly now: string }) {
  const team = useLive(useCallback((view: View) => teamToday(view, { memberId, now }), [memberId, now]))
  return <TeamLine team={team} />
}

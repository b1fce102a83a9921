// 今日: the first page of every day. Promises before visits, because a kept promise opens the next door.
import { useCallback } from 'react'
import { weekdayOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactDay, lunarDay, sayMonthDay, sayWeekday } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Section } from '#web/ui/list.tsx'
import { Page } from '#web/ui/page.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import css from './today.module.css'
import { type TodayPicture, teamToday, todayOf } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import { DaysAhead } from './today-ahead.tsx'
import { PromiseRows } from './today-promises.tsx'
import { TeamLine } from './today-team.tsx'
import { UnreportedRows, VisitLine } from './today-visits.tsx'
import { WeekStrip } from './today-week.tsx'

export function TodayScreen() {
  const t = useWords(todayWords)
  const { today } = useSaying()
  const { lease } = useDevice()
  const now = useMinute()
  const memberId = lease.userId
  const picture = useLive(useCallback((view: View) => todayOf(view, { memberId, now }), [memberId, now]))
  const { promises, visits, unreported, ahead } = picture
  return (
    <Page
      aside={<SyncBadge only="phone" />}
      heading={<DateHeading />}
      lead={<Summary picture={picture} />}
      title={t('today.title')}
      width="wide"
    >
      <WeekStrip today={today} week={picture.week} />
      <div className={css.columns}>
        <div>
          {lease.roles.includes('manager') && <Team memberId={memberId} now={now} />}
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
            <NothingToday picture={picture} />
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

function DateHeading() {
  const t = useWords(todayWords)
  const saying = useSaying()
  const { today, language } = saying
  const lunar = language === 'zh-CN' ? lunarDay(today) : null
  return (
    <time className={css.date} dateTime={today} title={exactDay(today, language)}>
      {sayMonthDay(today, saying)}
      <span className={css.weekday}>
        {sayWeekday(today, language)}
        {lunar !== null && <span className={css.lunar}>{t('today.lunar', { day: lunar })}</span>}
      </span>
    </time>
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
  if (!lease.roles.some((role) => role === 'rep' || role === 'manager')) {
    return (
      <EmptyState action={<ButtonLink to="/customers">{t('today.customers')}</ButtonLink>}>
        {t('today.colleague')}
      </EmptyState>
    )
  }
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

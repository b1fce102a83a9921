// A visit that was missed or called off, or one that a colleague planned: what it is and what can be done.
import { useCallback } from 'react'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { replanVisit, takeOverVisit } from '#features/visits/visit.mutations.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import { standingOf } from '#features/visits/visit.queries.ts'
import { StandingMark } from '#features/visits/visit-look.tsx'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactMoment, sayRange } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/list.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './visit-report.module.css'
import { visitReportWords } from './visit-report.words.ts'
import { ReportFrame } from './visit-report-frame.tsx'

interface SettledVisitProps {
  readonly visit: Visit
  readonly isOwn: boolean
}

export function SettledVisit({ visit, isOwn }: SettledVisitProps) {
  const t = useWords(visitReportWords)
  const mutate = useMutate()
  const act = useAct()
  const saying = useSaying()
  const now = useMinute()
  const { id, ownerId } = visit
  const owner = useLive(useCallback((view: View) => view.get(member, ownerId)?.name, [ownerId]))
  const again = () => act(() => mutate(replanVisit, { id }), { text: t('replanned') })
  const takeOver = () => act(() => mutate(takeOverVisit, { id }), { text: t('taken_over') })
  return (
    <ReportFrame
      action={
        <Button look="primary" onClick={isOwn ? again : takeOver}>
          {t(isOwn ? 'replan' : 'take_over')}
        </Button>
      }
      customerId={visit.customerId}
    >
      {!isOwn && (
        <div className={css.banner}>
          <Banner inset={false}>{t('not_mine', { name: owner ?? t('somebody') })}</Banner>
        </div>
      )}
      <StandingMark standing={standingOf(visit, now)} />
      <div className={css.bleed}>
        <Facts
          facts={[
            [
              t('when'),
              <span key="when" title={exactMoment(visit.startsAt, saying.language)}>
                {sayRange(visit.startsAt, visit.minutes, saying)}
              </span>,
            ],
            ...(visit.objective === null ? [] : ([[t('objective'), visit.objective]] as const)),
            ...(visit.reason === null ? [] : ([[t('reason'), visit.reason]] as const)),
          ]}
        />
      </div>
    </ReportFrame>
  )
}

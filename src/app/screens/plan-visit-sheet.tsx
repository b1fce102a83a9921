// One visit of the calendar: what it is, and what can be done with it.
import { useCallback, useState } from 'react'
import { Link } from 'react-router'
import { dayOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import { visit as visitEntity } from '#features/visits/visit.entity.ts'
import { replanVisit } from '#features/visits/visit.mutations.ts'
import { standingOf, type Visit } from '#features/visits/visit.queries.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { channelIcons, StandingMark } from '#features/visits/visit-look.tsx'
import { VisitReasonSheet } from '#features/visits/visit-reason-sheet.tsx'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactMoment, sayRange } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive, useMutate } from '#web/live.tsx'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { Person } from '#web/ui/person.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { UnsentMark, useUnsent } from '#web/unsent.tsx'
import css from './plan.module.css'
import { planWords } from './plan.words.ts'
import { whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'

interface PlanVisitSheetProps {
  readonly visitId: string
  readonly onClose: () => void
  readonly onEdit: (visit: Visit) => void
}

export function PlanVisitSheet({ visitId, onClose, onEdit }: PlanVisitSheetProps) {
  const t = useWords(planWords)
  const unsentOf = useUnsent()
  const now = useMinute()
  const found = useLive(
    useCallback(
      (view: View) => {
        const visit = view.get(visitEntity, visitId)
        return visit ? { visit, whom: whomOf(view, visit.customerId) } : null
      },
      [visitId],
    ),
  )
  const [reason, ask] = useState<'miss' | 'cancel' | null>(null)
  if (found === null) return null
  const { visit, whom } = found
  if (reason !== null) {
    return <VisitReasonSheet kind={reason} onClose={() => ask(null)} onDone={onClose} visitId={visitId} />
  }
  return (
    <Sheet
      foot={<MainAction now={now} onClose={onClose} visit={visit} />}
      onClose={onClose}
      title={
        whom === null ? (
          t('customer_gone')
        ) : (
          <Link className={css.whomLink} to={`/customers/${whom.id}`}>
            <Person name={whom.name} place={placeText(whom)} />
          </Link>
        )
      }
    >
      <div className={css.marks}>
        <StandingMark standing={standingOf(visit, now)} />
        <UnsentMark unsent={unsentOf(visit.id)} />
      </div>
      <VisitFacts visit={visit} />
      {visit.status === 'planned' && (
        <OtherActions
          hasBegun={visit.startsAt <= now}
          onAsk={ask}
          onEdit={() => onEdit(visit)}
          visit={visit}
        />
      )}
    </Sheet>
  )
}

function VisitFacts({ visit }: { readonly visit: Visit }) {
  const t = useWords(planWords)
  const v = useWords(visitWords)
  const saying = useSaying()
  return (
    <div className={css.bleed}>
      <Facts
        facts={[
          [
            t('visit.when'),
            <span key="when" title={exactMoment(visit.startsAt, saying.language)}>
              {sayRange(visit.startsAt, visit.minutes, saying)}
            </span>,
          ],
          [
            v('visit.channel'),
            <StatusMark icon={channelIcons[visit.channel]} key="channel" tone="calm">
              {v(`visit.channel.${visit.channel}`)}
            </StatusMark>,
          ],
          ...(visit.objective === null ? [] : ([[t('visit.objective'), visit.objective]] as const)),
          ...(visit.reason === null ? [] : ([[t('visit.reason'), visit.reason]] as const)),
        ]}
      />
    </div>
  )
}

interface MainActionProps {
  readonly visit: Visit
  readonly now: string
  readonly onClose: () => void
}

function MainAction({ visit, now, onClose }: MainActionProps) {
  const t = useWords(planWords)
  const mutate = useMutate()
  const act = useAct()
  const report = `/visits/${visit.id}/report`
  if (visit.status === 'completed') return <ButtonLink to={report}>{t('visit.open')}</ButtonLink>
  if (visit.status === 'planned') {
    // What lies days ahead is prepared at the customer's page; a report comes after the visit.
    const isNear = visit.visitOn <= dayOf(now)
    return isNear ? (
      <ButtonLink look="primary" to={report}>
        {t('visit.report')}
      </ButtonLink>
    ) : (
      <ButtonLink look="primary" to={`/customers/${visit.customerId}`}>
        {t('visit.customer')}
      </ButtonLink>
    )
  }
  const again = async () => {
    if (await act(() => mutate(replanVisit, { id: visit.id }), { text: t('changed') })) onClose()
  }
  return (
    <Button look="primary" onClick={() => void again()}>
      {t('visit.replan')}
    </Button>
  )
}

interface OtherActionsProps {
  readonly visit: Visit
  readonly hasBegun: boolean
  readonly onEdit: () => void
  readonly onAsk: (reason: 'miss' | 'cancel') => void
}

function OtherActions({ visit, hasBegun, onEdit, onAsk }: OtherActionsProps) {
  const t = useWords(planWords)
  const { lease } = useDevice()
  if (visit.ownerId !== lease.userId && !lease.roles.includes('manager')) return null
  return (
    <div className={css.actions}>
      <Button icon="plan" onClick={onEdit}>
        {t('visit.edit')}
      </Button>
      {hasBegun && (
        <Button icon="late" onClick={() => onAsk('miss')}>
          {t('visit.miss')}
        </Button>
      )}
      <Button icon="cancelled" onClick={() => onAsk('cancel')}>
        {t('visit.cancel')}
      </Button>
    </div>
  )
}

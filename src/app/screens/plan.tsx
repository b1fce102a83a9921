// 计划: the week or the month of one's visits. On the phone a strip and the day's list, on the desktop a
// calendar on which visits are moved and customers not seen for long are dropped.
import { useCallback, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { dayOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import { cancelVisit, planVisit, rescheduleVisit } from '#features/visits/visit.mutations.ts'
import { defaultMinutes } from '#features/visits/visit.rules.ts'
import { useMinute, useSaying } from '#web/clock.ts'
import { sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { Button } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keyboard.ts'
import { kitWords } from '#web/ui/kit.words.ts'
import { Page } from '#web/ui/page.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './plan.module.css'
import { planOf } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import { DayAgenda } from './plan-agenda.tsx'
import { movedTo } from './plan-day.ts'
import { type Carried, type DropPlace, usePlanDrag } from './plan-drag.ts'
import { PlanFormSheet, type PlanFormStart } from './plan-form-sheet.tsx'
import { PlanBar, PlanTitle, useSummary } from './plan-head.tsx'
import { MonthCalendar, MonthDots } from './plan-month.tsx'
import { type PlanPlace, usePlanPlace } from './plan-place.ts'
import { CarriedTag, UnvisitedRail } from './plan-rail.tsx'
import { PlanVisitSheet } from './plan-visit-sheet.tsx'
import { WeekGrid } from './plan-week-grid.tsx'
import { WeekStrip } from './plan-week-strip.tsx'

type Open =
  | { readonly kind: 'visit'; readonly visitId: string }
  | { readonly kind: 'form'; readonly start: PlanFormStart }

export function PlanScreen() {
  const t = useWords(planWords)
  const isWide = useIsWide()
  const now = useMinute()
  const place = usePlanPlace()
  const { day, shown, ownerId } = place
  const plan = useLive(
    useCallback((view: View) => planOf(view, { ownerId, shown, day, now }), [ownerId, shown, day, now]),
  )
  const summary = useSummary(plan)
  const { open, setOpen, close } = useOpen(place)
  const drag = usePlanDrag(useDrop(ownerId))
  const onVisit = (visitId: string) => setOpen({ kind: 'visit', visitId })
  const onNew = (at: DropPlace, customerId: string | null = null) =>
    setOpen({ kind: 'form', start: { customerId, ...at } })
  useKeys({
    n: () => onNew({ day, time: null }),
    t: () => place.go({ day: dayOf(now) }),
    ...(drag.carrying === null ? { arrowleft: () => place.turn(-1), arrowright: () => place.turn(1) } : {}),
  })
  const add = (
    <Button icon="plus" look="primary" onClick={() => onNew({ day, time: null })}>
      {t('plan')}
    </Button>
  )
  return (
    <Page
      heading={<PlanTitle place={place} />}
      lead={summary}
      title={t('title')}
      width="full"
      {...(isWide ? { aside: add } : { action: add })}
    >
      <PlanBar place={place} />
      {isWide ? (
        <div className={css.desk}>
          {shown === 'week' ? (
            <WeekGrid days={plan.days} drag={drag} now={now} onNew={onNew} onVisit={onVisit} />
          ) : (
            <MonthCalendar days={plan.days} drag={drag} onVisit={onVisit} place={place} />
          )}
          <UnvisitedRail drag={drag} onPlan={(id) => onNew({ day, time: null }, id)} ownerId={ownerId} />
        </div>
      ) : (
        <>
          {shown === 'week' ? (
            <WeekStrip days={plan.days} place={place} />
          ) : (
            <MonthDots days={plan.days} place={place} />
          )}
          <DayAgenda
            day={plan.days.find((each) => each.day === day)}
            onPlan={(id) => onNew({ day, time: null }, id)}
            onVisit={onVisit}
            ownerId={ownerId}
          />
        </>
      )}
      <CarriedTag carrying={drag.carrying} />
      {open?.kind === 'visit' && (
        <PlanVisitSheet
          onClose={close}
          onEdit={(visit) => setOpen({ kind: 'form', start: { visit } })}
          visitId={open.visitId}
        />
      )}
      {open?.kind === 'form' && <PlanFormSheet onClose={close} ownerId={ownerId} start={open.start} />}
    </Page>
  )
}

/** The sheet that is open: from the beginning the one for a new visit, when somebody comes from a customer. */
function useOpen({ customerId, day, go }: PlanPlace) {
  const [open, setOpen] = useState<Open | null>(
    customerId === null ? null : { kind: 'form', start: { customerId, day, time: null } },
  )
  const close = () => {
    setOpen(null)
    if (customerId !== null) go({})
  }
  return { open, setOpen, close }
}

/** What happens where something is dropped: a visit moves, a customer gets a visit. Both can be taken back. */
function useDrop(ownerId: string): (carried: Carried, place: DropPlace) => void {
  const t = useWords(planWords)
  const k = useWords(kitWords)
  const saying = useSaying()
  const mutate = useMutate()
  const act = useAct()
  return (carried, { day, time }) => {
    if (carried.kind === 'visit') {
      const { id, startsAt } = carried.visit
      const next = movedTo(startsAt, day, time)
      if (next === startsAt) return
      const takeBack = () => void act(() => mutate(rescheduleVisit, { id, startsAt, minutes: null }))
      void act(() => mutate(rescheduleVisit, { id, startsAt: next, minutes: null }), {
        text: t('moved', { when: sayMoment(next, saying) }),
        action: { label: k('undo'), run: takeBack },
      })
      return
    }
    const id = uuidv7()
    const plan = {
      id,
      customerId: carried.customerId,
      ownerId,
      institutionId: null,
      channel: 'face_to_face',
      startsAt: movedTo(morning, day, time),
      minutes: defaultMinutes,
      objective: null,
    } as const
    void act(() => mutate(planVisit, plan), {
      text: t('planned', { when: sayMoment(plan.startsAt, saying) }),
      action: { label: k('undo'), run: () => void act(() => mutate(cancelVisit, { id, reason: null })) },
    })
  }
}

/** Any day's 10:00 in Shanghai: when a visit dropped on a whole day begins. */
const morning = '2026-01-01T02:00:00.000Z'

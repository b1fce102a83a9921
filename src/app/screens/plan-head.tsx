// The head of the calendar: which week or month, how to turn it, whose it is.
import { useCallback } from 'react'
import { addDays, mondayOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import { teamOf } from '#features/territories/territory.queries.ts'
import { useSaying } from '#web/clock.ts'
import { sayMonth, sayMonthDay } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { ViewSwitch } from '#web/ui/view-switch.tsx'
import css from './plan.module.css'
import { type Plan, planViews } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import type { PlanPlace } from './plan-place.ts'

export function PlanTitle({ place: { day, shown } }: { readonly place: PlanPlace }) {
  const t = useWords(planWords)
  const saying = useSaying()
  if (shown === 'month') return sayMonth(day, saying.language)
  const from = mondayOf(day)
  const until = addDays(from, 6)
  // In Chinese the month is not said twice: 11月23日 – 29日.
  const isOneMonth = saying.language === 'zh-CN' && from.slice(0, 7) === until.slice(0, 7)
  const last = isOneMonth ? `${Number(until.slice(8))}日` : sayMonthDay(until, saying)
  return t('range', { from: sayMonthDay(from, saying), until: last })
}

/** 完成 12 / 20 场 · 见了 11 位客户. */
export function useSummary({ progress: { done, planned, customerIds } }: Plan): string {
  const t = useWords(planWords)
  if (planned === 0) return t('summary_none')
  const seen = customerIds.size > 0 ? [t('reached', { count: customerIds.size })] : []
  return [t('summary', { done, planned }), ...seen].join(' · ')
}

export function PlanBar({ place }: { readonly place: PlanPlace }) {
  const t = useWords(planWords)
  const { today } = useSaying()
  const { lease } = useDevice()
  const unit = place.shown
  return (
    <div className={css.bar}>
      <div className={css.turn}>
        <IconButton icon="back" label={t(`earlier_${unit}`)} onClick={() => place.turn(-1)} />
        <Button disabled={place.day === today} onClick={() => place.go({ day: today })} small>
          {t('today')}
        </Button>
        <IconButton icon="forward" label={t(`later_${unit}`)} onClick={() => place.turn(1)} />
      </div>
      {lease.roles.includes('manager') && <Whose place={place} />}
      <div className={css.views}>
        <ViewSwitch
          label={t('view')}
          onChange={(shown) => place.go({ shown })}
          options={planViews.map((value) => ({ value, label: t(value) }))}
          value={unit}
        />
      </div>
    </div>
  )
}

/** A manager looks into the plans of his team, and plans for them. */
function Whose({ place }: { readonly place: PlanPlace }) {
  const t = useWords(planWords)
  const { today } = useSaying()
  const { lease } = useDevice()
  const { userId } = lease
  const team = useLive(useCallback((view: View) => teamOf(view, userId, today), [userId, today]))
  return (
    <select
      aria-label={t('whose')}
      className={css.whose}
      onChange={(event) => place.go({ ownerId: event.currentTarget.value })}
      value={place.ownerId}
    >
      <option value={userId}>{t('own')}</option>
      {team.map(({ member }) => (
        <option key={member.id} value={member.id}>
          {member.name}
        </option>
      ))}
    </select>
  )
}

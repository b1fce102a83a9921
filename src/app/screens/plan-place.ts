// Where the calendar stands: the day, the view and whose plan, kept in the address so that Back works.
import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { addDays, addMonths } from '#core/calendar.ts'
import { isDay } from '#core/check.ts'
import { useToday } from '#web/clock.ts'
import { useDevice } from '#web/live.tsx'
import type { PlanView } from './plan.queries.ts'

export interface PlanPlace {
  readonly day: string
  readonly shown: PlanView
  readonly ownerId: string
  /** For whom a visit is to be planned, when somebody comes from a customer; gone after the next `go`. */
  readonly customerId: string | null
  readonly go: (to: { readonly day?: string; readonly shown?: PlanView; readonly ownerId?: string }) => void
  /** A week or a month on (1) or back (-1). */
  readonly turn: (by: 1 | -1) => void
}

export function usePlanPlace(): PlanPlace {
  const today = useToday()
  const { lease } = useDevice()
  const [params, setParams] = useSearchParams()
  const asked = params.get('day')
  const day = isDay(asked) ? asked : today
  const shown: PlanView = params.get('view') === 'month' ? 'month' : 'week'
  const ownerId = params.get('who') ?? lease.userId
  const go = useCallback<PlanPlace['go']>(
    (to) => {
      const next = { day, shown, ownerId, ...to }
      const address = new URLSearchParams({ day: next.day })
      if (next.shown === 'month') address.set('view', next.shown)
      if (next.ownerId !== lease.userId) address.set('who', next.ownerId)
      setParams(address, { replace: true })
    },
    [day, shown, ownerId, lease.userId, setParams],
  )
  const turn = (by: 1 | -1) => go({ day: shown === 'week' ? addDays(day, 7 * by) : addMonths(day, by) })
  return { day, shown, ownerId, customerId: params.get('customer'), go, turn }
}

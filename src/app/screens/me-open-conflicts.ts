import { useCallback } from 'react'
import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import { conflict } from '#features/conflicts/conflict.entity.ts'
import { useDevice, useLive } from '#web/live.tsx'

type Conflict = RowOf<typeof conflict>

/** This member's conflicts that nobody has looked at, the newest first. */
export function useOpenConflicts(): readonly Conflict[] {
  const { lease } = useDevice()
  const memberId = lease.userId
  return useLive(useCallback((view: View) => openConflicts(view, memberId), [memberId]))
}

function openConflicts(view: View, memberId: string): readonly Conflict[] {
  return view
    .where(conflict, 'memberId', memberId)
    .filter(({ settledAt }) => settledAt === null)
    .sort((a, b) => (a.lostAt > b.lostAt ? -1 : 1))
}

// 休 and 班: days off and working days that differ from the week's own, as the State Council announces them.
// The calendar is loaded when the first screen with days asks for it.
import { useEffect, useSyncExternalStore } from 'react'
import type { Language } from '#core/words.ts'

export interface DayMark {
  /** `off`: a holiday or its bridge day. `work`: a Saturday or Sunday worked instead. */
  readonly kind: 'off' | 'work'
  readonly name: { readonly [L in Language]: string }
}

export type DayMarks = (day: string) => DayMark | null

/** Marks of days; none until the calendar has arrived. */
export function useDayMarks(): DayMarks {
  useEffect(load, [])
  return useSyncExternalStore(subscribe, () => marks)
}

/** A detail of the package reads `National Day,国庆节,3` on announced days and `Saturday` on others. */
export function markOf({ work, name }: { readonly work: boolean; readonly name: string }): DayMark | null {
  const [english, chinese] = name.split(',')
  if (english === undefined || chinese === undefined) return null
  return { kind: work ? 'work' : 'off', name: { 'zh-CN': chinese, en: english } }
}

let marks: DayMarks = () => null
let isAsked = false
const listeners = new Set<() => void>()

function load(): void {
  if (isAsked) return
  isAsked = true
  import('chinese-days').then(
    ({ getDayDetail }) => {
      marks = (day) => markOf(getDayDetail(day))
      for (const listener of listeners) listener()
    },
    () => {
      // Not reachable at the moment; the next screen asks again.
      isAsked = false
    },
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

import { useCallback, useSyncExternalStore } from 'react'
import { dayOf } from '#core/calendar.ts'
import type { Saying } from './dates.ts'
import { useLanguage } from './language.tsx'

/** The Shanghai day of the moment; the screen turns over at midnight and when the phone wakes up. */
export function useToday(): string {
  return useSyncExternalStore(onMinute, () => dayOf(new Date().toISOString()))
}

/** The present minute as an instant, drawn again every minute. */
export function useMinute(): string {
  const read = useCallback(() => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString(), [])
  return useSyncExternalStore(onMinute, read)
}

/** What `dates.ts` needs to say a date: today and the language. */
export function useSaying(): Saying {
  const { language } = useLanguage()
  const today = useToday()
  return { today, language }
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for all who show a date: a screen may show hundreds. */
function onMinute(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(tell, 15_000)
    document.addEventListener('visibilitychange', tell)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tell)
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}

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

function onMinute(listener: () => void): () => void {
  const timer = setInterval(listener, 15_000)
  document.addEventListener('visibilitychange', listener)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', listener)
  }
}

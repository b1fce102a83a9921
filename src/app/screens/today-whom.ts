import { useWords } from '#web/language.tsx'
import type { Whom } from './today.queries.ts'
import { todayWords } from './today.words.ts'

/** 李明华 · 协和医院 心内科, in one line. */
export function useWhomText(): (whom: Whom | null) => string {
  const t = useWords(todayWords)
  return (whom) =>
    whom === null ? t('today.customer_gone') : [whom.name, placeText(whom)].filter(Boolean).join(' · ')
}

/** 协和医院 心内科; empty where neither is known. */
export function placeText({ institution, department }: Whom): string {
  return [institution, department].filter((part) => part !== null).join(' ')
}

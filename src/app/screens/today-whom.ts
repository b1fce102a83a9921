import { useWords } from '#web/language.tsx'
import type { Whom } from './today.queries.ts'
import { todayWords } from './today.words.ts'

/** 李明华 · 心内科 · 协和医院, in one line that may be cut at its end. */
export function useWhomText(): (whom: Whom | null) => string {
  const t = useWords(todayWords)
  return (whom) =>
    whom === null ? t('today.customer_gone') : [whom.name, placeText(whom)].filter(Boolean).join(' · ')
}

/** 心内科 · 协和医院; empty where neither is known. */
export function placeText({ institution, department }: Whom): string {
  return [department, institution].filter((part) => part !== null).join(' · ')
}

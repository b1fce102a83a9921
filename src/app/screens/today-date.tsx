// The day, said large: 11月24日 周二, and in Chinese the day of the lunar calendar.
import { useSaying } from '#web/clock.ts'
import { exactDay, lunarDay, sayMonthDay, sayWeekday } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import css from './today.module.css'
import { todayWords } from './today.words.ts'

export function DateHeading() {
  const t = useWords(todayWords)
  const saying = useSaying()
  const { today, language } = saying
  const lunar = language === 'zh-CN' ? lunarDay(today) : null
  return (
    <time className={css.date} dateTime={today} title={exactDay(today, language)}>
      {sayMonthDay(today, saying)}
      <span className={css.weekday}>
        {sayWeekday(today, language)}
        {lunar !== null && <span className={css.lunar}>{t('today.lunar', { day: lunar })}</span>}
      </span>
    </time>
  )
}

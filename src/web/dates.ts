// Dates as people say them. Pure: `today` is the Shanghai day (`YYYY-MM-DD`), moments are ISO instants.
import { dayOf, daysBetween, mondayOf, timeOf, weekdayOf } from '#core/calendar.ts'
import { fill, type Language, type WordParams } from '#core/words.ts'
import { dateWords } from './dates.words.ts'

export interface Saying {
  readonly today: string
  readonly language: Language
}

/** 今天, 昨天, 周三, 下周三, 11月23日, 2025年11月23日. */
export function sayDay(day: string, { today, language }: Saying): string {
  const near = nearWords[String(daysBetween(today, day))]
  if (near !== undefined) return say(near, language)
  const weeks = daysBetween(mondayOf(today), mondayOf(day)) / 7
  const week = weekWords[String(weeks)]
  if (week !== undefined) return say(week, language, { weekday: sayWeekday(day, language) })
  return sayMonthDay(day, { today, language })
}

/** 11月23日, with the year where it is not this year's. */
export function sayMonthDay(day: string, { today, language }: Saying): string {
  const key = day.slice(0, 4) === today.slice(0, 4) ? 'this_year' : 'other_year'
  return say(key, language, parts(day, language))
}

/** 今天 15:00. */
export function sayMoment(instant: string, { today, language }: Saying): string {
  const day = sayDay(dayOf(instant), { today, language })
  return say('moment', language, { day, time: timeOf(instant) })
}

/** 今天 15:00–15:10. */
export function sayRange(startsAt: string, minutes: number, { today, language }: Saying): string {
  const end = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString()
  const day = sayDay(dayOf(startsAt), { today, language })
  return say('range', language, { day, from: timeOf(startsAt), until: timeOf(end) })
}

/** When a promise is due: 尽快, 逾期 2 天, 今天到期, 周三前. */
export function sayDue(dueOn: string | null, { today, language }: Saying): string {
  if (dueOn === null) return say('as_soon_as_possible', language)
  const late = daysBetween(dueOn, today)
  if (late === 1) return say('overdue_one', language)
  if (late > 1) return say('overdue', language, { days: late })
  if (late === 0) return say('due_today', language)
  if (language === 'en' && late === -2) return say('due_by', language, { day: sayWeekday(dueOn, language) })
  const day = sayDay(dueOn, { today, language })
  return say('due_by', language, { day: language === 'en' ? lowerFirst(day) : day })
}

/** For things that happen on the side, such as the last exchange: 刚刚, 5 分钟前, 今天 15:00. */
export function sayRecent(instant: string, now: string, language: Language): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000)
  if (minutes < 1) return say('now', language)
  if (minutes < 60) return say('minutes_ago', language, { count: minutes })
  return sayMoment(instant, { today: dayOf(now), language })
}

/** How long ago a day was: 今天, 昨天, 12 天前. */
export function sayDaysAgo(day: string, { today, language }: Saying): string {
  const days = daysBetween(day, today)
  return days >= 0 && days < 2 ? sayDay(day, { today, language }) : say('days_ago', language, { count: days })
}

/** The whole date, for titles: 2026年11月23日 周一. */
export function exactDay(day: string, language: Language): string {
  return say('exact', language, { ...parts(day, language), weekday: sayWeekday(day, language) })
}

/** The whole moment, for titles. */
export function exactMoment(instant: string, language: Language): string {
  return say('moment', language, { day: exactDay(dayOf(instant), language), time: timeOf(instant) })
}

export function sayWeekday(day: string, language: Language): string {
  return say(`weekday.${weekdayOf(day)}`, language)
}

/** 2026年11月. */
export function sayMonth(day: string, language: Language): string {
  return say('year_month', language, parts(day, language))
}

/** The day of the Chinese calendar in words, 十月十五, as on a desk calendar; null where it cannot be known. */
export function lunarDay(day: string): string | null {
  const formatted = lunarFormat.formatToParts(new Date(`${day}T04:00:00Z`))
  const month = formatted.find(({ type }) => type === 'month')?.value
  const ordinal = Number(formatted.find(({ type }) => type === 'day')?.value)
  const name = lunarDayNames[ordinal - 1]
  return month === undefined || name === undefined || !month.endsWith('月') ? null : `${month}${name}`
}

const nearWords: { readonly [days: string]: DateKey } = {
  '-2': 'before_yesterday',
  '-1': 'yesterday',
  '0': 'today',
  '1': 'tomorrow',
  '2': 'after_tomorrow',
}

const weekWords: { readonly [weeks: string]: DateKey } = {
  '-1': 'last_week',
  '0': 'this_week',
  '1': 'next_week',
}

const lunarFormat = new Intl.DateTimeFormat('zh-CN-u-ca-chinese', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
})

const figures = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const lunarDayNames = [
  ...figures.map((figure) => `初${figure}`),
  ...figures.map((figure) => (figure === '十' ? '二十' : `十${figure}`)),
  ...figures.map((figure) => (figure === '十' ? '三十' : `廿${figure}`)),
]

type DateKey = keyof typeof dateWords

function say(key: string, language: Language, params?: WordParams): string {
  // Weekday and month keys are composed from checked numbers; all others are literals of DateKey.
  return fill(dateWords[key as DateKey][language], params)
}

function parts(day: string, language: Language) {
  const [year = 0, month = 0, ordinal = 0] = day.split('-').map(Number)
  return { year, month, day: ordinal, monthName: say(`month.${month}`, language) }
}

function lowerFirst(day: string): string {
  return /^(Today|Tomorrow|Yesterday|In|Next|Last)\b/.test(day)
    ? day.charAt(0).toLowerCase() + day.slice(1)
    : day
}

import { addDays, mondayOf } from '#core/calendar.ts'

/** Days on which a promise is usually due, the nearest first, each day once: 今天, 明天, 本周五, 下周三, 一周内. */
export function usualDueDays(today: string): readonly string[] {
  const monday = mondayOf(today)
  const days = [today, addDays(today, 1), addDays(monday, 4), addDays(monday, 9), addDays(today, 7)]
  return [...new Set(days.filter((day) => day >= today))].sort()
}

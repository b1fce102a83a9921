import { isDay } from '#core/check.ts'
import { chineseNumber, figuresToArabic } from './chinese-number.rules.ts'
import { type Parsed, parsed, unreadable } from './import-problem.rules.ts'
import { isNothing, tidyText } from './import-text.rules.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A day as people write it, as `YYYY-MM-DD`: 2024-3-5, 2024/3/5, 2024.3.5, 2024年3月5日, 二〇二四年三月五日,
 * 20240305, 5 Mar 2024, a spreadsheet's day number (45356). A time behind it is dropped. What can be read
 * in two ways (3/5/2024, 24-3-5) is an error, not a guess.
 */
export function parseDay(cell: string): Parsed<string> {
  const text = tidyText(cell)
  if (isNothing(text)) return parsed<string>(null)
  const day = dayOf(text)
  if (day !== null && isDay(day)) return parsed(day)
  const code = isAmbiguous(text) ? 'import.date_ambiguous' : 'import.date_unreadable'
  return unreadable(code, { found: text.slice(0, 40) })
}

function dayOf(text: string): string | null {
  const plain = text.replace(/[T\s]+\d{1,2}(?:[:时点]\d{1,2}){1,2}.*$/, '').trim()
  const chinese =
    /^([〇○零一二三四五六七八九\d]{4})年([十\d一二三四五六七八九]+)月([十\d一二三四五六七八九]+)[日号]$/.exec(
      plain,
    )
  if (chinese !== null)
    return joined(figuresToArabic(chinese[1] ?? ''), inFigures(chinese[2]), inFigures(chinese[3]))
  const western =
    /^(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})$/.exec(plain) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(plain)
  if (western !== null) return joined(western[1], western[3], western[4])
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(plain)
  if (serial !== null) return daySerial(Number(serial[1]))
  return englishDay(plain)
}

function inFigures(text: string | undefined): string {
  return String(chineseNumber(text ?? '') ?? '')
}

function joined(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Days since 1899-12-30, as spreadsheets count; only those of 1954 to 2064, others are more likely a code. */
function daySerial(serial: number): string | null {
  if (serial < 20_000 || serial > 60_000) return null
  return new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10)
}

function englishDay(text: string): string | null {
  const dayFirst = /^(\d{1,2})[-\s]([a-z]{3})[a-z]*\.?[-,\s]+(\d{4})$/i.exec(text)
  const monthFirst = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$/i.exec(text)
  const [day, name, year] = dayFirst?.slice(1) ?? [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  const month = months.indexOf(name?.toLowerCase() ?? '') + 1
  return month === 0 ? null : joined(year, String(month), day)
}

function isAmbiguous(text: string): boolean {
  return /^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(text)
}

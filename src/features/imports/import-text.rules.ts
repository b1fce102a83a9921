import { type Parsed, parsed, unreadable } from './import-problem.rules.ts'

/**
 * The text of a cell in one spelling: full-width letters and figures narrow (NFKC), without the invisible
 * characters that come along when people copy from web pages (U+200B, U+202D, U+FEFF), white space single.
 */
export function tidyText(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const han = /\p{Script=Han}/u

/** The same for names, where Chinese stands without spaces and its brackets are full width. */
export function tidyName(cell: string): string {
  const text = tidyText(cell).replace(/(?<=[\p{Script=Han}()]) (?=[\p{Script=Han}()])/gu, '')
  return han.test(text) ? text.replaceAll('(', '（').replaceAll(')', '）') : text
}

/** How people write that there is nothing. */
export function isNothing(text: string): boolean {
  return /^(?:[-—–/\\*.]+|无|暂无|没有|空|不详|未知|n\/?a|null|none|nil|#n\/a)?$/i.test(text)
}

/** A text of at most `max` characters. Text that a spreadsheet would run as a formula is nobody's name. */
export function parseText(
  cell: string,
  max: number,
  tidy: (cell: string) => string = tidyText,
): Parsed<string> {
  const text = tidy(cell)
  if (isNothing(text)) return parsed<string>(null)
  if (/^[=@]/.test(text)) return unreadable('import.formula_in_text', { found: text.slice(0, 40) })
  if (text.includes('\ufffd')) return unreadable('import.broken_characters', { found: text.slice(0, 40) })
  if (text.length > max) return unreadable('import.text_too_long', { limit: max, found: text.length })
  return parsed(text)
}

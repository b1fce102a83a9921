import iconv from 'iconv-lite'
import Papa from 'papaparse'
import { Refused } from '#core/refused.ts'
import type { SpreadsheetLimits, Tally } from './spreadsheet-limits.ts'
import type { SheetRow } from './spreadsheet-sheet.ts'
import type { Warnings } from './spreadsheet-warnings.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

interface TextContext {
  readonly name: string
  readonly limits: SpreadsheetLimits
  readonly tally: Tally
  readonly warnings: Warnings
}

/** The rows of a CSV or TSV text: comma, semicolon or tab, whichever parts it best. */
export function readDelimited(text: string, context: TextContext): readonly SheetRow[] {
  const announced = /^sep=([,;\t|])\r?\n/.exec(text)
  const body = announced === null ? text : text.slice(announced[0].length)
  const delimiter = announced?.[1] ?? guessDelimiter(body)
  refuseEndlessLines(body, delimiter, context)
  const rows: SheetRow[] = []
  let line = announced === null ? 0 : 1
  Papa.parse<string[]>(body, {
    delimiter,
    step: ({ data, errors }) => {
      line += 1
      if (errors.some(({ type }) => type === 'Quotes')) {
        context.warnings.add('import.stray_quote', { sheet: context.name, line, column: 0 })
      }
      const cells = keepRow(data, line, context)
      if (cells.length > 0) rows.push({ line, cells })
    },
  })
  return rows
}

function keepRow(data: readonly string[], line: number, { name, tally, warnings }: TextContext): string[] {
  const place = { sheet: name, line }
  const cells = data.map((raw, column) => {
    const text = cellText(raw)
    if (text !== '') tally.cell(text, column, place)
    if (isFormula(text)) warnings.add('import.formula_text', { ...place, column })
    return text
  })
  while (cells.at(-1) === '') cells.pop()
  if (cells.length > 0) {
    tally.row(place)
    tally.cells(cells.length, place)
  }
  return cells
}

/** Two tricks of exporting programs are undone: `="00420"` keeps zeros, `'=…` keeps a formula from running. */
function cellText(raw: string): string {
  const text = raw.replace(/\r\n?/g, '\n')
  if (!/\S/.test(text)) return ''
  const kept = /^="([^"]*)"$/.exec(text)
  if (kept !== null) return kept[1] ?? ''
  return /^'[=+\-@＝＋－＠\t]/.test(text) ? text.slice(1) : text
}

function isFormula(text: string): boolean {
  return /^[=@＝＠]/.test(text) || /^[+\-＋－].*[(!|]/.test(text)
}

/** The delimiter that cuts most of the first lines into the same number of cells, more than one. */
function guessDelimiter(text: string): string {
  const start = text.slice(0, 65_536)
  const scores = [',', '\t', ';'].map((delimiter) => {
    const { data } = Papa.parse<string[]>(start, { delimiter, preview: 30 })
    const widths = data.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length)
    const widest = Math.max(0, ...widths)
    const agreeing = widths.filter((width) => width === widest && width > 1).length
    return { delimiter, score: agreeing * 1_000 + Math.min(widest, 999) }
  })
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 1_000 ? best.delimiter : ','
}

/** A line of a million delimiters would be a million cells in memory before its row can be judged. */
function refuseEndlessLines(text: string, delimiter: string, { limits, name }: TextContext): void {
  const most = limits.maxColumns * 50
  const code = delimiter.charCodeAt(0)
  let found = 0
  let line = 1
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === 10 || character === 13) {
      found = 0
      line += 1
    } else if (character === code) found += 1
    if (found > most) {
      throw new Refused('import.too_many_columns', { limit: limits.maxColumns, found, sheet: name, line })
    }
  }
}

/**
 * The text of a file and its encoding. A byte order mark decides; without one it is UTF-8 if it is valid
 * UTF-8, or nearly (a file cut off in the middle of a character, one broken byte), else GB18030, which
 * contains GBK and GB 2312 and is what Chinese Excel writes.
 *
 * @throws Refused `import.unknown_encoding` when it is neither
 */
export function decodeText(
  bytes: Buffer,
  warnings: Warnings,
): { readonly text: string; readonly encoding: TextEncoding } {
  const marked = markedEncoding(bytes)
  if (marked !== null) return decoded(iconv.decode(bytes, marked), marked, warnings)
  const utf8 = bytes.toString('utf8')
  const { lost, beyondAscii } = countCharacters(utf8)
  if (lost === 0) return { text: utf8, encoding: 'utf-8' }
  // Read as UTF-8, GBK is broken at almost every Chinese character; a damaged UTF-8 file hardly anywhere.
  if (isFew(lost, beyondAscii)) return decoded(utf8, 'utf-8', warnings)
  return decoded(iconv.decode(bytes, 'gb18030'), 'gb18030', warnings)
}

function decoded(text: string, encoding: TextEncoding, warnings: Warnings) {
  const { lost, beyondAscii } = countCharacters(text)
  if (lost > 1 && !isFew(lost, beyondAscii)) throw new Refused('import.unknown_encoding')
  for (let each = 0; each < lost; each += 1) warnings.add('import.undecodable_characters')
  return { text, encoding }
}

/** Under one in fifty. */
function isFew(lost: number, beyondAscii: number): boolean {
  return lost * 50 < beyondAscii
}

function countCharacters(text: string): { readonly lost: number; readonly beyondAscii: number } {
  let lost = 0
  let beyondAscii = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) beyondAscii += 1
    if (code === 0xfffd) lost += 1
  }
  return { lost, beyondAscii }
}

function markedEncoding(bytes: Buffer): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

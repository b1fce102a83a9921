import { headerKey, matchColumns, refusedColumns } from './column-matching.rules.ts'
import type { ImportField } from './import-target.rules.ts'

/** A row of a file: its line in the spreadsheet program, from 1, and its cells as text. */
export interface SourceRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface HeaderFound {
  readonly line: number
  /** Where the header stands among the rows given; data begin behind it. */
  readonly index: number
  /** One a column. A header over two rows has its parts joined where the lower is empty. */
  readonly headers: readonly string[]
}

/** A title, a date, a note of the issuing office: no file has more lines above its header. */
const linesAbove = 30

/**
 * The header row of a messy sheet: the row among the first thirty in which most columns are known by name.
 * Title lines above it, also merged over the whole width, are passed over; of a header that is printed
 * several times it is the first.
 */
export function findHeader(rows: readonly SourceRow[], fields: readonly ImportField[]): HeaderFound | null {
  let best: { readonly found: HeaderFound; readonly score: number } | null = null
  for (const [index, row] of rows.slice(0, linesAbove).entries()) {
    const headers = withUpperHeader(row.cells, rows[index - 1]?.cells ?? [])
    const score = headerScore(row.cells, headers, fields)
    if (score > (best?.score ?? 0)) best = { found: { line: row.line, index, headers }, score }
  }
  return best?.found ?? null
}

/** How many columns are named, with the header above; 0 when the row by itself is more likely data. */
function headerScore(
  own: readonly string[],
  headers: readonly string[],
  fields: readonly ImportField[],
): number {
  const filled = own.filter((cell) => cell.trim() !== '')
  if (new Set(filled).size < Math.min(2, fields.length)) return 0
  const known = knownColumns(own, fields)
  // A hospital called 医院 may pass for a header, a row of data does not.
  if (known * 5 < filled.length || (known < 2 && filled.length > 3)) return 0
  return knownColumns(headers, fields)
}

function knownColumns(cells: readonly string[], fields: readonly ImportField[]): number {
  return (
    matchColumns(cells, fields).columns.filter(({ field }) => field !== null).length +
    refusedColumns(cells).length
  )
}

/** A header cell merged over two rows is often saved in the upper one only. */
function withUpperHeader(cells: readonly string[], above: readonly string[]): readonly string[] {
  const isTitle = new Set(above.filter((cell) => cell.trim() !== '')).size < 2
  const width = isTitle ? cells.length : Math.max(cells.length, above.length)
  return Array.from({ length: width }, (_, column) => {
    const own = cells[column] ?? ''
    return own.trim() === '' && !isTitle ? (above[column] ?? '') : own
  })
}

/** A header printed again in the middle of the data, as at the top of each page. */
export function isRepeatedHeader(cells: readonly string[], headers: readonly string[]): boolean {
  const filled = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [{ cell, column }]))
  const same = filled.filter(({ cell, column }) => headerKey(cell) === headerKey(headers[column] ?? ''))
  return same.length >= 2 && same.length >= filled.length * 0.6
}

/** Lines that speak about the list: 合计 724 家, 注：…, 第 1 页，共 74 页. All cells the same is a merged line. */
export function isRemark(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const [first = ''] = filled
  if (new Set(filled).size > 1 && !/^\s*(?:合\s*计|总\s*计|小\s*计|共\s*计)/.test(first)) return false
  return (
    (filled.length > 2 && new Set(filled).size === 1) ||
    /^\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|注\s*[:：]|备注\s*[:：]|说明\s*[:：]|填表|制表|审核人|第\s*\d+\s*页|page \d+)/i.test(
      first,
    )
  )
}

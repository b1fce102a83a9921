import type { Tally } from './spreadsheet-limits.ts'
import type { SheetRow } from './spreadsheet-sheet.ts'

/** Columns from 0, lines from 1, ends included. */
export interface CellRange {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const reference = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/

/** `B2:C4`, or one cell `B2`. Null when it is no reference. */
export function rangeOf(ref: string): CellRange | null {
  const match = reference.exec(ref)
  if (match === null) return null
  const [, left = '', top = '', right = left, bottom = top] = match
  return { left: columnNumber(left), top: Number(top), right: columnNumber(right), bottom: Number(bottom) }
}

/**
 * Writes the value of each merged range into all its cells, as its reader means it: a group's name down its
 * rows, a header's over its columns. Rows without content of their own stay away: a title over three lines
 * is not three titles.
 */
export function repeatMerged(
  rows: readonly SheetRow[],
  merges: readonly CellRange[],
  { sheet, tally }: { readonly sheet: string; readonly tally: Tally },
): void {
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  for (const merge of merges) {
    const first = firstRowFrom(rows, merge.top)
    const value = rows[first]?.line === merge.top ? (rows[first]?.cells[merge.left] ?? '') : ''
    if (value === '') continue
    const right = Math.min(merge.right, width - 1)
    for (let at = first; at < rows.length; at += 1) {
      const row = rows[at]
      if (row === undefined || row.line > merge.bottom) break
      // Counted although nothing new is kept: overlapping ranges must not cost time without end.
      tally.cells(right - merge.left + 1, { sheet, line: row.line })
      fillRow(row.cells, merge.left, right, value)
    }
  }
}

function fillRow(cells: string[], left: number, right: number, value: string): void {
  while (cells.length <= right) cells.push('')
  for (let column = left; column <= right; column += 1) {
    if (cells[column] === '') cells[column] = value
  }
}

/** The position of the first row at this line or below; rows are in the order of their lines. */
function firstRowFrom(rows: readonly SheetRow[], line: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.line ?? 0) < line) low = middle + 1
    else high = middle
  }
  return low
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

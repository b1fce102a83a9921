import { Refused } from '#core/refused.ts'

/** How much of a stranger's file is read before it is refused. Memory and time follow from these figures. */
export interface SpreadsheetLimits {
  /** Bytes of the file as it was handed in. */
  readonly maxBytes: number
  /** Rows with content, all sheets together. */
  readonly maxRows: number
  readonly maxColumns: number
  /** Cells of all rows together, gaps between filled cells included: they occupy memory as well. */
  readonly maxCells: number
  /** Characters of one cell; Excel's own limit. */
  readonly maxCellChars: number
  /** Bytes of all parts of a zipped workbook, unpacked. */
  readonly maxUnzippedBytes: number
}

export const spreadsheetLimits: SpreadsheetLimits = {
  maxBytes: 50_000_000,
  maxRows: 200_000,
  maxColumns: 200,
  maxCells: 4_000_000,
  maxCellChars: 32_767,
  maxUnzippedBytes: 256_000_000,
}

/** Where in a file something is; `line` as the spreadsheet program counts, from 1. */
export interface Place {
  readonly sheet: string
  readonly line: number
}

/** Counts what has been read of one file and refuses the first thing over a limit. */
export interface Tally {
  row(place: Place): void
  cells(count: number, place: Place): void
  /** @param column counted from 0 */
  cell(text: string, column: number, place: Place): void
}

/**
 * @throws Refused (from its functions) `import.too_many_rows`, `import.too_many_cells`,
 * `import.too_many_columns` or `import.cell_too_long`, with the limit and the place.
 */
export function tallyOf(limits: SpreadsheetLimits): Tally {
  let rows = 0
  let cells = 0
  return {
    row: ({ sheet }) => {
      rows += 1
      if (rows > limits.maxRows) throw new Refused('import.too_many_rows', { limit: limits.maxRows, sheet })
    },
    cells: (count, { sheet }) => {
      cells += count
      if (cells > limits.maxCells)
        throw new Refused('import.too_many_cells', { limit: limits.maxCells, sheet })
    },
    cell: (text, column, place) => {
      if (column >= limits.maxColumns) {
        throw new Refused('import.too_many_columns', {
          limit: limits.maxColumns,
          found: column + 1,
          ...place,
        })
      }
      if (text.length > limits.maxCellChars) {
        const cell = cellName(column, place.line)
        throw new Refused('import.cell_too_long', {
          limit: limits.maxCellChars,
          found: text.length,
          cell,
          ...place,
        })
      }
    },
  }
}

/** `(0, 3)` → `A3`, `(26, 1)` → `AA1`. */
export function cellName(column: number, line: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return `${letters}${line}`
}

import { cellName, type Place } from './spreadsheet-limits.ts'

/** Something in a file that was read all the same, and that its owner should look at. Told once, with a count. */
export interface SpreadsheetWarning {
  readonly code: SpreadsheetWarningCode
  readonly count: number
  /** The first place, where there is one: `{ sheet: '医院', cell: 'B7' }`. */
  readonly sheet: string | null
  readonly cell: string | null
}

type SpreadsheetWarningCode =
  /** The file carries macros; they are not read, let alone run. */
  | 'import.macros_ignored'
  /** A formula's last result was taken; the formula itself was not read. */
  | 'import.formula_value_taken'
  /** A formula without a saved result: the cell is empty. */
  | 'import.formula_without_value'
  /** A cell showing #N/A, #REF! or the like: the cell is empty. */
  | 'import.error_cell'
  /** A number of more digits than Excel keeps (15): its last digits are lost in the file already. */
  | 'import.digits_lost'
  /** Text that looks like a formula. It stays text. */
  | 'import.formula_text'
  /** Bytes that mean nothing in the file's encoding; � stands for them. */
  | 'import.undecodable_characters'
  /** A quotation mark was opened and closed in the wrong place; the cell was read as well as possible. */
  | 'import.stray_quote'

export interface Warnings {
  add(code: SpreadsheetWarningCode, place?: Place & { readonly column: number }): void
  list(): readonly SpreadsheetWarning[]
}

export function warningsOf(): Warnings {
  const found = new Map<SpreadsheetWarningCode, SpreadsheetWarning>()
  return {
    add: (code, place) => {
      const before = found.get(code)
      const first = before ?? {
        code,
        sheet: place?.sheet ?? null,
        cell: place === undefined ? null : cellName(place.column, place.line),
      }
      found.set(code, { ...first, count: (before?.count ?? 0) + 1 })
    },
    list: () => [...found.values()],
  }
}

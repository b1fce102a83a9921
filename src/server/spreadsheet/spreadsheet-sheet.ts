import { Refused } from '#core/refused.ts'
import type { Place, Tally } from './spreadsheet-limits.ts'
import { type CellRange, rangeOf, repeatMerged } from './spreadsheet-merge.ts'
import { hasLostDigits, type NumberShape, numberText } from './spreadsheet-number.ts'
import type { Warnings } from './spreadsheet-warnings.ts'
import { richText, type Workbook } from './spreadsheet-workbook.ts'
import { readXml, type XmlAttributes } from './spreadsheet-xml.ts'

/** A row with content. `line` is its number in the spreadsheet program, from 1; missing cells are ''. */
export interface SheetRow {
  readonly line: number
  readonly cells: string[]
}

export interface SheetContext {
  readonly workbook: Workbook
  readonly tally: Tally
  readonly warnings: Warnings
}

interface SheetPart {
  readonly name: string
  readonly part: string
  readonly chunks: AsyncIterable<Uint8Array>
}

const lastLine = 1_048_576
const mostMerges = 100_000

/** The rows of one sheet, as it is unpacked: reading stops at the first limit that is passed. */
export async function readSheet(sheet: SheetPart, context: SheetContext): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = []
  const merges: CellRange[] = []
  const reader = rowReader(sheet.name, context, (row) => rows.push(row))
  await readXml(sheet.chunks, sheet.part, {
    open: (tag, attributes) => {
      if (tag === 'mergeCell') {
        const range = rangeOf(attributes.ref ?? '')
        if (range === null || merges.length >= mostMerges) throw damaged(sheet.part)
        merges.push(range)
      } else reader.open(tag, attributes)
    },
    text: reader.text,
    close: reader.close,
  })
  repeatMerged(rows, merges, { sheet: sheet.name, tally: context.tally })
  return rows
}

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: number
  hasFormula: boolean
  /** Null until the cell has a value: an empty string is one. */
  value: string | null
}

function rowReader(sheet: string, context: SheetContext, keep: (row: SheetRow) => void) {
  let line = 0
  let cells: string[] = []
  let cell: OpenCell | null = null
  let inValue = false
  let nextColumn = 0
  const inline = richText()

  const openRow = (attributes: XmlAttributes) => {
    const given = Number(attributes.r ?? line + 1)
    line = Number.isInteger(given) && given > line ? given : line + 1
    if (line > lastLine) throw damaged(sheet)
    cells = []
    nextColumn = 0
  }
  const closeRow = () => {
    if (cells.length === 0) return
    context.tally.row({ sheet, line })
    context.tally.cells(cells.length, { sheet, line })
    keep({ line, cells })
  }
  const openCell = (attributes: XmlAttributes) => {
    const column = columnOf(attributes.r) ?? nextColumn
    nextColumn = column + 1
    const style = Number(attributes.s ?? 0)
    cell = { column, type: attributes.t ?? 'n', style, hasFormula: false, value: null }
  }
  const closeCell = (closing: OpenCell) => {
    const place = { sheet, line, column: closing.column }
    const text = cellText(closing, place, context)
    cell = null
    if (text === '') return
    context.tally.cell(text, closing.column, place)
    while (cells.length < closing.column) cells.push('')
    cells[closing.column] = text
  }
  return {
    open: (tag: string, attributes: XmlAttributes) => {
      if (tag === 'row') openRow(attributes)
      else if (tag === 'c') openCell(attributes)
      else if (cell === null) return
      else if (tag === 'v') inValue = true
      else if (tag === 'f') cell.hasFormula = true
      else inline.open(tag)
    },
    text: (text: string) => {
      if (cell === null) return
      if (inValue) cell.value = (cell.value ?? '') + text
      else inline.text(text)
    },
    close: (tag: string) => {
      if (tag === 'row') closeRow()
      else if (cell === null) return
      else if (tag === 'c') closeCell(cell)
      else if (tag === 'v') inValue = false
      else if (tag === 'is') cell.value = inline.take()
      else inline.close(tag)
    },
  }
}

type CellPlace = Place & { readonly column: number }

function cellText(cell: OpenCell, place: CellPlace, context: SheetContext): string {
  const { warnings } = context
  if (cell.hasFormula) {
    const code = cell.value === null ? 'import.formula_without_value' : 'import.formula_value_taken'
    warnings.add(code, place)
  }
  if (cell.value === null) return ''
  switch (cell.type) {
    case 'e':
      warnings.add('import.error_cell', place)
      return ''
    case 's':
      return sharedString(cell.value, place.sheet, context.workbook)
    case 'b':
      return cell.value === '1' ? 'TRUE' : 'FALSE'
    case 'd':
      return cell.value.replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' ')
    case 'n':
      return numberCell(cell, cell.value, place, context)
    default:
      return tidy(cell.value)
  }
}

function sharedString(index: string, sheet: string, workbook: Workbook): string {
  const text = workbook.strings[Number(index)]
  if (text === undefined) throw damaged(sheet)
  return tidy(text)
}

const plainShape: NumberShape = { kind: 'plain' }

function numberCell(cell: OpenCell, value: string, place: CellPlace, context: SheetContext): string {
  const { workbook, warnings } = context
  const shape = workbook.shapes[cell.style] ?? plainShape
  const text = numberText(value, shape, workbook.from1904) ?? tidy(value)
  if (hasLostDigits(text)) warnings.add('import.digits_lost', place)
  return text
}

/** One kind of line end, and nothing but white space is nothing. */
function tidy(text: string): string {
  return /\S/.test(text) ? text.replace(/\r\n?/g, '\n') : ''
}

function columnOf(reference: string | undefined): number | null {
  const range = reference === undefined ? null : rangeOf(reference)
  return range === null ? null : range.left
}

function damaged(part: string): Refused {
  return new Refused('import.damaged', { part })
}

// Which sheet of a file is the list, which line is its header and what its columns are.
import { type ColumnMapping, matchColumns } from './column-matching.rules.ts'
import type { HeaderFound, SourceRow } from './header-row.rules.ts'
import type { ImportChoices } from './import-choices.rules.ts'
import { proposeSheet } from './import-rows.rules.ts'
import type { ImportTarget } from './import-target.rules.ts'
import type { ImportColumn, Remark } from './import-view.rules.ts'

export interface SourceSheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly SourceRow[]
}

export interface SheetFound {
  readonly sheet: number
  /** Of each sheet, whether it has the header of such a list. */
  readonly looksRight: readonly boolean[]
  readonly header: HeaderFound | null
  readonly columns: readonly ImportColumn[]
  readonly mapping: ColumnMapping
  readonly blocked: readonly Remark[]
}

const sampleCount = 3

/** As the choices say; what they do not say is taken from the sheet that looks most like such a list. */
export function findSheet(
  sheets: readonly SourceSheet[],
  target: ImportTarget,
  choices: ImportChoices,
): SheetFound {
  const proposals = sheets.map(({ rows }) => proposeSheet(rows, target))
  const worth = proposals.map((proposal, at) =>
    proposal === null || proposal.missing.length > 0 ? 0 : weight(sheets[at], proposal.columns),
  )
  const chosen = choices.sheet !== null && choices.sheet < sheets.length ? choices.sheet : null
  const best = worth.indexOf(Math.max(...worth))
  // Where none is such a list, the fullest is shown, so that a person may see why.
  const fullest = sheets.reduce(
    (most, { rows }, at) => (rows.length > (sheets[most]?.rows.length ?? 0) ? at : most),
    0,
  )
  const sheet = chosen ?? ((worth[best] ?? 0) > 0 ? best : fullest)
  const rows = sheets[sheet]?.rows ?? []
  const looksRight = worth.map((each) => each > 0)
  const header = headerAt(rows, choices.headerLine) ?? proposals[sheet]?.header ?? null
  if (header === null) {
    const blocked = [
      { code: 'import.not_a_list', details: { target: target.entity, found: firstTexts(rows) } },
    ]
    return { sheet, looksRight, header, columns: [], mapping: new Map(), blocked }
  }
  const columns = columnsOf(header, rows, { target, choices })
  const mapping = new Map<string, readonly number[]>()
  for (const { field, column } of columns) {
    if (field !== null) mapping.set(field, [...(mapping.get(field) ?? []), column])
  }
  return { sheet, looksRight, header, columns, mapping, blocked: blockedBy(columns, mapping, target) }
}

function weight(
  sheet: SourceSheet | undefined,
  columns: readonly { readonly field: string | null }[],
): number {
  const known = columns.filter(({ field }) => field !== null).length
  return sheet === undefined || sheet.hidden ? 1 : known * 1_000_000 + sheet.rows.length
}

function headerAt(rows: readonly SourceRow[], line: number | null): HeaderFound | null {
  const index = line === null ? -1 : rows.findIndex((row) => row.line === line)
  const row = rows[index]
  return row === undefined ? null : { line: row.line, index, headers: row.cells }
}

function columnsOf(
  header: HeaderFound,
  rows: readonly SourceRow[],
  { target, choices }: { readonly target: ImportTarget; readonly choices: ImportChoices },
): readonly ImportColumn[] {
  const below = rows.slice(header.index + 1, header.index + 51).map(({ cells }) => cells)
  const { columns, refused } = matchColumns(header.headers, target.fields, below)
  const known = new Set(target.fields.map(({ name }) => name))
  const said = new Map((choices.columns ?? []).map(({ column, field }) => [column, field]))
  return columns.map(({ column, header: text, ...proposed }) => {
    const forbidden = refused.find((each) => each.column === column)?.reason ?? null
    const field = said.get(column)
    const isSaid = field !== undefined && (field === null || known.has(field)) && forbidden === null
    const samples = below.map((cells) => cells[column] ?? '').filter((cell) => cell.trim() !== '')
    return {
      column,
      header: text,
      field: isSaid ? field : proposed.field,
      score: isSaid ? 1 : proposed.score,
      // Nothing of such a column goes any further, not even to the screen.
      samples: forbidden === null ? [...new Set(samples)].slice(0, sampleCount) : [],
      forbidden,
    }
  })
}

function blockedBy(
  columns: readonly ImportColumn[],
  mapping: ColumnMapping,
  target: ImportTarget,
): readonly Remark[] {
  const blocked: Remark[] = []
  const forbidden = columns.filter((each) => each.forbidden !== null)
  if (forbidden.length > 0) {
    const names = forbidden.map(({ header }) => header).join('、')
    blocked.push({ code: 'import.forbidden_column', details: { columns: names } })
  }
  const missing = target.fields.filter(({ required, name }) => required && !mapping.has(name))
  if (missing.length > 0) {
    const fields = missing.map(({ labels }) => labels['zh-CN']).join('、')
    const names = missing.map(({ name }) => name)
    blocked.push({ code: 'import.column_missing', details: { fields, names } })
  }
  return blocked
}

/** What stands in the first lines, for telling somebody what his file is instead. */
function firstTexts(rows: readonly SourceRow[]): string {
  const texts = rows.slice(0, 5).flatMap(({ cells }) => cells.map((cell) => cell.trim()))
  return [...new Set(texts.filter((text) => text !== '' && text.length <= 20))].slice(0, 6).join('、')
}

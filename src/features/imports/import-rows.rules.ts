import type { Json, JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import {
  type ColumnMapping,
  type MatchingProposal,
  mappingOf,
  matchColumns,
  refusedColumns,
} from './column-matching.rules.ts'
import {
  findHeader,
  type HeaderFound,
  isRemark,
  isRepeatedHeader,
  type SourceRow,
} from './header-row.rules.ts'
import type { ProblemSeverity, ValueProblem } from './import-problem.rules.ts'
import type { ImportContext, ImportField, ImportTarget } from './import-target.rules.ts'

/** A problem with its place, for the screen and for the file that goes back to the list's owner. */
export interface RowProblem {
  readonly line: number
  /** From 0; null when no single column is to blame. */
  readonly column: number | null
  readonly header: string
  readonly field: string
  /** The cell as it was handed in. */
  readonly found: string
  readonly code: string
  readonly severity: ProblemSeverity
  readonly params: JsonObject
}

export interface ImportRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly values: { readonly [field: string]: Json }
  readonly problems: readonly RowProblem[]
  readonly status: 'clean' | 'warning' | 'error'
}

/** A line that is no row of the list. It is shown, so that nothing goes missing without a word. */
interface PassedLine {
  readonly line: number
  readonly reason: 'above_header' | 'repeated_header' | 'remark'
}

export interface ImportReading {
  readonly rows: readonly ImportRow[]
  readonly passed: readonly PassedLine[]
}

export interface SheetProposal extends MatchingProposal {
  readonly header: HeaderFound
}

/** Finds the header of a sheet and proposes its columns. Null when no row looks like a header. */
export function proposeSheet(rows: readonly SourceRow[], target: ImportTarget): SheetProposal | null {
  const header = findHeader(rows, target.fields)
  if (header === null) return null
  const samples = rows.slice(header.index + 1, header.index + 51).map(({ cells }) => cells)
  return { header, ...matchColumns(header.headers, target.fields, samples) }
}

/** The mapping of a proposal as it stands, for imports that nobody looks at. */
export function acceptedMapping(proposal: SheetProposal): ColumnMapping {
  return mappingOf(proposal.columns)
}

/**
 * All rows below the header, each with its values and everything that is wrong with it.
 *
 * @throws Refused `import.forbidden_column` while such a column stands in the file, mapped or not;
 * `import.column_missing` when a required field has no column
 */
export function readRows(
  rows: readonly SourceRow[],
  {
    header,
    mapping,
    target,
    context,
  }: {
    readonly header: HeaderFound
    readonly mapping: ColumnMapping
    readonly target: ImportTarget
    readonly context: ImportContext
  },
): ImportReading {
  refuseColumns(header.headers, mapping, target)
  const read: ImportRow[] = []
  const above = rows.slice(0, header.index).map(({ line }) => ({ line, reason: 'above_header' as const }))
  const passed: PassedLine[] = [...above]
  for (const row of rows.slice(header.index + 1)) {
    if (isRepeatedHeader(row.cells, header.headers))
      passed.push({ line: row.line, reason: 'repeated_header' })
    else if (isRemark(row.cells)) passed.push({ line: row.line, reason: 'remark' })
    else read.push(readRow(row, header, { mapping, target, context }))
  }
  return { rows: read, passed }
}

function refuseColumns(headers: readonly string[], mapping: ColumnMapping, target: ImportTarget): void {
  const columns = refusedColumns(headers).map(({ header, reason }) => ({ header, reason }))
  if (columns.length > 0) throw new Refused('import.forbidden_column', { columns })
  const missing = target.fields.filter(({ name, required }) => required && !mapping.has(name))
  if (missing.length > 0)
    throw new Refused('import.column_missing', { fields: missing.map(({ name }) => name) })
}

interface RowReading {
  readonly mapping: ColumnMapping
  readonly target: ImportTarget
  readonly context: ImportContext
}

function readRow(row: SourceRow, header: HeaderFound, { mapping, target, context }: RowReading): ImportRow {
  const values: { [field: string]: Json } = {}
  const problems: RowProblem[] = []
  const note = (field: string, problem: ValueProblem) => {
    const columns = mapping.get(field) ?? []
    const [column = null] = columns
    const found = columns
      .map((each) => row.cells[each] ?? '')
      .filter(Boolean)
      .join(' ')
    const place = { line: row.line, column, header: column === null ? '' : (header.headers[column] ?? '') }
    problems.push({ ...place, field, found, ...problem })
  }
  for (const field of target.fields) {
    const parsed = readField(field, row, values, { mapping, target, context })
    values[field.name] = parsed.value
    for (const problem of parsed.problems) note(field.name, problem)
  }
  const completed = target.complete(values, context)
  for (const { field, ...problem } of completed.problems) note(field, problem)
  return { line: row.line, cells: row.cells, values: completed.values, problems, status: statusOf(problems) }
}

function readField(field: ImportField, row: SourceRow, values: ImportRow['values'], reading: RowReading) {
  const columns = reading.mapping.get(field.name)
  if (columns === undefined) return { value: null, problems: [] }
  const cells = columns.map((column) => row.cells[column] ?? '')
  const parsed = field.parse(cells, values, reading.context)
  if (!field.required || parsed.value !== null || parsed.problems.length > 0) return parsed
  const problem: ValueProblem = { code: 'import.value_missing', severity: 'error', params: {} }
  return { value: null, problems: [problem] }
}

function statusOf(problems: readonly RowProblem[]): ImportRow['status'] {
  if (problems.some(({ severity }) => severity === 'error')) return 'error'
  return problems.length > 0 ? 'warning' : 'clean'
}

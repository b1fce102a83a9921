// A row of a list on its way to a verdict.
import type { JsonObject } from '#core/json.ts'
import type { ProblemSeverity } from './import-problem.rules.ts'
import type { ImportRow, RowProblem } from './import-rows.rules.ts'
import type { PlannedRow, ShownFate, ShownProblem } from './import-view.rules.ts'

export interface JudgedRow {
  readonly row: ImportRow
  readonly problems: ShownProblem[]
  fate: ShownFate
  territoryId: string | null
  place: PlannedRow['place']
  /** `fill`: the row that is there already and what it lacks. */
  otherId: string | null
  fill: JsonObject
}

export function judged(row: ImportRow): JudgedRow {
  const problems = row.problems.map(({ field, found, code, severity, params }: RowProblem) => ({
    field,
    found,
    code,
    severity,
    params,
  }))
  const fate = row.status === 'error' ? 'refused' : 'create'
  return { row, problems, fate, territoryId: null, place: null, otherId: null, fill: {} }
}

/** Notes a problem; an error keeps the row out. */
export function note(
  judged: JudgedRow,
  problem: {
    readonly field: string
    readonly found: string
    readonly code: string
    readonly params: JsonObject
  },
  severity: ProblemSeverity = 'error',
): void {
  judged.problems.push({ ...problem, severity })
  if (severity === 'error' && judged.fate !== 'ask') judged.fate = 'refused'
}

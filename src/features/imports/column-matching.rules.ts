import { type ForbiddenReason, forbiddenReason } from './forbidden-column.rules.ts'
import type { ImportContext, ImportField } from './import-target.rules.ts'
import { tidyText } from './import-text.rules.ts'
import { bigramSimilarity } from './similarity.rules.ts'

/** What is proposed for one column of a file. A person may say otherwise. */
export interface ColumnProposal {
  /** From 0. */
  readonly column: number
  readonly header: string
  /** The field it goes to, or null when it stays out. */
  readonly field: string | null
  /** 0 to 1; 1 is the field's own label. */
  readonly score: number
}

/** A column that may not come in, with its reason; the file is refused until it is taken out. */
export interface RefusedColumn {
  readonly column: number
  readonly header: string
  readonly code: 'import.forbidden_column'
  readonly reason: ForbiddenReason
}

export interface MatchingProposal {
  readonly columns: readonly ColumnProposal[]
  readonly refused: readonly RefusedColumn[]
  /** Required fields that no column was found for. */
  readonly missing: readonly string[]
}

/** Field → its columns; several where cells are read together. */
export type ColumnMapping = ReadonlyMap<string, readonly number[]>

/** Below this a likeness is a coincidence. */
const leastScore = 0.72
/** Headers of codes and counters are not the thing itself: 区县代码 is no district. */
const codeHeader = /代码|编码|编号|序号|code|pinyin|拼音|\bno\b|\bid\b/i

/**
 * Proposes a field for each column, by header and, where there are rows, by whether their cells can be read
 * as that field. Every field gets its best column, and columns that complete it (医院等级 + 医院等次).
 *
 * @param samples some rows of data, which make the proposal surer
 */
export function matchColumns(
  headers: readonly string[],
  fields: readonly ImportField[],
  samples: readonly (readonly string[])[] = [],
): MatchingProposal {
  const refused = refusedColumns(headers)
  const barred = new Set(refused.map(({ column }) => column))
  const candidates = headers.flatMap((header, column) =>
    barred.has(column) ? [] : fields.flatMap((field) => candidatesOf(header, column, field, samples)),
  )
  const taken = new Map<number, Candidate>()
  const served = new Set<string>()
  // A column that completes a field waits until the field has a column of its own.
  for (const candidate of candidates.toSorted(byRankAndScore)) {
    const { column, field, isCompanion } = candidate
    if (taken.has(column) || (served.has(field) && !isCompanion)) continue
    taken.set(column, candidate)
    served.add(field)
  }
  const columns = headers.map((header, column) => {
    const found = taken.get(column)
    return { column, header, field: found?.field ?? null, score: found?.score ?? 0 }
  })
  const missing = fields.filter(({ required, name }) => required && !served.has(name)).map(({ name }) => name)
  return { columns, refused, missing }
}

/** The columns that may not come in, whatever else happens to the file. */
export function refusedColumns(headers: readonly string[]): readonly RefusedColumn[] {
  return headers.flatMap((header, column) => {
    const reason = forbiddenReason(header)
    return reason === null ? [] : [{ column, header, code: 'import.forbidden_column' as const, reason }]
  })
}

export function mappingOf(columns: readonly ColumnProposal[]): ColumnMapping {
  const mapping = new Map<string, readonly number[]>()
  for (const { field, column } of columns) {
    if (field !== null) mapping.set(field, [...(mapping.get(field) ?? []), column])
  }
  return mapping
}

interface Candidate {
  readonly column: number
  readonly field: string
  readonly score: number
  readonly isCompanion: boolean
}

function byRankAndScore(a: Candidate, b: Candidate): number {
  return Number(a.isCompanion) - Number(b.isCompanion) || b.score - a.score || a.column - b.column
}

function candidatesOf(
  header: string,
  column: number,
  field: ImportField,
  samples: readonly (readonly string[])[],
): readonly Candidate[] {
  const own = headerScore(header, [...Object.values(field.labels), ...field.synonyms])
  const companion = headerScore(header, field.companions)
  const trust = companion > own ? 1 : cellTrust(column, field, samples)
  const score = Math.max(own, companion) * trust
  if (score < leastScore) return []
  return [{ column, field: field.name, score, isCompanion: companion > own }]
}

/** 医院名称*（必填） is 医院名称: what it compares by. */
export function headerKey(header: string): string {
  return tidyText(header)
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
    .replace(/必填|选填|[\s*:_\-·/.、,]/g, '')
}

function headerScore(header: string, names: readonly string[]): number {
  const key = headerKey(header)
  if (key === '') return 0
  const scores = names.map((name, rank) => {
    const wanted = headerKey(name)
    // Of two fitting columns the one with the more telling header is taken: 中类 before 大类.
    if (key === wanted) return 1 - rank * 0.004
    if (codeHeader.test(header)) return 0
    if (wanted.length >= 2 && key.includes(wanted)) return 0.55 + 0.4 * (wanted.length / key.length)
    return 0.9 * bigramSimilarity(key, wanted)
  })
  return Math.max(0, ...scores)
}

const nowhere: ImportContext = { province: null, city: null }

/** Half, when most of the cells cannot be read as this field; else 1. */
function cellTrust(column: number, field: ImportField, samples: readonly (readonly string[])[]): number {
  const cells = samples.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '')
  if (cells.length < 5) return 1
  const wrong = cells.filter((cell) =>
    field.parse([cell], {}, nowhere).problems.some(({ severity }) => severity === 'error'),
  )
  return wrong.length > cells.length * 0.6 ? 0.5 : 1
}

// Looks at a list as a whole: what it is, what is wrong with it, what would become of each of its rows.
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import { customerTarget } from './customer-target.rules.ts'
import { type ImportChoices, mostImportRows } from './import-choices.rules.ts'
import type { Existing } from './import-existing.rules.ts'
import { type ImportReading, readRows } from './import-rows.rules.ts'
import { findSheet, type SheetFound, type SourceSheet } from './import-sheet.rules.ts'
import { type ImportTarget, textOf } from './import-target.rules.ts'
import type {
  Examined,
  FaultyRows,
  ImportCounts,
  ImportTargetName,
  ImportView,
  PlannedRow,
  Remark,
  ShownDuplicate,
  ShownPlace,
  ShownRow,
} from './import-view.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'
import { type JudgedRow, judged } from './judged-row.rules.ts'
import { ownFields, settleFates } from './row-fate.rules.ts'
import { newInstitutions, settlePlaces } from './row-place.rules.ts'
import { settleTerritories } from './row-territory.rules.ts'

/** A file as it was read. */
export interface SourceFile {
  readonly format: 'xlsx' | 'csv'
  readonly encoding: string | null
  readonly sheets: readonly SourceSheet[]
  readonly warnings: readonly Remark[]
}

const targets: { readonly [T in ImportTargetName]: ImportTarget } = {
  institution: institutionTarget,
  customer: customerTarget,
}

/** Rows, duplicates and names that are shown; the rest is counted. */
const mostShown = 200
const topLines = 12

/**
 * @throws Refused `import.too_many_rows` for more rows than one import takes
 */
export async function examine(
  file: SourceFile,
  name: ImportTargetName,
  { choices, existing }: { readonly choices: ImportChoices; readonly existing: Existing },
): Promise<Examined> {
  const target = targets[name]
  const found = findSheet(file.sheets, target, choices)
  const reading = readingOf(file, found, { target, choices })
  const rows = reading.rows.map(judged)
  const { duplicates, places } = await settle(rows, name, { choices, existing, found })
  const blocked = [...found.blocked]
  if (isTerritoryOpen(name, found, { choices, existing })) {
    blocked.push({ code: 'import.territory_needed', details: {} })
  }
  const context = contextOf(choices)
  const added = name === 'customer' ? newInstitutions(rows, context) : []
  const { header } = found
  const view: ImportView = {
    target: name,
    format: file.format,
    encoding: file.encoding,
    warnings: file.warnings,
    sheets: file.sheets.map((sheet, at) => ({
      name: sheet.name,
      rows: sheet.rows.length,
      looksRight: found.looksRight[at] ?? false,
    })),
    sheet: found.sheet,
    top: isForbidden(found) ? [] : topOf(file.sheets[found.sheet]),
    headerLine: header?.line ?? null,
    columns: found.columns,
    blocked,
    counts: { ...countsOf(rows, reading), newInstitutions: added.length },
    preview: previewOf(rows),
    duplicates: duplicates.slice(0, mostShown),
    places: places.slice(0, mostShown),
    territories: existing.territories.map(({ id, path }) => ({ id, path })),
    choices,
  }
  return {
    view,
    plan: rows.flatMap((row) => plannedOf(row, name) ?? []),
    faulty: faultyOf(rows, header?.headers ?? []),
    newInstitutions: added,
  }
}

/** Customers without a territory: neither by a column of the list nor said for all of it. */
function isTerritoryOpen(
  target: ImportTargetName,
  { header, mapping }: SheetFound,
  { choices, existing }: { readonly choices: ImportChoices; readonly existing: Existing },
): boolean {
  if (target !== 'customer' || header === null || mapping.has('territory')) return false
  return !existing.territories.some(({ id }) => id === choices.territoryId)
}

function contextOf({ province, city }: ImportChoices) {
  return { province, city }
}

function isForbidden({ columns }: SheetFound): boolean {
  return columns.some(({ forbidden }) => forbidden !== null)
}

function readingOf(
  file: SourceFile,
  { sheet, header, mapping, blocked }: SheetFound,
  { target, choices }: { readonly target: ImportTarget; readonly choices: ImportChoices },
): ImportReading {
  if (header === null || blocked.length > 0) return { rows: [], passed: [] }
  const rows = file.sheets[sheet]?.rows ?? []
  const count = rows.length - header.index - 1
  if (count > mostImportRows) {
    throw new Refused('import.list_too_long', { limit: mostImportRows, found: count })
  }
  return readRows(rows, { header, mapping, target, context: contextOf(choices) })
}

async function settle(
  rows: readonly JudgedRow[],
  target: ImportTargetName,
  {
    choices,
    existing,
    found,
  }: { readonly choices: ImportChoices; readonly existing: Existing; readonly found: SheetFound },
): Promise<{ readonly duplicates: readonly ShownDuplicate[]; readonly places: readonly ShownPlace[] }> {
  const isCustomers = target === 'customer'
  settleTerritories(rows, existing.territories, {
    chosen: choices.territoryId,
    isNeeded: isCustomers && found.mapping.has('territory'),
  })
  const { institutions } = existing
  const context = contextOf(choices)
  const places = isCustomers ? settlePlaces(rows, institutions, { choices, context }) : []
  const known = isCustomers ? await existing.customers(...soughtCustomers(rows)) : institutions
  const institutionNames = new Map(institutions.map(({ id, values }) => [id, textOf(values, 'name') ?? '']))
  return { duplicates: settleFates(rows, { target, choices, known, institutionNames }), places }
}

function soughtCustomers(rows: readonly JudgedRow[]): [readonly string[], readonly string[]] {
  const names = rows.flatMap(({ row }) => textOf(row.values, 'name') ?? [])
  const bare = names.map((name) => name.replace(/(?:医生|主任|教授|院长|老师|大夫)$/, ''))
  const mobiles = rows.flatMap(
    ({ row }) => textOf(row.values, 'phone')?.match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? [],
  )
  return [[...new Set([...names, ...bare])], [...new Set(mobiles)]]
}

function topOf(sheet: SourceSheet | undefined): ImportView['top'] {
  return (sheet?.rows ?? []).slice(0, topLines).map(({ line, cells }) => ({
    line,
    cells: cells.slice(0, 12).map((cell) => cell.slice(0, 40)),
  }))
}

function countsOf(
  rows: readonly JudgedRow[],
  { passed }: ImportReading,
): Omit<ImportCounts, 'newInstitutions'> {
  const of = (fate: JudgedRow['fate']) => rows.filter((row) => row.fate === fate).length
  const fine = rows.filter(({ fate }) => fate !== 'refused' && fate !== 'ask')
  const clean = fine.filter(({ problems }) => problems.length === 0).length
  return {
    rows: rows.length,
    clean,
    warning: fine.length - clean,
    noRow: passed.length,
    create: of('create'),
    fill: of('fill'),
    skip: of('skip'),
    ask: of('ask'),
    refused: of('refused'),
  }
}

function previewOf(rows: readonly JudgedRow[]): readonly ShownRow[] {
  const rank = ({ fate, problems }: JudgedRow) => (fate === 'refused' ? 0 : problems.length > 0 ? 1 : 2)
  return rows
    .toSorted((a, b) => rank(a) - rank(b) || a.row.line - b.row.line)
    .slice(0, mostShown)
    .map(({ row, fate, problems }) => ({ line: row.line, fate, values: row.values, problems }))
}

function plannedOf(judged: JudgedRow, target: ImportTargetName): PlannedRow | null {
  const { row, fate, territoryId, otherId, fill, place } = judged
  if (fate !== 'create' && fate !== 'fill') return null
  const own = Object.fromEntries(ownFields[target].map((field) => [field, row.values[field] ?? null]))
  const values: JsonObject = fate === 'create' ? own : fill
  return {
    line: row.line,
    fate,
    values,
    territoryId,
    otherId,
    place,
    department: textOf(row.values, 'department'),
  }
}

function faultyOf(rows: readonly JudgedRow[], headers: readonly string[]): FaultyRows {
  const faulty = rows.filter(({ fate }) => fate === 'refused' || fate === 'ask')
  return {
    headers,
    rows: faulty.map(({ row, problems }) => ({ line: row.line, cells: row.cells, problems })),
  }
}

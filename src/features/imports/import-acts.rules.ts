// The acts that bring in the rows of a list: the same mutations as by hand.
import type { JsonObject } from '#core/json.ts'
import type { ImportTargetName, PlannedRow } from './import-view.rules.ts'

export interface ImportAct {
  /** Of the list; null for what several rows need. */
  readonly line: number | null
  readonly name: string
  readonly args: JsonObject
  /** What was seen of the row that is changed. */
  readonly base: { readonly [row: string]: JsonObject }
}

interface Making {
  readonly newId: () => string
  readonly newInstitutions: readonly (JsonObject & { readonly name?: unknown })[]
  /** Departments that are there: `institution id, name` → id. */
  readonly departments: ReadonlyMap<string, string>
}

export function departmentKey(institutionId: string, name: string): string {
  return `${institutionId} ${name}`
}

/** In the order in which they are to be done: what a row points to comes before it. */
export function actsOf(
  target: ImportTargetName,
  plan: readonly PlannedRow[],
  { newId, newInstitutions, departments }: Making,
): readonly ImportAct[] {
  const institutions = new Map(newInstitutions.map(({ name }) => [String(name), newId()]))
  const before: ImportAct[] = newInstitutions.map((values) => ({
    line: null,
    name: 'institution.create',
    args: { ...values, id: institutions.get(String(values.name)) ?? newId() } as JsonObject,
    base: {},
  }))
  const known = new Map(departments)
  const departmentOf = (institutionId: string, name: string): string => {
    const key = departmentKey(institutionId, name)
    const id = known.get(key) ?? newId()
    if (!known.has(key)) {
      known.set(key, id)
      before.push({ line: null, name: 'department.add', args: { id, institutionId, name }, base: {} })
    }
    return id
  }
  const own = plan.map((row): ImportAct => {
    if (row.fate === 'fill') return fillAct(target, row)
    if (target === 'institution') return createAct(row, newId())
    const institutionId = row.place?.institutionId ?? institutions.get(row.place?.name ?? '') ?? null
    const departmentId =
      institutionId === null || row.department === null ? null : departmentOf(institutionId, row.department)
    const affiliation =
      institutionId === null ? null : { id: newId(), institutionId, departmentId, position: null }
    const args = { ...row.values, id: newId(), territoryId: row.territoryId, affiliation }
    return { line: row.line, name: 'customer.create', args, base: {} }
  })
  return [...before, ...own]
}

function createAct({ line, values, territoryId }: PlannedRow, id: string): ImportAct {
  return { line, name: 'institution.create', args: { ...values, id, territoryId }, base: {} }
}

function fillAct(target: ImportTargetName, { line, values, otherId }: PlannedRow): ImportAct {
  const empty = Object.fromEntries(Object.keys(values).map((field) => [field, null]))
  return {
    line,
    name: `${target}.edit`,
    args: { id: otherId, changes: values },
    base: { [`${target}:${otherId}`]: empty },
  }
}

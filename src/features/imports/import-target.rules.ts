import type { Json } from '#core/json.ts'
import type { Language } from '#core/words.ts'
import type { Parsed, ValueProblem } from './import-problem.rules.ts'

/** What an import writes to, and how its columns are known and read. */
export interface ImportTarget {
  readonly entity: 'institution' | 'customer'
  /** In the order in which a row is read: a later field may look at the values of earlier ones. */
  readonly fields: readonly ImportField[]
  /** What follows from several fields of a row together: the kind from the name, longitude with latitude. */
  readonly complete: (row: ImportValues, context: ImportContext) => Completed
}

export interface ImportField {
  readonly name: string
  readonly labels: { readonly [L in Language]: string }
  /** Other headers under which the column is met, the most telling first. */
  readonly synonyms: readonly string[]
  /** Headers of further columns whose cells belong to the same value: 等次 to 等级, 手机 to 电话. */
  readonly companions: readonly string[]
  readonly required: boolean
  /** One cell a column, in the order of the mapping. */
  readonly parse: (cells: readonly string[], row: ImportValues, context: ImportContext) => Parsed
}

export type ImportValues = { readonly [field: string]: Json }

export interface ImportContext {
  /** Said once for a whole file that does not say it in a column. */
  readonly province: string | null
  readonly city: string | null
}

export interface Completed {
  readonly values: ImportValues
  readonly problems: readonly (ValueProblem & { readonly field: string })[]
}

/** The text of a field that has been read, or null. */
export function textOf(row: ImportValues, field: string): string | null {
  const value = row[field]
  return typeof value === 'string' ? value : null
}

export function numberOf(row: ImportValues, field: string): number | null {
  const value = row[field]
  return typeof value === 'number' ? value : null
}

/** A field with one column and no duty, unless said otherwise. */
export function importField(
  name: string,
  labels: ImportField['labels'],
  synonyms: readonly string[],
  rest: Pick<ImportField, 'parse'> & Partial<Pick<ImportField, 'companions' | 'required'>>,
): ImportField {
  return { name, labels, synonyms, companions: [], required: false, ...rest }
}

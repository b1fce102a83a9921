// How a list looks before it is brought in: what the server tells the screen and the command line.
import type { Json, JsonObject } from '#core/json.ts'
import type { ForbiddenReason } from './forbidden-column.rules.ts'
import type { ImportChoices, RowFate } from './import-choices.rules.ts'
import type { ProblemSeverity } from './import-problem.rules.ts'
import type { ImportTarget } from './import-target.rules.ts'

export type ImportTargetName = ImportTarget['entity']

/** `ask`: it may be there already, somebody must say. `refused`: it cannot come in as it is. */
export type ShownFate = RowFate | 'ask' | 'refused'

/** A code with what fills its text. */
export interface Remark {
  readonly code: string
  readonly details: JsonObject
}

export interface ImportColumn {
  readonly column: number
  readonly header: string
  readonly field: string | null
  readonly score: number
  /** The first cells with something in them. */
  readonly samples: readonly string[]
  /** Why it may not come in. */
  readonly forbidden: ForbiddenReason | null
}

export interface ShownProblem {
  readonly field: string
  readonly found: string
  readonly code: string
  readonly severity: ProblemSeverity
  readonly params: JsonObject
}

export interface ShownRow {
  readonly line: number
  readonly fate: ShownFate
  /** Field → value, as it would be kept; null where nothing can be read. */
  readonly values: JsonObject
  readonly problems: readonly ShownProblem[]
}

/** Facts of a row or of what it may be: name, address, telephone. */
export type Facts = { readonly [field: string]: Json }

export interface ShownDuplicate {
  readonly line: number
  readonly row: Facts
  /** Another line of the list; null when it is one that is there already. */
  readonly otherLine: number | null
  readonly other: Facts
  readonly score: number
  readonly reasons: readonly string[]
  readonly isCertain: boolean
  readonly fate: ShownFate
}

/** The name of an institution in a list of customers, and which one it is taken for. */
export interface ShownPlace {
  readonly name: string
  readonly rows: number
  readonly institutionId: string | null
  readonly institutionName: string | null
  readonly score: number
  /** `open`: nobody knows yet; its rows stay out. */
  readonly state: 'found' | 'create' | 'open'
}

export interface ImportCounts {
  readonly rows: number
  readonly clean: number
  readonly warning: number
  /** Lines that are no row: titles, repeated headers, totals. */
  readonly noRow: number
  readonly create: number
  readonly fill: number
  readonly skip: number
  readonly ask: number
  readonly refused: number
  /** Institutions that come with a list of customers. */
  readonly newInstitutions: number
}

export interface ImportView {
  readonly target: ImportTargetName
  readonly format: 'xlsx' | 'csv'
  readonly encoding: string | null
  readonly warnings: readonly Remark[]
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly looksRight: boolean }[]
  readonly sheet: number
  /** The first lines of the sheet, to choose the header among. */
  readonly top: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly headerLine: number | null
  readonly columns: readonly ImportColumn[]
  /** What must be mended or said before it can come in; empty when nothing. */
  readonly blocked: readonly Remark[]
  readonly counts: ImportCounts
  /** Some rows, those with problems first. */
  readonly preview: readonly ShownRow[]
  readonly duplicates: readonly ShownDuplicate[]
  readonly places: readonly ShownPlace[]
  readonly territories: readonly { readonly id: string; readonly path: string }[]
  readonly choices: ImportChoices
}

/** A row as it will be brought in. */
export interface PlannedRow {
  readonly line: number
  readonly fate: 'create' | 'fill'
  /** `create`: the fields of the new row. `fill`: those that the other one lacks. */
  readonly values: JsonObject
  readonly territoryId: string | null
  /** `fill`: the row that is there already, and null for each field to be filled: what was seen. */
  readonly otherId: string | null
  /** Customers: where he works. */
  readonly place: { readonly institutionId: string | null; readonly name: string } | null
  readonly department: string | null
}

/** A list that was looked at, with the rows as they would be brought in. */
export interface Examined {
  readonly view: ImportView
  readonly plan: readonly PlannedRow[]
  /** For the file that goes back to the list's owner. */
  readonly faulty: FaultyRows
  readonly newInstitutions: readonly JsonObject[]
}

export interface FaultyRows {
  readonly headers: readonly string[]
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly problems: readonly ShownProblem[]
  }[]
}

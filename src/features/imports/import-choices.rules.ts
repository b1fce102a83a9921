// What a person may say about a list before it is brought in. What is not said is as proposed.
import { flag, integer, listOf, maybe, oneOf, ref, shape, text, type ValuesOf } from '#core/field.ts'

/** Most rows of one import; all of them are one transaction. */
export const mostImportRows = 20_000

/** What is to become of a row that may be there already. */
export const rowFates = ['create', 'fill', 'skip'] as const
export type RowFate = (typeof rowFates)[number]

const line = integer({ min: 1, max: 2_000_000 })

export const choiceFields = {
  /** Which sheet of a workbook, from 0. */
  sheet: maybe(integer({ min: 0, max: 10_000 })),
  headerLine: maybe(line),
  columns: maybe(
    listOf(shape({ column: integer({ min: 0, max: 20_000 }), field: maybe(text({ max: 40 })) }), {
      max: 500,
    }),
  ),
  /** Of all rows, where the list does not say it. */
  province: maybe(text({ max: 40 })),
  city: maybe(text({ max: 40 })),
  territoryId: maybe(ref('territory')),
  /** Customers: make the institutions that are not there yet. */
  createMissing: maybe(flag()),
  /** Customers: which institution a name of the list means; null for a new one. */
  places: maybe(
    listOf(shape({ name: text({ max: 200 }), institutionId: maybe(ref('institution')) }), { max: 5_000 }),
  ),
  /** Rows that are there with hardly a doubt; `fill` unless said otherwise. */
  certain: maybe(oneOf(['fill', 'skip'])),
  /** Rows that may be there; left out until somebody has said, unless said here for all. */
  near: maybe(oneOf(['ask', ...rowFates])),
  decisions: maybe(listOf(shape({ line, fate: oneOf(rowFates) }), { max: mostImportRows })),
}

export type ImportChoices = ValuesOf<typeof choiceFields>

export const noChoices: ImportChoices = {
  sheet: null,
  headerLine: null,
  columns: null,
  province: null,
  city: null,
  territoryId: null,
  createMissing: null,
  places: null,
  certain: null,
  near: null,
  decisions: null,
}

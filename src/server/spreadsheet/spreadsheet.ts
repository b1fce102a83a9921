// Reads a stranger's spreadsheet: .xlsx and .xlsm by content, CSV and TSV in the encodings that Chinese
// offices use. Everything else is refused with the way to mend it. Nothing in a file is ever executed, no
// file outside it is opened, and memory is bounded by spreadsheet-limits.ts.
import { Refused } from '#core/refused.ts'
import { type FileFormat, formatOf } from './spreadsheet-format.ts'
import { type SpreadsheetLimits, spreadsheetLimits, tallyOf } from './spreadsheet-limits.ts'
import { readSheet, type SheetRow } from './spreadsheet-sheet.ts'
import { bytesOf, type SpreadsheetSource } from './spreadsheet-source.ts'
import { decodeText, readDelimited, type TextEncoding } from './spreadsheet-text.ts'
import { type SpreadsheetWarning, type Warnings, warningsOf } from './spreadsheet-warnings.ts'
import { readWorkbook } from './spreadsheet-workbook.ts'
import { type Archive, openArchive } from './spreadsheet-zip.ts'

interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /** Rows with content only, in order. Merged values stand in each of their cells. */
  readonly rows: readonly SheetRow[]
}

export interface Spreadsheet {
  readonly format: 'xlsx' | 'csv'
  /** Of a text file; null of a workbook. */
  readonly encoding: TextEncoding | null
  /** At least one of them has a row. */
  readonly sheets: readonly Sheet[]
  readonly warnings: readonly SpreadsheetWarning[]
}

export interface ReadOptions extends Partial<SpreadsheetLimits> {
  /** As its owner calls it; a text file's only sheet has this name. */
  readonly fileName: string
}

/**
 * All cells of a spreadsheet as text, as a person sees them: dates `YYYY-MM-DD`, telephone numbers with all
 * digits, postal codes with their zeros, results instead of formulas.
 *
 * @throws Refused `import.not_found`, `import.empty`, `import.too_large`, `import.not_spreadsheet`,
 * `import.unsupported_format`, `import.encrypted`, `import.zip_bomb`, `import.damaged`,
 * `import.unknown_encoding`, `import.too_many_rows`, `import.too_many_columns`, `import.too_many_cells`,
 * `import.cell_too_long`; details hold the limit and what was found
 */
export async function readSpreadsheet(
  source: SpreadsheetSource,
  { fileName, ...changes }: ReadOptions,
): Promise<Spreadsheet> {
  const limits = { ...spreadsheetLimits, ...changes }
  const bytes = await bytesOf(source, limits.maxBytes)
  const format = formatOf(bytes)
  refuseFormat(format)
  const read = format.kind === 'zip' ? await readZip(bytes, limits) : readText(bytes, fileName, limits)
  if (read.sheets.every(({ rows }) => rows.length === 0)) throw new Refused('import.empty')
  return read
}

function refuseFormat(format: FileFormat): void {
  if (format.kind === 'encrypted') throw new Refused('import.encrypted')
  if (format.kind === 'unsupported') throw new Refused('import.unsupported_format', { format: format.format })
  if (format.kind === 'foreign') throw new Refused('import.not_spreadsheet', { found: format.format })
}

async function readZip(bytes: Buffer, limits: SpreadsheetLimits): Promise<Spreadsheet> {
  const archive = await openArchive(bytes, limits.maxUnzippedBytes)
  await refuseOtherDocuments(archive)
  const warnings = warningsOf()
  if (archive.names.has('xl/vbaproject.bin')) warnings.add('import.macros_ignored')
  const workbook = await readWorkbook(archive, limits)
  const context = { workbook, warnings, tally: tallyOf(limits) }
  const sheets: Sheet[] = []
  for (const { name, hidden, part } of workbook.sheets) {
    const chunks = archive.part(part)
    if (chunks === null) throw new Refused('import.damaged', { part })
    sheets.push({ name, hidden, rows: await readSheet({ name, part, chunks }, context) })
  }
  return { format: 'xlsx', encoding: null, sheets, warnings: warnings.list() }
}

async function refuseOtherDocuments({ names, part }: Archive): Promise<void> {
  if (names.has('xl/workbook.bin')) throw new Refused('import.unsupported_format', { format: 'xlsb' })
  if (names.has('index/document.iwa')) throw new Refused('import.unsupported_format', { format: 'numbers' })
  const mimetype = part('mimetype')
  if (mimetype !== null) {
    const type = (await firstBytes(mimetype)).toString('latin1')
    if (type.includes('opendocument.spreadsheet'))
      throw new Refused('import.unsupported_format', { format: 'ods' })
  }
  const isWorkbook = [...names].some((name) => name.startsWith('xl/'))
  if (isWorkbook) return
  const found = names.has('word/document.xml') ? 'docx' : names.has('ppt/presentation.xml') ? 'pptx' : 'zip'
  throw new Refused('import.not_spreadsheet', { found })
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  for await (const chunk of chunks) return Buffer.from(chunk)
  return Buffer.alloc(0)
}

function readText(bytes: Buffer, fileName: string, limits: SpreadsheetLimits): Spreadsheet {
  const warnings: Warnings = warningsOf()
  const { text, encoding } = decodeText(bytes, warnings)
  const rows = readDelimited(text, { name: fileName, limits, tally: tallyOf(limits), warnings })
  const sheets = [{ name: fileName, hidden: false, rows }]
  return { format: 'csv', encoding, sheets, warnings: warnings.list() }
}

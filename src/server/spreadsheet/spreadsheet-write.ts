// Our own exports. No cell of ours may run as a formula on the reader's machine, whoever typed its text.
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { cellName } from './spreadsheet-limits.ts'

/** Figures go out as figures, everything else as text; `null` is an empty cell. */
export type CellValue = string | number | null

export interface WriteOptions {
  readonly format: 'xlsx' | 'csv'
  /** Name of the workbook's sheet, at most 31 characters; not used for CSV. */
  readonly sheetName?: string
}

/**
 * A spreadsheet of these rows, the first of which is the header. CSV begins with a byte order mark, without
 * which Excel reads Chinese as another encoding; its cells that begin like a formula get an apostrophe in
 * front. In a workbook every text is typed as text, which says the same without changing it.
 */
export async function writeSpreadsheet(
  rows: readonly (readonly CellValue[])[],
  { format, sheetName = 'Sheet1' }: WriteOptions,
): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(`\ufeff${rows.map(csvRow).join('')}`)
  const zip = new ZipFile()
  const parts: readonly (readonly [string, Readable])[] = [
    ['[Content_Types].xml', Readable.from([contentTypes])],
    ['_rels/.rels', Readable.from([rootRelations])],
    ['xl/workbook.xml', Readable.from([workbookPart(sheetName)])],
    ['xl/_rels/workbook.xml.rels', Readable.from([workbookRelations])],
    ['xl/styles.xml', Readable.from([stylesPart])],
    ['xl/worksheets/sheet1.xml', Readable.from(sheetPart(rows))],
  ]
  // One fixed moment, so that the same rows are the same bytes.
  const mtime = new Date(1980, 0, 1)
  for (const [name, content] of parts) zip.addReadStream(content, name, { mtime, forceDosTimestamp: true })
  zip.end()
  const chunks: Uint8Array[] = []
  // yazl's output is a stream of bytes, never of strings.
  for await (const chunk of zip.outputStream as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A spreadsheet program takes these beginnings, full width too, for a formula or skips them to find one. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/

function csvRow(cells: readonly CellValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: CellValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const safe = formulaStart.test(value) ? `'${value}` : value
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function* sheetPart(rows: readonly (readonly CellValue[])[]): Generator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  yield `${columnsPart(rows)}<sheetData>`
  for (const [index, cells] of rows.entries()) {
    const line = index + 1
    const style = index === 0 ? headerStyle : textStyle
    yield `<row r="${line}">${cells.map((cell, column) => xlsxCell(cell, cellName(column, line), style)).join('')}</row>`
  }
  yield '</sheetData></worksheet>'
}

function xlsxCell(value: CellValue, name: string, style: number): string {
  if (value === null || value === '') return ''
  if (typeof value === 'number') return `<c r="${name}"><v>${value}</v></c>`
  return `<c r="${name}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`
}

/** Wide enough for the first hundred rows, a Chinese character counting as two. */
function columnsPart(rows: readonly (readonly CellValue[])[]): string {
  const sample = rows.slice(0, 100)
  const count = sample.reduce((most, cells) => Math.max(most, cells.length), 0)
  const columns = Array.from({ length: count }, (_, column) => {
    const widths = sample.map((cells) => textWidth(String(cells[column] ?? '')))
    const width = Math.min(60, Math.max(8, ...widths) + 2)
    return `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`
  })
  return columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`
}

function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0)
}

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** What XML cannot hold goes the way Office writes it, and a text that looks so already stays itself. */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, (character) => {
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
    })
    .replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNs = 'http://schemas.openxmlformats.org/package/2006'
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const headerStyle = 1
const textStyle = 2

const contentTypes = `${declaration}<Types xmlns="${packageNs}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="${mediaType}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mediaType}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="${mediaType}.styles+xml"/></Types>`

const rootRelations = `${declaration}<Relationships xmlns="${packageNs}/relationships">\
<Relationship Id="rId1" Type="${relationship}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbookRelations = `${declaration}<Relationships xmlns="${packageNs}/relationships">\
<Relationship Id="rId1" Type="${relationship}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="${relationship}/styles" Target="styles.xml"/></Relationships>`

function workbookPart(sheetName: string): string {
  // Excel repairs a file whose sheet has one of these in its name.
  const name =
    sheetName
      .replace(/[[\]:*?/\\]/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet1'
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relationship}"><sheets>\
<sheet name="${xmlText(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

/** Plain; header in bold; text (format 49, @) that stays text when it is edited. */
const stylesPart = `${declaration}<styleSheet xmlns="${main}">\
<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="3"><xf/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>\
<xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`

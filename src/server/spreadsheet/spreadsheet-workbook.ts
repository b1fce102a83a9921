import { posix } from 'node:path'
import { Refused } from '#core/refused.ts'
import type { SpreadsheetLimits } from './spreadsheet-limits.ts'
import { builtInShape, type NumberShape, writtenShape } from './spreadsheet-number.ts'
import { readXml, type XmlAttributes } from './spreadsheet-xml.ts'
import type { Archive } from './spreadsheet-zip.ts'

/** What the sheets of a workbook have in common. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[]
  readonly strings: readonly string[]
  /** By the number of a cell's style. */
  readonly shapes: readonly NumberShape[]
  /** Days are counted from 1904 (old Macintosh) instead of 1900. */
  readonly from1904: boolean
}

/** @throws Refused `import.damaged` when the workbook's own parts are missing or broken */
export async function readWorkbook(archive: Archive, limits: SpreadsheetLimits): Promise<Workbook> {
  const root = await relationsOf(archive, '')
  const main = root.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const relations = await relationsOf(archive, main)
  const target = (suffix: string) => relations.find(({ type }) => type.endsWith(suffix))?.target ?? null
  const { listed, from1904 } = await readSheetList(archive, main)
  const sheets = listed.flatMap(({ name, hidden, relation }) => {
    // Chart sheets and dialogues stand in the same list and have no cells.
    const found = relations.find(({ id, type }) => id === relation && type.endsWith('/worksheet'))
    return found === undefined ? [] : [{ name, hidden, part: found.target }]
  })
  return {
    sheets,
    from1904,
    strings: await readStrings(archive, target('/sharedStrings'), limits),
    shapes: await readShapes(archive, target('/styles')),
  }
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

async function relationsOf(archive: Archive, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const chunks = archive.part(name)
  if (chunks === null) return []
  const found: Relation[] = []
  await readXml(chunks, name, {
    open: (tag, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
      // Nothing outside the file is ever opened.
      if (tag !== 'Relationship' || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      found.push({ id: Id, type: Type, target })
    },
  })
  return found
}

interface ListedSheet {
  readonly name: string
  readonly hidden: boolean
  readonly relation: string
}

async function readSheetList(
  archive: Archive,
  part: string,
): Promise<{ readonly listed: readonly ListedSheet[]; readonly from1904: boolean }> {
  const chunks = archive.part(part)
  if (chunks === null) throw new Refused('import.damaged', { part })
  const listed: ListedSheet[] = []
  let from1904 = false
  await readXml(chunks, part, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = isTrue(attributes.date1904)
      if (tag !== 'sheet') return
      const { name = '', state = 'visible', id = '' } = attributes
      listed.push({ name, hidden: state !== 'visible', relation: id })
    },
  })
  return { listed, from1904 }
}

async function readStrings(
  archive: Archive,
  part: string | null,
  limits: SpreadsheetLimits,
): Promise<readonly string[]> {
  const chunks = part === null ? null : archive.part(part)
  if (chunks === null || part === null) return []
  const strings: string[] = []
  const reader = richText()
  await readXml(chunks, part, {
    open: (tag) => reader.open(tag),
    text: (text) => reader.text(text),
    close: (tag) => {
      reader.close(tag)
      if (tag !== 'si') return
      if (strings.length >= limits.maxCells)
        throw new Refused('import.too_many_cells', { limit: limits.maxCells })
      strings.push(reader.take())
    },
  })
  return strings
}

/** Collects the text of a string: its runs one after the other, without the phonetic reading above them. */
export function richText() {
  let text = ''
  let inText = false
  let inPhonetic = false
  return {
    open: (tag: string) => {
      if (tag === 't') inText = true
      if (tag === 'rPh') inPhonetic = true
    },
    text: (piece: string) => {
      if (inText && !inPhonetic) text += piece
    },
    close: (tag: string) => {
      if (tag === 't') inText = false
      if (tag === 'rPh') inPhonetic = false
    },
    take: () => {
      const taken = unescapeText(text)
      text = ''
      return taken
    },
  }
}

/** Office writes characters that XML cannot hold as `_x000D_`, and an underscore before such as `_x005F_`. */
function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

async function readShapes(archive: Archive, part: string | null): Promise<readonly NumberShape[]> {
  const chunks = part === null ? null : archive.part(part)
  if (chunks === null || part === null) return []
  const written = new Map<number, NumberShape>()
  const formatIds: number[] = []
  let inCellFormats = false
  await readXml(chunks, part, {
    open: (tag, attributes) => {
      if (tag === 'numFmt') written.set(formatId(attributes), writtenShape(attributes.formatCode ?? ''))
      if (tag === 'cellXfs') inCellFormats = true
      if (tag === 'xf' && inCellFormats) formatIds.push(formatId(attributes))
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCellFormats = false
    },
  })
  return formatIds.map((id) => written.get(id) ?? builtInShape(id))
}

function formatId(attributes: XmlAttributes): number {
  return Number(attributes.numFmtId ?? 0)
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

// The worst file that fits: every row that a sheet can have. Read in a process of its own with a small heap.
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workbookOf } from '#tests/fixtures/spreadsheets/workbook.ts'

const allRows = 1_048_576
const script = fileURLToPath(import.meta.resolve('#tests/fixtures/spreadsheets/read-alone.ts'))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spreadsheet-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function readAlone(path: string): Promise<{ readonly outcome: string; readonly megabytes: number }> {
  const node = ['--max-old-space-size=160', '--import', 'tsx', script, path]
  const { stdout } = await promisify(execFile)(process.execPath, node)
  // Written by the script itself, in this shape.
  return JSON.parse(stdout) as { outcome: string; megabytes: number }
}

it('a workbook of 1,048,576 rows is refused, in little memory', async () => {
  const rows: string[] = []
  for (let line = 1; line <= allRows; line += 1)
    rows.push(`<row r="${line}"><c r="A${line}"><v>${line}</v></c></row>`)
  const path = join(folder, 'rows.xlsx')
  await writeFile(path, await workbookOf({ sheet: `<sheetData>${rows.join('')}</sheetData>` }))
  const { outcome, megabytes } = await readAlone(path)
  expect(outcome).toBe('import.too_many_rows')
  expect(megabytes).toBeLessThan(320)
}, 60_000)

it('a workbook whose styled rows reach the last line is read when few have content', async () => {
  const rows: string[] = []
  for (let line = 1; line <= allRows; line += 1) rows.push(`<row r="${line}"><c r="A${line}" s="1"/></row>`)
  rows[4] = '<row r="5"><c r="A5"><v>1</v></c></row>'
  const path = join(folder, 'styled.xlsx')
  await writeFile(path, await workbookOf({ sheet: `<sheetData>${rows.join('')}</sheetData>` }))
  expect((await readAlone(path)).outcome).toBe('1')
}, 60_000)

it('a CSV of 1,048,576 rows is refused, in little memory', async () => {
  const path = join(folder, 'rows.csv')
  const lines = function* () {
    for (let line = 1; line <= allRows; line += 1024) yield '玉泉医院,石景山路5号,1083211441\n'.repeat(1024)
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
  const { outcome, megabytes } = await readAlone(path)
  expect(outcome).toBe('import.too_many_rows')
  expect(megabytes).toBeLessThan(320)
}, 60_000)

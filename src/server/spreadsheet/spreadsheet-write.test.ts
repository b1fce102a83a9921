import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSpreadsheet } from './spreadsheet.ts'
import { type CellValue, writeSpreadsheet } from './spreadsheet-write.ts'
import { openArchive } from './spreadsheet-zip.ts'

const dangerous = ['=1+1', '+86 10 83211441', '-2', '@SUM(A1)', '\t=1', '＝1+1', "=cmd|' /C calc'!A0"]

async function roundTrip(rows: readonly (readonly CellValue[])[], format: 'xlsx' | 'csv') {
  const { sheets, warnings } = await readSpreadsheet(await writeSpreadsheet(rows, { format }), {
    fileName: 'x',
  })
  return { rows: sheets[0]?.rows.map(({ cells }) => cells), warnings }
}

describe('a spreadsheet of ours', () => {
  it('opens as Chinese in Excel: CSV begins with a byte order mark', async () => {
    const csv = await writeSpreadsheet(
      [
        ['机构名称', '备注'],
        ['玉泉医院', '一,"二"\n三'],
      ],
      { format: 'csv' },
    )
    expect(csv.toString()).toBe('\ufeff机构名称,备注\r\n玉泉医院,"一,""二""\n三"\r\n')
  })

  it('holds no cell that runs as a formula', async () => {
    const csv = (
      await writeSpreadsheet([['x'], ...dangerous.map((text) => [text])], { format: 'csv' })
    ).toString()
    for (const line of csv.slice(1).split('\r\n')) expect(line).not.toMatch(/^"?[=+\-@\t\r＝＋－＠]/)
    const archive = await openArchive(await writeSpreadsheet([['x'], dangerous], { format: 'xlsx' }), 1e8)
    let sheet = ''
    for await (const chunk of archive.part('xl/worksheets/sheet1.xml') ?? [])
      sheet += Buffer.from(chunk).toString()
    expect(sheet).not.toContain('<f')
    expect(sheet.match(/t="inlineStr"/g)).toHaveLength(1 + dangerous.length)
  })

  it.each(['csv', 'xlsx'] as const)(
    'comes back as it went out, dangerous texts included (%s)',
    async (format) => {
      const rows = [['a', 'b'], ...dangerous.map((text) => [text, '00420']), ['13800138000', '_x000D_ <&> "']]
      expect((await roundTrip(rows, format)).rows).toEqual(rows)
      expect((await roundTrip([['n'], [13800138000], [-2.5], [null], ['z']], format)).rows).toEqual([
        ['n'],
        ['13800138000'],
        ['-2.5'],
        ['z'],
      ])
    },
  )

  it('comes back as it went out whatever is typed', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => `${text.replace(/[\r\0]/g, '').trim()}。`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (rows) => {
          const printable = rows.map((row) => row.map((text) => text.replace(/(?!\n)\p{Cc}/gu, '')))
          expect((await roundTrip(printable, 'xlsx')).rows).toEqual(printable)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is the same bytes for the same rows', async () => {
    const rows = [['a'], ['b']]
    const first = await writeSpreadsheet(rows, { format: 'xlsx' })
    expect(first.equals(await writeSpreadsheet(rows, { format: 'xlsx' }))).toBe(true)
  })
})

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { hasSharedData, sharedData } from '#tests/fixtures/spreadsheets/shared-data.ts'
import {
  compoundFile,
  textRow,
  withPromisedSize,
  workbookOf,
  zipOf,
} from '#tests/fixtures/spreadsheets/workbook.ts'
import { type ReadOptions, readSpreadsheet } from './spreadsheet.ts'
import type { SpreadsheetSource } from './spreadsheet-source.ts'

function read(source: SpreadsheetSource, options: Partial<ReadOptions> = {}) {
  return readSpreadsheet(source, { fileName: '名单', ...options })
}

async function cellsOf(source: SpreadsheetSource, options: Partial<ReadOptions> = {}) {
  return (await read(source, options)).sheets[0]?.rows.map(({ cells }) => cells)
}

function refusal(source: SpreadsheetSource, options: Partial<ReadOptions> = {}) {
  return read(source, options).then(
    () => 'read',
    (error: unknown) => error,
  )
}

const csv = '机构名称,地址\r\n玉泉医院,石景山路5号\r\n'
const table = [
  ['机构名称', '地址'],
  ['玉泉医院', '石景山路5号'],
]

describe('the text of a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(csv), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${csv}`), 'utf-8'],
    [
      'UTF-16 as Excel saves "Unicode text"',
      iconv.encode(csv.replaceAll(',', '\t'), 'utf-16le', { addBOM: true }),
      'utf-16le',
    ],
    ['UTF-16 big end first', iconv.encode(csv, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['GBK as Chinese Excel saves it', iconv.encode(csv, 'gbk'), 'gb18030'],
    ['four bytes of GB18030', iconv.encode(csv.replace('玉泉', '𠮷㐂'), 'gb18030'), 'gb18030'],
  ] as const)('is read in %s', async (_, bytes, encoding) => {
    const { encoding: found, sheets } = await read(bytes)
    expect(found).toBe(encoding)
    expect(sheets[0]?.rows.map(({ cells }) => cells.length)).toEqual([2, 2])
    expect(sheets[0]?.rows[0]?.cells).toEqual(table[0])
    expect(sheets[0]?.rows[1]?.cells[0]).toMatch(/医院$/)
  })

  it('stays UTF-8 when the file was cut off in the middle of a character', async () => {
    const bytes = Buffer.from(csv.repeat(20).trim()).subarray(0, -1)
    const { encoding, warnings } = await read(bytes)
    expect(encoding).toBe('utf-8')
    expect(warnings).toMatchObject([{ code: 'import.undecodable_characters', count: 1 }])
  })

  it('is refused when it is in no encoding that we know', async () => {
    const latin = Buffer.from(`${'é,'.repeat(40)}\n`, 'latin1')
    expect(await refusal(Buffer.concat([latin, Buffer.from([0xff, 0x80, 0xff, 0xff])]))).toMatchObject({
      code: 'import.unknown_encoding',
    })
  })

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('is parted at %s', async (_, delimiter) => {
    expect(await cellsOf(Buffer.from(csv.replaceAll(',', delimiter)))).toEqual(table)
  })

  it('keeps commas, quotation marks and line ends inside quotation marks, and counts rows as Excel does', async () => {
    const { sheets } = await read(Buffer.from('a,b\n"x,""y""\nz",1\n\n,\n2,3'))
    expect(sheets[0]?.rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x,"y"\nz', '1'] },
      { line: 5, cells: ['2', '3'] },
    ])
  })

  it('obeys the line sep= and takes zeros out of ="00420"', async () => {
    expect(await cellsOf(Buffer.from('sep=;\na;b\n="00420";x,y'))).toEqual([
      ['a', 'b'],
      ['00420', 'x,y'],
    ])
  })

  it('keeps text that looks like a formula as text and says so', async () => {
    const { sheets, warnings } = await read(Buffer.from(`name,x\n=cmd|' /C calc'!A0,1\n+86 10 83211441,-3.5`))
    expect(sheets[0]?.rows[1]?.cells[0]).toBe("=cmd|' /C calc'!A0")
    expect(warnings).toEqual([{ code: 'import.formula_text', count: 1, sheet: '名单', cell: 'A2' }])
  })
})

describe('a workbook', () => {
  it('shows numbers as their reader sees them', async () => {
    const formats = [
      'yyyy"年"m"月"d"日"',
      14,
      '000000',
      '0.0%',
      '[$-804]h:mm',
      '0.00E+00',
      '[Red]#,##0',
      31,
      'General',
    ]
    const cells = [45356, 45356.5, 420, 0.125, 0.5, 13800138000, 1234, 1, 0.30000000000000004]
    const sheet = `<sheetData><row r="1">${cells.map((value, at) => `<c s="${at + 1}"><v>${value}</v></c>`).join('')}<c><v>1.3800138E10</v></c><c><v>116.240227</v></c></row></sheetData>`
    expect(await cellsOf(await workbookOf({ formats, sheet }))).toEqual([
      [
        '2024-03-05',
        '2024-03-05 12:00',
        '000420',
        '12.5%',
        '12:00',
        '13800138000',
        '1234',
        '1900-01-01',
        '0.3',
        '13800138000',
        '116.240227',
      ],
    ])
  })

  it('counts days from 1904 where the file says so', async () => {
    const sheet = '<sheetData><row r="1"><c s="1"><v>43894</v></c></row></sheetData>'
    expect(await cellsOf(await workbookOf({ formats: [14], from1904: true, sheet }))).toEqual([
      ['2024-03-05'],
    ])
  })

  it('warns of numbers that were too long for Excel', async () => {
    const sheet = '<sheetData><row r="1"><c><v>110101199001011234</v></c></row></sheetData>'
    expect((await read(await workbookOf({ sheet }))).warnings).toMatchObject([
      { code: 'import.digits_lost', cell: 'A1' },
    ])
  })

  it('joins the runs of a rich text and leaves out the reading above the characters', async () => {
    const strings = [
      '<r><t>漢字</t></r><r><t xml:space="preserve"> 医院_x000D_</t></r><rPh sb="0" eb="2"><t>カンジ</t></rPh>',
    ]
    const sheet = '<sheetData><row r="1"><c t="s"><v>0</v></c></row></sheetData>'
    expect(await cellsOf(await workbookOf({ strings, sheet }))).toEqual([['漢字 医院\n']])
  })

  it('gives results instead of formulas, nothing for errors, and ignores macros with a word', async () => {
    const sheet =
      '<sheetData><row r="1"><c><f>1+1</f><v>2</v></c><c t="str"><f>WEBSERVICE("http://x")</f></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row></sheetData>'
    const { sheets, warnings } = await read(
      await workbookOf({ sheet, more: { 'xl/vbaProject.bin': 'Sub Auto_Open()' } }),
    )
    expect(sheets[0]?.rows[0]?.cells).toEqual(['2', '', '', 'TRUE'])
    expect(JSON.stringify(sheets)).not.toContain('WEBSERVICE')
    expect(warnings.map(({ code, cell }) => [code, cell])).toEqual([
      ['import.macros_ignored', null],
      ['import.formula_value_taken', 'A1'],
      ['import.formula_without_value', 'B1'],
      ['import.error_cell', 'C1'],
    ])
  })

  it('repeats merged values over header and group cells, but makes no rows of empty ones', async () => {
    const sheet = `<sheetData>
      <row r="1"><c r="A1" t="inlineStr"><is><t>区县</t></is></c><c r="B1" t="inlineStr"><is><t>联系</t></is></c><c r="C1"/></row>
      <row r="2"><c r="A2"/><c r="B2" t="inlineStr"><is><t>电话</t></is></c><c r="C2" t="inlineStr"><is><t>地址</t></is></c></row>
      <row r="3"><c r="A3" t="inlineStr"><is><t>海淀区</t></is></c><c r="B3"><v>1</v></c></row>
      <row r="4"><c r="B4"><v>2</v></c></row><row r="5"><c r="A5" s="1"/></row></sheetData>
      <mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="A3:A1048576"/></mergeCells>`
    expect(await cellsOf(await workbookOf({ sheet }))).toEqual([
      ['区县', '联系', '联系'],
      ['区县', '电话', '地址'],
      ['海淀区', '1'],
      ['海淀区', '2'],
    ])
  })

  it('reads parts with a namespace prefix and cells without references', async () => {
    const sheet = `<sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c/><c><v>3</v></c></row></sheetData>`
    const workbook = await workbookOf({ sheet })
    const prefixed = await workbookOf({
      sheet,
      more: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="7"><x:c r="C7"><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    })
    expect(await cellsOf(workbook)).toEqual([['a', '', '3']])
    expect((await read(prefixed)).sheets[0]?.rows).toEqual([{ line: 7, cells: ['', '', '9'] }])
  })
})

describe('a file that is not read', () => {
  const web = '<html><table><tr><td>医院</td></tr></table></html>'
  const cases: readonly (readonly [string, () => Buffer | Promise<Buffer>, object])[] = [
    ['an empty file', () => Buffer.alloc(0), { code: 'import.empty' }],
    ['blank lines only', () => Buffer.from('\n , ,\n'), { code: 'import.empty' }],
    [
      'a picture',
      () => Buffer.from('89504e470d0a1a0a0000', 'hex'),
      { code: 'import.not_spreadsheet', details: { found: 'png' } },
    ],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), { code: 'import.not_spreadsheet', details: { found: 'pdf' } }],
    [
      'bytes',
      () => Buffer.from([1, 0, 2, 0, 255]),
      { code: 'import.not_spreadsheet', details: { found: 'binary' } },
    ],
    [
      'a zip of pictures',
      () => zipOf({ 'a.png': 'x' }),
      { code: 'import.not_spreadsheet', details: { found: 'zip' } },
    ],
    [
      'a Word document',
      () => zipOf({ 'word/document.xml': '<x/>' }),
      { code: 'import.not_spreadsheet', details: { found: 'docx' } },
    ],
    [
      'a web page called .xls',
      () => Buffer.from(web),
      { code: 'import.unsupported_format', details: { format: 'html' } },
    ],
    [
      'an .ods',
      () => zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      { code: 'import.unsupported_format', details: { format: 'ods' } },
    ],
    [
      'an .xlsb',
      () => zipOf({ 'xl/workbook.bin': 'x' }),
      { code: 'import.unsupported_format', details: { format: 'xlsb' } },
    ],
    [
      'an old .xls',
      () => compoundFile('Workbook'),
      { code: 'import.unsupported_format', details: { format: 'xls' } },
    ],
    ['a workbook with a password', () => compoundFile('EncryptedPackage'), { code: 'import.encrypted' }],
    [
      'half a workbook',
      async () => (await workbookOf({ sheet: '<sheetData/>' })).subarray(0, 900),
      { code: 'import.damaged' },
    ],
    [
      'a workbook without its sheet',
      () => workbookOf({ sheet: '', more: { 'xl/workbook.xml': '<workbook><broken' } }),
      { code: 'import.damaged' },
    ],
    [
      'a reference to a text that is not there',
      () => workbookOf({ sheet: '<sheetData><row r="1"><c t="s"><v>9</v></c></row></sheetData>' }),
      { code: 'import.damaged' },
    ],
  ]
  it.each(cases)('%s is refused by its content, with a code', async (_, make, expected) => {
    expect(await refusal(await make())).toMatchObject({ name: 'Refused', ...expected })
  })

  it('is refused by what it is, whatever it is called', async () => {
    expect(await refusal(compoundFile('Book'), { fileName: '医院.xlsx' })).toMatchObject({
      code: 'import.unsupported_format',
    })
    expect(await refusal('nowhere/医院.xlsx')).toMatchObject({ code: 'import.not_found' })
  })
})

describe('a file made to harm', () => {
  it('is refused by the sizes that its zip promises, before anything is unpacked', async () => {
    const zip = await workbookOf({ sheet: textRow(1, ['a']) })
    const bomb = withPromisedSize(zip, 'xl/styles.xml', 300_000_000)
    expect(await refusal(bomb)).toMatchObject({ code: 'import.zip_bomb', details: { limit: 256_000_000 } })
    const dense = withPromisedSize(zip, 'xl/styles.xml', 200_000_000)
    expect(await refusal(dense)).toMatchObject({ code: 'import.zip_bomb', details: { limit: 250 } })
  })

  it('is refused while it unpacks to more than it promised', async () => {
    const zip = await workbookOf({ sheet: `<sheetData>${' '.repeat(3_000_000)}</sheetData>` })
    const lying = withPromisedSize(zip, 'xl/worksheets/sheet1.xml', 900)
    expect(await refusal(lying)).toMatchObject({ code: 'import.zip_bomb' })
  })

  it('gets no entity resolved: neither a bomb nor a file of this machine', async () => {
    const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
      '',
    )
    for (const doctype of [
      `<!DOCTYPE x [<!ENTITY l0 "lol">${lol}]>`,
      '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    ]) {
      const sheet = `${doctype}<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>`
      const more = { 'xl/worksheets/sheet1.xml': sheet }
      expect(await refusal(await workbookOf({ sheet: '', more }))).toMatchObject({ code: 'import.damaged' })
    }
  })

  it('may not declare a document type at all', async () => {
    const more = { 'xl/worksheets/sheet1.xml': `<!DOCTYPE x><worksheet>${textRow(1, ['a'])}</worksheet>` }
    expect(await refusal(await workbookOf({ sheet: '', more }))).toMatchObject({ code: 'import.damaged' })
  })

  it('cannot make one endless token of a part', async () => {
    const sheet = `<sheetData><row r="1"><c t="inlineStr"><is><t>${'x'.repeat(5_000_000)}</t></is></c></row></sheetData>`
    expect(await refusal(await workbookOf({ sheet }))).toMatchObject({ code: 'import.damaged' })
  })

  it('is held to rows, columns, cells and characters, with the place', async () => {
    const limits = { maxRows: 2, maxColumns: 3, maxCells: 5, maxCellChars: 4 }
    const tries = [
      ['a\nb\nc', { code: 'import.too_many_rows', details: { limit: 2 } }],
      ['a\n,,,d', { code: 'import.too_many_columns', details: { limit: 3, found: 4, line: 2 } }],
      ['a,b,c\nd,e,f', { code: 'import.too_many_cells', details: { limit: 5 } }],
      ['a,b\nc,ddddd', { code: 'import.cell_too_long', details: { limit: 4, found: 5, cell: 'B2' } }],
    ] as const
    for (const [text, expected] of tries) {
      expect(await refusal(Buffer.from(text), limits)).toMatchObject(expected)
      const rows = text.split('\n').map((line, at) => textRow(at + 1, line.split(',')))
      const workbook = await workbookOf({ sheet: `<sheetData>${rows.join('')}</sheetData>` })
      expect(await refusal(workbook, limits)).toMatchObject(expected)
    }
    expect(await refusal(Buffer.from(','.repeat(2_000_000)))).toMatchObject({
      code: 'import.too_many_columns',
    })
    expect(await refusal(Buffer.from(`a,b\n"c,${'d\n'.repeat(40_000)}`))).toMatchObject({
      code: 'import.cell_too_long',
    })
  })

  it('of 200 MB is refused by its size before it is opened, and in a stream once the limit has passed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spreadsheet-'))
    const path = join(folder, 'big.xlsx')
    await writeFile(path, '')
    const file = await open(path, 'r+')
    await file.truncate(200_000_000)
    await file.close()
    const before = process.memoryUsage().rss
    expect(await refusal(path)).toMatchObject({
      code: 'import.too_large',
      details: { limit: 50_000_000, found: 200_000_000 },
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
    await rm(folder, { recursive: true })
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 1
        yield Buffer.alloc(1_000_000)
      }
    }
    expect(await refusal(endless())).toMatchObject({ code: 'import.too_large' })
    expect(sent).toBe(51)
  })
})

describe.runIf(hasSharedData)('real spreadsheets (not applicable where ../shared/data is absent)', () => {
  it('reads 74 printed pages with merged headers and groups', async () => {
    const { sheets, warnings } = await read(sharedData('drugs/西药.xlsx'))
    expect([sheets.length, warnings]).toEqual([74, []])
    expect(sheets[0]?.rows[0]?.cells).toEqual([
      '药品分类代码',
      ...Array<string>(5).fill('药品分类'),
      '编号',
      '药品名称',
      '剂型',
      '备注',
    ])
    expect(sheets[0]?.rows[3]?.cells.slice(5)).toEqual(['甲', '1', '复方硼砂', '外用液体剂'])
  })

  it.each([
    ['merge_cells.xlsx', ['A1:B2', 'A1:B2', 'C1:C2', 'Separate blocks']],
    ['phonetic_text.xlsx', ['漢字']],
    ['wps_fn.xlsx', ['Name', 'Example', 'Result']],
  ])('reads %s of Excel and WPS', async (name, first) => {
    expect((await cellsOf(sharedData(`spreadsheets/${name}`)))?.[0]).toEqual(first)
  })

  it.each([
    ['merge_cells.xls', 'xls'],
    ['biff5_merge_cells.xls', 'xls'],
    ['wps_fn.et', 'xls'],
    ['merge_cells.xlsb', 'xlsb'],
    ['merge_cells.ods', 'ods'],
  ])('refuses %s and says which format it is', async (name, format) => {
    expect(await refusal(sharedData(`spreadsheets/${name}`))).toMatchObject({
      code: 'import.unsupported_format',
      details: { format },
    })
  })
})

// Imports over HTTP: whoever may not, whatever is not a list, and the way of one that is.
import { expect, test } from 'vitest'
import {
  compoundFile,
  textRow,
  withPromisedSize,
  workbookOf,
  zipOf,
} from '#tests/fixtures/spreadsheets/workbook.ts'
import { type Answer, type Browser, colleague, setUpServer, testServer } from '#tests/kit/server.ts'

const server = await testServer()
const admin = await setUpServer(server)
const steward = await joined('steward')
const rep = await joined('rep')

async function joined(role: string): Promise<Browser> {
  const person = {
    name: `虚构 ${role}`,
    email: `${role}@example.test`,
    roles: [role],
    password: 'mountain river 42',
  }
  return (await colleague(server, admin, person)).browser
}

/** Sends a file as a browser's form does. */
async function upload(
  browser: Browser,
  content: Uint8Array | string,
  { name = '名单.csv', target = 'institution', headers = {} } = {},
): Promise<Answer> {
  const boundary = 'rapport-test-boundary'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const body = new Blob([
    head,
    typeof content === 'string' ? content : new Uint8Array(content),
    `\r\n--${boundary}--\r\n`,
  ])
  const type = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return browser.ask(`/api/imports?target=${target}`, {
    method: 'POST',
    body,
    headers: { ...type, ...headers },
  })
}

const list = '医院名称,等级,城市\n示例一院（虚构）,三甲,示例市\n,二级,示例市\n'

test('a list goes its whole way', async () => {
  const handedIn = await upload(steward, list)
  expect(handedIn.status).toBe(201)
  const { id, view, fileName } = handedIn.body
  expect(fileName).toBe('名单.csv')
  expect(view.counts).toMatchObject({ rows: 2, create: 1, refused: 1 })
  const looked = await steward.post(`/api/imports/${id}/preview`, { city: '示例市' })
  expect(looked.body.view.choices.city).toBe('示例市')
  const done = await steward.post(`/api/imports/${id}/run`)
  expect(done.body.run).toMatchObject({ status: 'done', createdRows: 1, refusedRows: 1 })
  const csv = await steward.ask(`/api/imports/${id}/problems?format=csv&language=en`)
  expect(csv.headers.get('content-disposition')).toContain('problems.csv')
  expect(csv.text).toContain('What needs mending')
  const xlsx = await steward.ask(`/api/imports/${id}/problems?format=xlsx&language=zh-CN`)
  expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK'])
  expect((await steward.ask('/api/imports')).body.runs).toMatchObject([{ id, fileName: '名单.csv' }])
  expect((await steward.post(`/api/imports/${id}/undo`)).body).toEqual({ removed: 1, restored: 0, kept: [] })
  const again = await steward.post(`/api/imports/${id}/undo`)
  expect([again.status, again.body.code]).toEqual([409, 'import.undone_already'])
})

test('whoever may not import learns of nothing, and foreign pages cannot', async () => {
  const id = '01900000-0000-7000-8000-000000000000'
  for (const ask of [
    () => upload(rep, list),
    () => rep.ask('/api/imports'),
    () => rep.ask('/api/imports/template?target=institution&format=csv&language=en'),
    () => rep.ask(`/api/imports/${id}/problems?format=csv&language=en`),
    () => rep.post(`/api/imports/${id}/preview`),
    () => rep.post(`/api/imports/${id}/run`),
    () => rep.post(`/api/imports/${id}/undo`),
    () => upload(admin, list, { target: 'customer' }),
    () => steward.post('/api/imports/what/run'),
  ]) {
    const { status, body } = await ask()
    expect([status, body.code]).toEqual([404, 'not_found'])
  }
  expect((await upload(server.browser(), list)).status).toBe(401)
  const foreign = await upload(steward, list, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect([foreign.status, foreign.body.code]).toEqual([403, 'request.cross_site'])
})

test('an empty list to fill in can be brought in as it is', async () => {
  const template = await steward.ask('/api/imports/template?target=institution&format=csv&language=zh-CN')
  const { body } = await upload(steward, template.text)
  expect(body.view.blocked).toEqual([])
  expect(body.view.counts).toMatchObject({ rows: 1, create: 1 })
})

const rows = (count: number) => Array.from({ length: count }, (_, at) => `示例${at}院\n`).join('')
const sheet = (content: string) => workbookOf({ sheet: `<sheetData>${content}</sheetData>` })

test.each<[string, () => Uint8Array | string | Promise<Uint8Array>, number, string]>([
  ['no file at all', () => '', 409, 'import.empty'],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000', 'hex'), 409, 'import.not_spreadsheet'],
  ['a program', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 409, 'import.not_spreadsheet'],
  ['an old workbook', () => compoundFile('Workbook'), 409, 'import.unsupported_format'],
  ['a workbook with a password', () => compoundFile('EncryptedPackage'), 409, 'import.encrypted'],
  ['a zip of something else', () => zipOf({ 'a.txt': 'a' }), 409, 'import.not_spreadsheet'],
  [
    'half a workbook',
    async () => (await sheet(textRow(1, ['名称']))).subarray(0, 300),
    409,
    'import.damaged',
  ],
  [
    'a zip bomb',
    async () =>
      withPromisedSize(await sheet(textRow(1, ['名称'])), 'xl/worksheets/sheet1.xml', 4_000_000_000),
    409,
    'import.zip_bomb',
  ],
  ['200 MB', () => Buffer.alloc(200_000_000, 'x'), 413, 'import.too_large'],
  ['1,048,576 rows', () => `名称\n${rows(1_048_575)}`, 409, 'import.too_many_rows'],
  [
    'more rows than one import takes',
    () => `名称,城市\n${rows(20_001).replaceAll('院', '院,示例市')}`,
    409,
    'import.list_too_long',
  ],
])('%s is refused with a code', async (_, content, status, code) => {
  const answer = await upload(steward, await content())
  expect([answer.status, answer.body?.code]).toEqual([status, code])
})

test('a body that is no form is refused', async () => {
  const answer = await steward.post('/api/imports?target=institution', { file: 'x' })
  expect([answer.status, answer.body.code]).toEqual([400, 'import.file_missing'])
})

test('GBK, a byte order mark, merged headers, formulas and macros come in clean', async () => {
  const gbk = Buffer.from('c3fbb3c62cb3c7cad00acabec0fdd2bbd4ba2ccabec0fdcad00a', 'hex')
  expect((await upload(steward, gbk)).body.view).toMatchObject({ encoding: 'gb18030', counts: { create: 1 } })
  expect((await upload(steward, `\ufeff${list}`)).body.view.counts).toMatchObject({ create: 1 })
  const merged = await workbookOf({
    sheet: `<sheetData>${textRow(1, ['示例市医院名单', ''])}${textRow(2, ['医院名称', '城市'])}<row r="3"><c t="str"><f>CONCAT("示例","院")</f><v>示例公式医院</v></c><c t="inlineStr"><is><t>示例市</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`,
    more: { 'xl/vbaProject.bin': Buffer.from('macro') },
  })
  const { view } = (await upload(steward, merged, { name: '名单.xlsm' })).body
  expect(view.counts).toMatchObject({ rows: 1, create: 1 })
  expect(view.warnings.map(({ code }: { code: string }) => code).sort()).toEqual([
    'import.formula_value_taken',
    'import.macros_ignored',
  ])
})

test('names of files never become paths', async () => {
  const { status, body } = await upload(steward, list, { name: '../../../etc/passwd' })
  expect([status, body.fileName]).toEqual([201, 'passwd'])
})

test('choices that are none are refused field by field', async () => {
  const { id } = (await upload(steward, list)).body
  const answer = await steward.post(`/api/imports/${id}/run`, {
    near: 'maybe',
    decisions: [{ line: 0, fate: 'x' }],
  })
  expect([answer.status, answer.body.code]).toEqual([400, 'input.invalid'])
  expect(answer.body.details.problems.map(({ path }: { path: string }) => path)).toEqual([
    'near',
    'decisions.0.line',
    'decisions.0.fate',
  ])
})

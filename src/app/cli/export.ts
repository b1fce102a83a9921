import { writeFile } from 'node:fs/promises'
import { type AnyRow, type Entity, fieldOf } from '#core/entity.ts'
import type { Json } from '#core/json.ts'
import { columnName, tableOf } from '#server/postgres/sql-columns.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { type CellValue, writeSpreadsheet } from '#server/spreadsheet/spreadsheet-write.ts'
import { registry } from '../registry.ts'
import { catalogue } from '../words.ts'
import { BadUsage, type Command, type ExitCode, exitCodes, note, readArguments } from './command.ts'
import { atWork, organisationNamed } from './workplace.ts'

const formats = ['csv', 'xlsx', 'json'] as const
type Format = (typeof formats)[number]

export const exportRows: Command = {
  about: {
    en: 'Write all rows of one kind as a spreadsheet or JSON.',
    zh: '导出某一类数据（xlsx、csv、json）',
  },
  usage: `export ENTITY [FILE]

  --format csv|xlsx|json  csv unless FILE ends otherwise
  --org NAME              which organisation, where there are several
  --names                 names of fields as headers instead of Chinese labels

Without FILE it goes to standard output. Entities: ${[...registry.entities.keys()].join(', ')}.`,
  async run(args) {
    const options = { format: 'value', org: 'value', names: 'switch' } as const
    const { words, options: given } = readArguments(args, options, [1, 2])
    const [name = '', file] = words
    const entity = registry.entities.get(name)
    if (!entity) throw new BadUsage(`There is no entity "${name}".`)
    const format = formatOf(
      given.format ?? file?.split('.').at(-1)?.toLowerCase() ?? 'csv',
      given.format !== null,
    )
    const rows = await rowsOf(entity, given.org)
    const content = await contentOf(entity, rows, { format, hasNames: given.names })
    return put(content, { file, count: rows.length })
  },
}

function formatOf(wanted: string, isSaid: boolean): Format {
  const known = formats.find((format) => format === wanted)
  if (!known && isSaid) throw new BadUsage(`"${wanted}" is no format.`)
  return known ?? 'csv'
}

function shownColumns(entity: Entity): readonly string[] {
  return entity.columns.filter((name) => fieldOf(entity, name)?.facts.serverOnly !== true)
}

async function rowsOf(entity: Entity, org: string | null): Promise<readonly AnyRow[]> {
  return atWork(async ({ database }) => {
    const { orgId } = await organisationNamed(database, org)
    const list = shownColumns(entity).map((name) => `t.${columnName(name)} as "${name}"`)
    return transaction(database.app, orgId, async (client) => {
      const { rows } = await client.query<AnyRow>(
        `select ${list.join(', ')} from ${tableOf(entity)} t where t.org_id = $1 order by t.id`,
        [orgId],
      )
      return rows
    })
  })
}

async function contentOf(
  entity: Entity,
  rows: readonly AnyRow[],
  { format, hasNames }: { readonly format: Format; readonly hasNames: boolean },
): Promise<Buffer> {
  if (format === 'json') return Buffer.from(`${JSON.stringify(rows, null, 1)}\n`)
  const columns = shownColumns(entity)
  const header = columns.map((name) => (hasNames ? name : labelOf(entity, name)))
  const body = rows.map((row) => columns.map((name) => cellOf(row[name] ?? null)))
  return writeSpreadsheet([header, ...body], { format, sheetName: labelOf(entity, null) })
}

function labelOf({ name: entity }: Entity, field: string | null): string {
  const key = field === null ? entity : `${entity}.${field}`
  return (Object.hasOwn(catalogue, key) ? catalogue[key]?.['zh-CN'] : undefined) ?? field ?? entity
}

function cellOf(value: Json): CellValue {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '是' : '否'
  return Array.isArray(value) ? value.join('; ') : JSON.stringify(value)
}

async function put(
  content: Buffer,
  { file, count }: { readonly file: string | undefined; readonly count: number },
): Promise<ExitCode> {
  if (file === undefined) {
    await new Promise<void>((resolve) => process.stdout.write(content, () => resolve()))
  } else {
    // People's data: for its owner only, and never over another file.
    await writeFile(file, content, { mode: 0o600, flag: 'wx' })
    note(`${file}: ${count} rows.`)
  }
  return exitCodes.done
}

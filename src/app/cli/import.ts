// `rapport import`: a list of institutions or customers from the command line, as on screen.
import { createReadStream } from 'node:fs'
import { access, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ImportChoices, noChoices, rowFates } from '#features/imports/import-choices.rules.ts'
import { type HandedIn, ImportDesk } from '#features/imports/import-desk.server.ts'
import { knownTerritories } from '#features/imports/import-existing.server.ts'
import { importingMembers } from '#features/imports/import-members.server.ts'
import { problemSheet } from '#features/imports/import-sheets.rules.ts'
import type { ImportTargetName } from '#features/imports/import-view.rules.ts'
import { type Database, openDatabase } from '#server/postgres/database.ts'
import { migrate } from '#server/postgres/migrate.ts'
import { readSettings, type Settings } from '#server/settings.ts'
import { writeSpreadsheet } from '#server/spreadsheet/spreadsheet-write.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { openWakes } from '#sync/server/wake.ts'
import { refusalIn } from '../refusal-in.ts'
import { migrationsFolder } from '../server.ts'
import { serverDeps } from '../server-deps.ts'
import {
  BadUsage,
  type Command,
  CommandFailed,
  type ExitCode,
  exitCodes,
  note,
  print,
  printJson,
  readArguments,
} from './command.ts'

const targets: ReadonlyMap<string, ImportTargetName> = new Map([
  ['institutions', 'institution'],
  ['customers', 'customer'],
])

const options = {
  as: 'value',
  territory: 'value',
  province: 'value',
  city: 'value',
  near: 'value',
  'create-missing': 'switch',
  'dry-run': 'switch',
  json: 'switch',
} as const

export const importLists: Command = {
  about: {
    en: 'Bring in a list of institutions or customers (xlsx, csv).',
    zh: '导入医疗机构或客户名单（xlsx、csv）',
  },
  usage: `import institutions|customers FILE

  --dry-run         only look: print what would happen, write nothing
  --as EMAIL        whose import it is (the only data steward or administrator)
  --territory NAME  territory of the rows whose list has no such column; customers need one
  --province NAME   where all rows are, for lists that do not say it
  --city NAME
  --near ask|create|fill|skip
                    rows that may be there already: leave out (ask), add, complete, skip
  --create-missing  customers: add institutions that are not there yet
  --json            the outcome as JSON

Rows that do not come in are written to FILE.problems.xlsx; the exit code is 1 then.`,
  async run(args) {
    const { words, options: given } = readArguments(args, options, [2, 2])
    const [what = '', path = ''] = words
    const target = targets.get(what)
    if (target === undefined) throw new BadUsage(`"${what}" cannot be imported.`)
    const near =
      given.near === null ? null : ([...rowFates, 'ask'] as const).find((each) => each === given.near)
    if (near === undefined) throw new BadUsage(`--near is "${given.near}".`)
    await access(path).catch(() => {
      throw new CommandFailed(`There is no file ${path}, or it cannot be read. Check the path.`)
    })
    const settings = readSettings()
    const database = await openDatabase(settings, { joinsRunning: true })
    try {
      const choices = {
        ...noChoices,
        near,
        province: given.province,
        city: given.city,
        createMissing: given['create-missing'],
      }
      return await bringIn(database, settings, {
        target,
        path,
        choices,
        ...given,
        isDryRun: given['dry-run'],
      })
    } finally {
      await database.close()
    }
  },
}

interface Given {
  readonly target: ImportTargetName
  readonly path: string
  readonly choices: ImportChoices
  readonly as: string | null
  readonly territory: string | null
  readonly isDryRun: boolean
  readonly json: boolean
}

async function bringIn(database: Database, { dataFolder }: Settings, given: Given): Promise<ExitCode> {
  await migrate(database.owner, migrationsFolder)
  const wakes = await openWakes(database.connection)
  const deps = serverDeps(database.app, { committed: (orgId, seq) => wakes.tell(orgId, seq) })
  try {
    const principal = await actingMember(database, deps, given)
    const territoryId = await territoryNamed(deps, principal, given.territory)
    const desk = new ImportDesk(deps, `${dataFolder}/imports`)
    const choices = { ...given.choices, territoryId }
    const content = createReadStream(given.path)
    const handedIn = await desk.handIn(
      principal,
      { ...given, fileName: basename(given.path), choices },
      content,
    )
    const written = await problemsBeside(desk, principal, { handedIn, path: given.path })
    const [blocked] = handedIn.view.blocked
    const isRun =
      !given.isDryRun && blocked === undefined && handedIn.view.counts.create + handedIn.view.counts.fill > 0
    const run = isRun ? await desk.run(principal, handedIn.id, choices) : null
    tell(handedIn, { run, written, isJson: given.json })
    const { refused, ask } = handedIn.view.counts
    return blocked !== undefined || refused + ask > 0 ? exitCodes.failed : exitCodes.done
  } finally {
    await wakes.close()
  }
}

async function actingMember(
  { owner }: Database,
  deps: ServerDeps,
  { as, target }: Given,
): Promise<Principal> {
  const { mutations } = deps.registry
  const [member, ...others] = await importingMembers(owner, { target, mutations, email: as })
  if (member === undefined) {
    throw new CommandFailed(
      as === null
        ? `Nobody here may import ${target}s yet. Invite a data steward first.`
        : `${as} is no active member who may import ${target}s. Data stewards may.`,
    )
  }
  const elsewhere = others.filter(({ orgId }) => orgId !== member.orgId)
  if (elsewhere.length > 0) {
    const emails = [member, ...elsewhere].map(({ email }) => email).join(', ')
    throw new CommandFailed(
      `There are several organisations here. Say whose import it is with --as: ${emails}.`,
    )
  }
  return member
}

async function territoryNamed(
  { pool }: ServerDeps,
  { orgId }: Principal,
  name: string | null,
): Promise<string | null> {
  if (name === null) return null
  const all = await knownTerritories(pool, orgId)
  const found = all.filter((each) => each.name === name || each.path === name)
  if (found.length === 1) return found[0]?.id ?? null
  const paths = (found.length > 0 ? found : all).map(({ path }) => path).join(', ')
  throw new CommandFailed(
    found.length > 0
      ? `Several territories are called "${name}": ${paths}. Write the whole path.`
      : `There is no territory "${name}". There are: ${paths || 'none yet'}.`,
  )
}

/** Where the rows that do not come in were written, if there are any. */
async function problemsBeside(
  desk: ImportDesk,
  principal: Principal,
  { handedIn, path }: { readonly handedIn: HandedIn; readonly path: string },
): Promise<string | null> {
  const { refused, ask } = handedIn.view.counts
  if (refused + ask === 0) return null
  const faulty = await desk.problems(principal, handedIn.id)
  const rows = problemSheet(faulty, {
    heading: refusalIn('zh-CN', 'import.problem_heading'),
    of: ({ code, params }) => `${refusalIn('zh-CN', code, params)} ${refusalIn('en', code, params)}`,
  })
  const file = `${path}.problems.xlsx`
  await writeFile(file, await writeSpreadsheet(rows, { format: 'xlsx' }))
  return file
}

interface Outcome {
  readonly run: unknown
  readonly written: string | null
  readonly isJson: boolean
}

function tell({ id, fileName, view }: HandedIn, { run, written, isJson }: Outcome): void {
  const { counts, columns, blocked, encoding, target } = view
  if (isJson) {
    const matched = columns.filter(({ field }) => field !== null)
    printJson({ id, fileName, target, encoding, counts, columns: matched, blocked, run, problems: written })
    return
  }
  for (const { header, field } of columns) if (field !== null) note(`  ${header} → ${field}`)
  const lines: readonly (readonly [string, number])[] = [
    ['rows 行', counts.rows],
    ['added 新增', counts.create],
    ['completed 补全', counts.fill],
    ['there already 已有', counts.skip],
    ['undecided 待定', counts.ask],
    ['refused 有误', counts.refused],
    ['with remarks 有提示', counts.warning],
    ['institutions added 新机构', counts.newInstitutions],
  ]
  if (blocked.length === 0)
    for (const [label, count] of lines) print(`${String(count).padStart(8)}  ${label}`)
  for (const { code, details } of blocked)
    note(`${refusalIn('en', code, details)}\n${refusalIn('zh-CN', code, details)}`)
  if (written !== null) note(`What did not come in, and why: ${written}`)
  print(run === null ? 'Nothing was written. 没有写入。' : `Import ${id} is done. 导入完成。`)
}

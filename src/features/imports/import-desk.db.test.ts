// Whole imports over Postgres: what they write, who may, how they are taken back.
import { mkdtempSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { Refused } from '#core/refused.ts'
import { verifyAudit } from '#server/audit/audit-verify.ts'
import { apply } from '#sync/server/apply.ts'
import type { Principal } from '#sync/server/principal.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import { type ImportChoices, noChoices } from './import-choices.rules.ts'
import { ImportDesk } from './import-desk.server.ts'
import type { ImportTargetName } from './import-view.rules.ts'

const database = await freshDatabase()
let org: SmallOrg
let desk: ImportDesk
let folder: string

beforeEach(async () => {
  org = await smallOrg(database.app)
  folder = mkdtempSync(join(tmpdir(), 'imports-'))
  desk = new ImportDesk(org.deps, folder)
})

function handIn(text: string, target: ImportTargetName = 'institution', by: Principal = org.steward) {
  return desk.handIn(by, { target, fileName: '名单.csv' }, Readable.from([Buffer.from(text)]))
}

async function bringIn(
  text: string,
  said: Partial<ImportChoices> = {},
  target: ImportTargetName = 'institution',
) {
  const { id } = await handIn(text, target)
  return { id, run: await desk.run(org.steward, id, { ...noChoices, ...said }) }
}

async function rows<R extends object>(text: string): Promise<R[]> {
  return (await database.owner.query<R & { [name: string]: unknown }>(text, [org.orgId])).rows
}

const institutions = () =>
  rows<{ name: string; phone: string | null; level: string | null; address: string | null }>(
    'select name, phone, level, address from institution where org_id = $1 order by name collate "C"',
  )

/** Every row of every subject as it stands, for saying that nothing has changed. */
async function everything(): Promise<string> {
  const tables = ['institution', 'department', 'customer', 'affiliation']
  const found = await Promise.all(
    tables.map((table) =>
      rows<{ row: { [column: string]: unknown } }>(
        `select to_jsonb(t) - '{updated_at,updated_by}'::text[] as row from "${table}" t where org_id = $1 order by id`,
      ),
    ),
  )
  return JSON.stringify(found)
}

async function refusal(act: Promise<unknown>): Promise<string> {
  try {
    await act
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
  throw new Error('it was not refused')
}

const list = `医院名称,等级,城市,地址,电话
示例一院（虚构）,三级甲等,示例市,示例路1号,010-80000001
示例二院（虚构）,二级,示例市,示例路2号,010-80000002
,二级,示例市,示例路3号,
示例三院（虚构）,特别好,示例市,示例路4号,010-80000004
`

describe('institutions', () => {
  it('come in where their rows are fine; the others go back with what is wrong', async () => {
    const { id, run } = await bringIn(list, { territoryId: org.north })
    expect(run).toMatchObject({
      target: 'institution',
      status: 'done',
      readRows: 4,
      createdRows: 2,
      refusedRows: 2,
    })
    expect((await institutions()).map(({ name }) => name)).toEqual([
      '市第一医院（虚构）',
      '示例一院（虚构）',
      '示例二院（虚构）',
    ])
    const { headers, rows: faulty } = await desk.problems(org.steward, id)
    expect(headers[0]).toBe('医院名称')
    expect(faulty.map(({ line, problems }) => [line, problems.map(({ code }) => code)])).toEqual([
      [4, ['import.value_missing']],
      [5, ['import.level_unreadable']],
    ])
  })

  it('are told to the audit, to devices and to those who see them', async () => {
    const { id } = await bringIn(list, { territoryId: org.north })
    const told = await rows<{ actor: string; reason: string; count: number }>(
      `select actor, reason, jsonb_array_length(changes) as count from audit where org_id = $1 and mutation = 'import.run'`,
    )
    expect(told).toEqual([{ actor: org.steward.userId, reason: `名单.csv (${id})`, count: 3 }])
    expect(await verifyAudit(database.owner, org.orgId)).toMatchObject({ isIntact: true })
    const fed = await rows<{ entity: string }>(
      `select entity from feed f where org_id = $1 and seq = (select seq from org_counter where org_id = $1) order by entity`,
    )
    expect(fed.map(({ entity }) => entity)).toEqual(['import_run', 'institution', 'institution'])
    const seen = await rows<{ n: number }>(
      `select count(*)::int as n from scope_member s join institution i on i.id = s.scope
       where s.org_id = $1 and s.user_id = '${org.rep.userId}' and i.name like '示例%'`,
    )
    expect(seen).toEqual([{ n: 2 }])
  })

  it('that are there already get what they lack, keep what they have, and are not doubled', async () => {
    await bringIn('名称,城市,电话\n示例市中心医院（虚构）,示例市,010-80000009')
    const { run } = await bringIn('名称,城市,电话,等级\n示例市中心医院（虚构）,示例市,010-81111111,三甲')
    expect(run).toMatchObject({ createdRows: 0, filledRows: 1 })
    const found = (await institutions()).filter(({ name }) => name.startsWith('示例市中心'))
    expect(found).toEqual([
      { name: '示例市中心医院（虚构）', phone: '010-80000009', level: '3A', address: null },
    ])
  })

  it('that stand in the list twice come in once', async () => {
    const { run } = await bringIn('名称,城市\n示例市海滨医院,示例市\n示例市海滨医院,示例市')
    expect(run).toMatchObject({ createdRows: 1, passedRows: 1 })
  })

  it('that may be there wait until somebody has said', async () => {
    await bringIn('名称,城市\n省妇幼保健院,福州市')
    const near = '名称,城市\n福州市妇幼保健院,福州市'
    const { id, view } = await handIn(near)
    expect(view.counts).toMatchObject({ ask: 1, create: 0 })
    expect(view.duplicates[0]).toMatchObject({ line: 2, isCertain: false, fate: 'ask' })
    expect(await refusal(desk.run(org.steward, id, noChoices))).toBe('import.nothing_to_do')
    const decisions = [{ line: 2, fate: 'create' as const }]
    expect(await desk.run(org.steward, id, { ...noChoices, decisions })).toMatchObject({ createdRows: 1 })
  })
})

describe('customers', () => {
  const people = `姓名,医院,科室,职称,手机,辖区
示例甲（虚构）,市第一医院（虚构）,心内科,主任医师,13800000001,北
示例乙（虚构）,市第一医院（虚构）,心内科,主治医师,13800000002,大区 / 南
示例丙（虚构）,谁也不认识的医院,骨科,,13800000003,北
示例丁（虚构）,市第一医院（虚构）,骨科,,13800000004,火星
`

  it('come in with institution, department and territory', async () => {
    const { run } = await bringIn(people, {}, 'customer')
    expect(run).toMatchObject({ createdRows: 2, refusedRows: 2 })
    const found = await rows(
      `select c.name, d.name as department, i.name as institution, t.name as territory, a.is_primary
       from customer c join affiliation a on a.customer_id = c.id join department d on d.id = a.department_id
       join institution i on i.id = c.institution_id join territory t on t.id = c.territory_id
       where c.org_id = $1 order by c.phone`,
    )
    const place = { department: '心内科', institution: '市第一医院（虚构）', is_primary: true }
    expect(found).toEqual([
      { name: '示例甲（虚构）', territory: '北', ...place },
      { name: '示例乙（虚构）', territory: '南', ...place },
    ])
    expect(await rows('select name from department where org_id = $1')).toHaveLength(1)
  })

  it('bring their institutions along only when that is said', async () => {
    const { id, view } = await handIn(people, 'customer')
    expect(view.places[0]).toMatchObject({ name: '谁也不认识的医院', state: 'open' })
    const run = await desk.run(org.steward, id, { ...noChoices, createMissing: true })
    expect(run).toMatchObject({ createdRows: 3, refusedRows: 1 })
    expect((await institutions()).map(({ name }) => name)).toContain('谁也不认识的医院')
  })

  it('need a territory', async () => {
    const bare = '姓名,医院\n示例戊（虚构）,市第一医院（虚构）'
    const { id, view } = await handIn(bare, 'customer')
    expect(view.blocked.map(({ code }) => code)).toEqual(['import.territory_needed'])
    expect(await refusal(desk.run(org.steward, id, noChoices))).toBe('import.territory_needed')
    const run = await desk.run(org.steward, id, { ...noChoices, territoryId: org.south })
    expect(run).toMatchObject({ createdRows: 1 })
  })

  it('are recognised at the same institution', async () => {
    await bringIn('姓名,医院\n示例己（虚构）,市第一医院（虚构）', { territoryId: org.south }, 'customer')
    const again = '姓名,医院,手机\n示例己（虚构）,市第一医院（虚构）,13800000006'
    const { run } = await bringIn(again, { territoryId: org.south, near: 'fill' }, 'customer')
    expect(run).toMatchObject({ createdRows: 0, filledRows: 1 })
  })

  it('whose list has columns that the law forbids do not come in, and their file is not kept', async () => {
    const { id, view } = await handIn('姓名,医院,月处方量\n示例庚（虚构）,市第一医院（虚构）,40', 'customer')
    expect(view.blocked.map(({ code }) => code)).toContain('import.forbidden_column')
    expect(JSON.stringify(view)).not.toContain('"40"')
    expect(await refusal(desk.run(org.steward, id, noChoices))).toBe('not_found')
    expect(await readdir(folder)).toEqual([])
  })
})

describe('undoing', () => {
  it('restores everything as it was', async () => {
    await bringIn('名称,城市\n示例市中心医院（虚构）,示例市')
    const before = await everything()
    const first = await bringIn(`${list}示例市中心医院（虚构）,三甲,示例市,示例路9号,\n`)
    const people = '姓名,医院,科室\n示例辛（虚构）,示例一院（虚构）,心内科\n示例壬（虚构）,新来的医院,内科'
    const second = await bringIn(people, { territoryId: org.north, createMissing: true }, 'customer')
    expect(await everything()).not.toBe(before)
    expect(await desk.undo(org.steward, second.id)).toEqual({ removed: 5, restored: 0, kept: [] })
    expect(await desk.undo(org.steward, first.id)).toEqual({ removed: 2, restored: 1, kept: [] })
    expect(await everything()).toBe(before)
    expect(await verifyAudit(database.owner, org.orgId)).toMatchObject({ isIntact: true })
    expect(await refusal(desk.undo(org.steward, first.id))).toBe('import.undone_already')
  })

  it('keeps and names what somebody has worked with since', async () => {
    const { id } = await bringIn(list, { territoryId: org.north })
    const [edited] = await rows<{ id: string }>(
      `select id from institution where org_id = $1 and name = '示例一院（虚构）'`,
    )
    const [used] = await rows<{ id: string }>(
      `select id from institution where org_id = $1 and name = '示例二院（虚构）'`,
    )
    org.clock.advance(1_000)
    const edit = { id: edited?.id, changes: { phone: '010-82222222' } }
    await apply(org.deps, org.steward, { name: 'institution.edit', args: edit })
    const add = { id: org.deps.newId(), institutionId: used?.id, name: '心内科' }
    await apply(org.deps, org.steward, { name: 'department.add', args: add })
    const undone = await desk.undo(org.steward, id)
    expect(undone.removed).toBe(0)
    expect(undone.kept.map(({ name, why }) => [name, why]).sort()).toEqual([
      ['示例一院（虚构）', 'changed'],
      ['示例二院（虚构）', 'in_use'],
    ])
  })

  it('leaves customers with a visit where they are', async () => {
    const people = '姓名,医院\n示例癸（虚构）,市第一医院（虚构）'
    const { id } = await bringIn(people, { territoryId: org.north }, 'customer')
    const [person] = await rows<{ id: string }>(
      `select id from customer where org_id = $1 and name = '示例癸（虚构）'`,
    )
    const visit = {
      id: org.deps.newId(),
      customerId: person?.id,
      institutionId: null,
      channel: 'face_to_face',
      startsAt: org.clock.now(),
      minutes: 15,
      objective: null,
    }
    const planned = await apply(org.deps, org.rep, { name: 'visit.plan', args: visit })
    expect(planned.status).toBe('accepted')
    expect((await desk.undo(org.steward, id)).kept).toMatchObject([{ name: '示例癸（虚构）', why: 'in_use' }])
  })
})

describe('rights', () => {
  it('institutions: steward and admin; customers: steward; nobody else learns that there are imports', async () => {
    const may = (by: Principal) => {
      try {
        return desk.mayImport(by)
      } catch (error) {
        return error instanceof Refused ? error.code : error
      }
    }
    expect(may(org.steward)).toEqual(['institution', 'customer'])
    expect(may(org.admin)).toEqual(['institution'])
    const others = ['rep', 'manager', 'medical', 'content', 'compliance', 'safety', 'auditor'] as const
    for (const role of others) expect(may({ ...org.rep, roles: [role] })).toBe('not_found')
  })

  it('a list is its bringer’s alone', async () => {
    const { id } = await handIn(list)
    expect(await refusal(desk.preview(org.admin, id, noChoices))).toBe('not_found')
    expect(await refusal(desk.run(org.admin, id, noChoices))).toBe('not_found')
    expect(await refusal(desk.run(org.rep, id, noChoices))).toBe('not_found')
    expect(await refusal(desk.undo(org.rep, id))).toBe('not_found')
  })

  it('another organisation has nothing of it', async () => {
    const { id } = await bringIn(list)
    const other = await smallOrg(database.app)
    const elsewhere = new ImportDesk(other.deps, folder)
    expect(await refusal(elsewhere.undo(other.steward, id))).toBe('not_found')
    expect(await refusal(elsewhere.problems(other.steward, id))).toBe('not_found')
  })
})

describe('exactly once', () => {
  it('two presses of the button are one import', async () => {
    const { id } = await handIn(list)
    const [one, two] = await Promise.all([
      desk.run(org.steward, id, noChoices),
      desk.run(org.steward, id, noChoices),
    ])
    expect(two).toEqual(one)
    expect(await desk.run(org.steward, id, noChoices)).toEqual(one)
    expect((await institutions()).filter(({ name }) => name.startsWith('示例'))).toHaveLength(2)
    expect(await rows('select 1 from import_run where org_id = $1')).toHaveLength(1)
  })

  it('5,000 rows come in together in seconds, and go together', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `编号${at}号示例医院,示例市,示例路${at}号`)
    const begun = performance.now()
    const { id, run } = await bringIn(['名称,城市,地址', ...many].join('\n'), {
      near: 'create',
      certain: 'skip',
    })
    const took = performance.now() - begun
    expect(run).toMatchObject({ readRows: 5_000, createdRows: 5_000 })
    const again = performance.now()
    expect(await desk.undo(org.steward, id)).toMatchObject({ removed: 5_000, kept: [] })
    process.stdout.write(
      `5,000 rows: in ${Math.round(took)} ms, undone ${Math.round(performance.now() - again)} ms\n`,
    )
    expect(took).toBeLessThan(30_000)
  })
})

import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { pinyinOf } from '#core/pinyin.ts'
import { nameKeys } from '#core/search-text.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { customerRow, type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import { insertRows } from './bulk.ts'
import type { Principal } from './principal.ts'
import { listFacts } from './read-query.ts'
import { type ListRequest, readList, readOne } from './read-rows.ts'

const database = await freshDatabase()
let org: SmallOrg
const names = ['赵敏', '钱多多', '孙明华', '李小明', '李大明', '周华', '吴明明', '郑和', '欧阳明', 'Anna Li']

beforeAll(async () => {
  org = await smallOrg(database.app)
  const rows = names.map((name, index) => {
    const [entity, row] = customerRow(name, index % 2 === 0 ? org.north : org.south, org.clock.now())
    // Two without keys, as a device without the dictionary makes them.
    const keys = index < 8 ? nameKeys(name, pinyinOf) : nameKeys(name, null)
    return [entity, { ...row, ...keys }] as const
  })
  await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, rows)
})

async function namesOf(who: Principal, request: ListRequest): Promise<readonly unknown[]> {
  return (await readList(org.deps, who, 'customer', request)).rows.map(({ name }) => name)
}

/** All pages one after the other. */
async function walk(who: Principal, request: ListRequest): Promise<readonly unknown[]> {
  const found: unknown[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readList>> = await readList(org.deps, who, 'customer', {
      ...request,
      ...(cursor !== null && { cursor }),
    })
    expect(page.rows.length).toBeLessThanOrEqual(request.limit ?? 50)
    found.push(...page.rows.map(({ name }) => name))
    cursor = page.next
  } while (cursor !== null)
  return found
}

describe('a list', () => {
  test('holds the rows of one’s own territories only, in every order', async () => {
    const north = ['李明华', ...names.filter((_, index) => index % 2 === 0)].sort()
    expect([...(await namesOf(org.rep, {}))].sort()).toEqual(north)
    expect([...(await namesOf(org.rep, { sort: '-createdAt' }))].sort()).toEqual(north)
    expect(await namesOf(org.manager, {})).toHaveLength(12)
    expect(await namesOf(org.steward, {})).toHaveLength(12)
    await expect(readList(org.deps, org.admin, 'customer')).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each(['sortKey', '-sortKey', 'createdAt', '-id'])('in pages by %s is the same list', async (sort) => {
    for (const who of [org.rep, org.manager, org.steward]) {
      const whole = await namesOf(who, { sort, limit: 200 })
      expect(await walk(who, { sort, limit: 2 })).toEqual(whole)
      expect(new Set(whole).size).toBe(whole.length)
    }
  })

  test('is ordered by pinyin, with names that have none at the end', async () => {
    const list = await namesOf(org.steward, { filter: { territoryId: org.south } })
    expect(list).toEqual(['王芳', '李小明', '钱多多', '郑和', '周华', 'Anna Li'].sort(byKey))
  })

  test('is filtered by values, several values, ranges and emptiness', async () => {
    expect(await namesOf(org.manager, { filter: { role: 'procurement' } })).toEqual([])
    expect(await namesOf(org.manager, { filter: { role: ['physician', 'procurement'] } })).toHaveLength(12)
    expect(await namesOf(org.manager, { filter: { institutionId: null } })).toHaveLength(12)
    const from = org.clock.now()
    expect(await namesOf(org.manager, { filter: { createdAt: { from } } })).toHaveLength(12)
    expect(await namesOf(org.manager, { filter: { createdAt: { to: '2020-01-01T00:00:00Z' } } })).toEqual([])
  })

  test('finds by fragment, by the beginning of pinyin and by initials', async () => {
    const found = async (search: string) => [...(await namesOf(org.steward, { search }))].sort()
    expect(await found('明')).toEqual(['李明华', '孙明华', '李小明', '李大明', '吴明明', '欧阳明'].sort())
    expect(await found('明华')).toEqual(['李明华', '孙明华'].sort())
    expect(await found('大 明')).toEqual(['李大明'])
    expect(await found('lixiao')).toEqual(['李小明'])
    expect(await found('WMM')).toEqual(['吴明明'])
    expect(await found('anna')).toEqual(['Anna Li'])
    expect(await found('·')).toEqual([])
    expect(await namesOf(org.rep, { search: '小明' })).toEqual([])
  })

  test('never holds what stays on the server', async () => {
    const { rows } = await readList(org.deps, org.steward, 'customer', { limit: 1 })
    expect(Object.keys(rows[0] ?? {})).toEqual(customer.columns.filter((name) => name !== 'bigrams'))
  })

  test('refuses what cannot be asked, and says what can', async () => {
    const refused = (request: ListRequest, entity = 'customer') =>
      readList(org.deps, org.steward, entity, request)
    const { filter, sort } = listFacts(customer)
    await expect(refused({ filter: { bigrams: 'x' } })).rejects.toMatchObject({
      code: 'filter.unknown_field',
      details: { field: 'bigrams', allowed: filter },
    })
    await expect(refused({ sort: '-__proto__' })).rejects.toMatchObject({
      code: 'sort.unknown_field',
      details: { field: '__proto__', allowed: sort },
    })
    await expect(refused({ filter: { territoryId: "'; drop table customer" } })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    await expect(refused({ filter: { createdAt: { form: 'x' } } })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    await expect(refused({ cursor: 'e30' })).rejects.toMatchObject({ code: 'list.unknown_cursor' })
    await expect(refused({ limit: 0 })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(refused({ search: 'x' }, 'visit')).rejects.toMatchObject({ code: 'search.not_possible' })
    await expect(refused({}, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a single row', () => {
  test('is given to whoever sees its bundle; to others it is not there', async () => {
    expect(await readOne(org.deps, org.rep, 'customer', org.liMing)).toMatchObject({ name: '李明华' })
    for (const id of [org.wangFang, uuidv7(), 'x']) {
      await expect(readOne(org.deps, org.rep, 'customer', id)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

function byKey(a: string, b: string): number {
  const key = (name: string) =>
    name === 'Anna Li' ? '~' : name === '王芳' ? 'p' : (nameKeys(name, pinyinOf).sortKey ?? '~')
  return key(a) < key(b) ? -1 : 1
}

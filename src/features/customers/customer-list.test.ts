import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '#core/calendar.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { nameKeys } from '#core/search-text.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer, customerRoles } from './customer.entity.ts'
import { type CustomerFilters, noFilters } from './customer-filters.rules.ts'
import { type CustomerListing, customerList, namesakes } from './customer-list.queries.ts'

const today = '2026-11-23'
const plain: CustomerListing = { search: '', filters: noFilters, sort: 'name', today }

interface Person {
  readonly name: string
  readonly role: (typeof customerRoles)[number]
  /** Index of the place where he works; null for nowhere. */
  readonly place: number | null
  readonly secondPlace: number | null
  /** Days ago of completed visits. */
  readonly visits: readonly number[]
  /** Days from today of open promises of ours. */
  readonly promises: readonly number[]
}

const places = [
  { name: '北京协和医院', city: '北京市', department: '心内科' },
  { name: '武汉市第一医院', city: '武汉市', department: '骨科' },
  { name: '市妇幼保健院', city: '武汉市', department: '心内科' },
]

/** Ids carry their index, so that an answer can be read off. */
const idOf = (kind: string, index: number) => `${kind}-${String(index).padStart(4, '0')}`

function world(people: readonly Person[]): MemoryRows {
  const rows = new MemoryRows()
  const put = (entity: Entity, id: string, fields: object) => {
    // A row of these tests has the fields that the queries read.
    rows.put(entity, { id, createdAt: `${today}T01:00:00.000Z`, ...fields } as unknown as AnyRow)
  }
  places.forEach(({ name, city, department: ward }, at) => {
    put(institution, idOf('i', at), { name, city, ...nameKeys(name, pinyinOf) })
    put(department, idOf('d', at), { institutionId: idOf('i', at), name: ward })
  })
  people.forEach(({ name, role, place, secondPlace, visits, promises }, at) => {
    const id = idOf('c', at)
    const institutionId = place === null ? null : idOf('i', place)
    const departmentId = place === null ? null : idOf('d', place)
    const keys = nameKeys(name, pinyinOf)
    put(customer, id, { name, role, title: null, specialty: null, institutionId, departmentId, ...keys })
    for (const where of [place, secondPlace]) {
      if (where === null) continue
      put(affiliation, `${id}-${where}`, { customerId: id, institutionId: idOf('i', where), untilOn: null })
    }
    visits.forEach((ago, index) => {
      put(visit, `${id}-v${index}`, { customerId: id, status: 'completed', visitOn: addDays(today, -ago) })
    })
    put(visit, `${id}-planned`, { customerId: id, status: 'planned', visitOn: today })
    promises.forEach((ahead, index) => {
      const dueOn = addDays(today, ahead)
      put(commitment, `${id}-p${index}`, { customerId: id, status: 'open', promisedBy: 'us', dueOn })
    })
    put(commitment, `${id}-kept`, { customerId: id, status: 'kept', promisedBy: 'us', dueOn: '2020-01-01' })
    put(commitment, `${id}-his`, { customerId: id, status: 'kept', promisedBy: 'customer', dueOn: null })
  })
  return rows
}

const person = (name: string, rest: Partial<Person> = {}): Person => ({
  name,
  role: 'physician',
  place: null,
  secondPlace: null,
  visits: [],
  promises: [],
  ...rest,
})

const found = (people: readonly Person[], listing: Partial<CustomerListing>) =>
  customerList(world(people), { ...plain, ...listing }).sections.flatMap(({ rows }) => rows)
const namesFound = (people: readonly Person[], listing: Partial<CustomerListing>) =>
  found(people, listing).map(({ name }) => name)

test('names stand in the order of their pinyin under their letters, unknown letters at the end', () => {
  const people = [person('张三'), person('艾静'), person('曾强'), person('李四'), person('9号')]
  const { sections } = customerList(world(people), plain)
  expect(sections.map(({ heading, rows }) => [heading, ...rows.map(({ name }) => name)])).toEqual([
    ['A', '艾静'],
    ['L', '李四'],
    ['Z', '曾强', '张三'],
    ['#', '9号'],
  ])
})

describe('a search', () => {
  const people = [
    person('王明', { place: 0 }),
    person('李明华', { place: 1 }),
    person('李明', { place: 2 }),
    person('梁美红', { place: 1 }),
    person('陈协', { place: 2 }),
  ]
  test.each([
    ['李明', ['李明', '李明华']],
    ['lmh', ['李明华', '梁美红']],
    ['liming', ['李明', '李明华']],
    ['明', ['李明', '李明华', '王明']],
    ['协和', ['王明']],
    ['xh', ['王明']],
    ['协', ['陈协', '王明']],
    ['wuhan lmh', ['李明华', '梁美红']],
    ['武汉 梁', ['梁美红']],
    ['骨科', ['李明华', '梁美红']],
    ['没有', []],
  ])('for %s finds %j', (search, expected) => {
    expect(namesFound(people, { search })).toEqual(expected)
  })

  test('finds somebody by a second hospital too', () => {
    const [row] = found([person('赵云', { place: 1, secondPlace: 0 })], { search: '协和' })
    expect(row).toMatchObject({ name: '赵云', institution: '武汉市第一医院', otherPlaces: 1 })
  })
})

test('the longest unseen come first, never seen before all', () => {
  const people = [person('甲', { visits: [3, 40] }), person('乙'), person('丙', { visits: [30] })]
  expect(namesFound(people, { sort: 'visit' })).toEqual(['乙', '丙', '甲'])
})

test('by institution, those without one come last', () => {
  const people = [person('甲'), person('乙', { place: 1 }), person('丙', { place: 0 })]
  const { sections } = customerList(world(people), { ...plain, sort: 'institution' })
  expect(sections.map(({ heading }) => heading)).toEqual(['北京协和医院', '武汉市第一医院', ''])
})

test('a promise is overdue when its day has passed in full', () => {
  const [row] = found([person('甲', { promises: [0, -1, 5] })], {})
  expect(row).toMatchObject({ openPromises: 3, overdueSince: '2026-11-22' })
  expect(found([person('甲', { promises: [0] })], {})[0]?.overdueSince).toBeNull()
})

test('somebody of the same name is noticed, whatever the spaces, and never himself', () => {
  const rows = world([person('李明'), person('李明华')])
  expect(namesakes(rows, ' 李 明').map(({ id }) => id)).toEqual(['c-0000'])
  expect(namesakes(rows, '李明', 'c-0000')).toEqual([])
  expect(namesakes(rows, ' ')).toEqual([])
})

test('a change of one row is seen at the next question', () => {
  const rows = world([person('甲'), person('乙')])
  expect(customerList(rows, plain).count).toBe(2)
  rows.drop(customer, 'c-0001')
  expect(customerList(rows, plain)).toMatchObject({ count: 1, total: 1 })
})

/** The same question answered in the most obvious way: row by row, nothing remembered. */
function naive(people: readonly Person[], filters: CustomerFilters): readonly string[] {
  const placesOf = ({ place, secondPlace }: Person) =>
    [place, secondPlace].flatMap((at) => (at === null ? [] : [{ at, ...places[at] }]))
  const isIn = (wanted: readonly string[], values: readonly (string | undefined)[]) =>
    wanted.length === 0 || values.some((value) => value !== undefined && wanted.includes(value))
  return people.flatMap((each, at) => {
    const last = Math.min(...each.visits)
    const fits =
      isIn(filters.roles, [each.role]) &&
      isIn(
        filters.cities,
        placesOf(each).map(({ city }) => city),
      ) &&
      isIn(
        filters.institutionIds,
        placesOf(each).map((place) => idOf('i', place.at)),
      ) &&
      isIn(filters.departments, each.place === null ? [] : [places[each.place]?.department]) &&
      (filters.promises !== 'open' || each.promises.length > 0) &&
      (filters.promises !== 'overdue' || each.promises.some((ahead) => ahead < 0)) &&
      (filters.unvisitedDays === null || last > filters.unvisitedDays)
    return fits ? [idOf('c', at)] : []
  })
}

test('filters pass exactly those whom the obvious answer passes, in every order', () => {
  const place = fc.option(fc.nat(2), { nil: null })
  const people = fc.array(
    fc.record({
      name: fc.constantFrom('李明', '王芳', '张伟', '曾静', 'Anna'),
      role: fc.constantFrom(...customerRoles.slice(3, 6)),
      place,
      secondPlace: place,
      visits: fc.array(fc.nat(60), { maxLength: 3 }),
      promises: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  const some = (...values: readonly string[]) => fc.subarray([...values])
  const filters: fc.Arbitrary<CustomerFilters> = fc.record({
    roles: some(...customerRoles.slice(3, 6)),
    titles: fc.constant([]),
    cities: some('北京市', '武汉市'),
    institutionIds: some('i-0000', 'i-0001', 'i-0002'),
    departments: some('心内科', '骨科'),
    promises: fc.constantFrom(null, 'open' as const, 'overdue' as const),
    unvisitedDays: fc.constantFrom(null, 14, 30),
  })
  const sort = fc.constantFrom('name' as const, 'visit' as const, 'institution' as const)
  fc.assert(
    fc.property(people, filters, sort, (all, wanted, order) => {
      const list = customerList(world(all), { ...plain, filters: wanted, sort: order })
      const rows = list.sections.flatMap((section) => section.rows)
      expect(rows.map(({ id }) => id).toSorted()).toEqual(naive(all, wanted))
      expect([list.count, list.total]).toEqual([rows.length, all.length])
      if (order === 'visit') {
        const ages = rows.map((row) =>
          row.lastVisitOn === null ? Number.POSITIVE_INFINITY : daysBetween(row.lastVisitOn, today),
        )
        expect(ages).toEqual(ages.toSorted((a, b) => (a === b ? 0 : b - a)))
      }
      const headings = list.sections.map(({ heading }) => heading)
      expect(new Set(headings).size).toBe(headings.length)
    }),
  )
})

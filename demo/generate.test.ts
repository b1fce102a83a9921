import { expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import { weekdayOf } from '#core/calendar.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { runInMemory } from '#core/mutation.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { dueOf } from '#features/commitments/commitment.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { type DemoOrganisation, generateDemo } from './generate.ts'

const now = '2026-11-23T02:00:00.000Z'
const isWorkday = (day: string) => weekdayOf(day) <= 5

/** Plays the acts through the same mutations that people use; a refusal fails the test. */
function played({ orgId, acts }: DemoOrganisation): MemoryRows {
  const rows = new MemoryRows()
  for (const { name, args, ...by } of acts) {
    const mutation = registry.mutations.get(name)
    if (!mutation) throw new Error(`no mutation ${name}`)
    const context = { ...by, orgId, now: by.at, pinyin: pinyinOf }
    rows.apply(runInMemory(mutation, args, { context, read: rows.read }).changes())
  }
  return rows
}

const [north, green] = generateDemo(now, isWorkday).map((organisation) => ({
  organisation,
  rows: played(organisation),
}))

test('the first company has 900 customers in 40 real hospitals of two cities', () => {
  expect(north?.rows.all(customer).length).toBe(900)
  const places = north?.rows.all(institution) ?? []
  expect(places.length).toBe(40)
  expect(new Set(places.map(({ city }) => city))).toEqual(new Set(['北京市', '武汉市']))
  expect(north?.organisation.colleagues.filter(({ roles }) => roles.includes('rep')).length).toBe(6)
})

test('a year of work lies behind and a plan ahead, today included', () => {
  const visits = north?.rows.all(visit) ?? []
  const days = visits.map(({ visitOn }) => visitOn).sort()
  expect(visits.length).toBeGreaterThan(8000)
  expect(days[0]?.slice(0, 7)).toBe('2025-11')
  expect(
    visits.filter(({ visitOn, status }) => visitOn === '2026-11-23' && status === 'planned').length,
  ).toBe(30)
  expect(visits.some(({ visitOn }) => visitOn > '2026-11-30')).toBe(true)
})

test('some commitments are overdue and some are due soon', () => {
  const due = (north?.rows.all(commitment) ?? []).map((each) => dueOf(each, now))
  for (const state of ['overdue', 'today', 'soon', 'later', 'settled']) expect(due).toContain(state)
})

test('nothing was done after now, and the same day gives the same demo', () => {
  expect(north?.organisation.acts.every(({ at }) => at <= now)).toBe(true)
  expect(generateDemo(now, isWorkday)[1]).toEqual(green?.organisation)
})

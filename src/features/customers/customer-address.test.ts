import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customerRoles, professionalTitles } from './customer.entity.ts'
import { addressOf, conditionsIn, filtersFrom, sortFrom } from './customer-address.rules.ts'
import { type CustomerFilters, customerSorts, noFilters } from './customer-filters.rules.ts'

const read = (address: string) => {
  const params = new URLSearchParams(address)
  return (name: string) => params.getAll(name)
}

test('what is asked for comes back from its address', () => {
  const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), { maxLength: 3 })
  const filters: fc.Arbitrary<CustomerFilters> = fc.record({
    roles: fc.subarray([...customerRoles]),
    titles: fc.subarray([...professionalTitles]),
    cities: texts,
    institutionIds: texts,
    departments: texts,
    promises: fc.constantFrom(null, 'open' as const, 'overdue' as const),
    unvisitedDays: fc.option(fc.integer({ min: 1, max: 999 }), { nil: null }),
  })
  fc.assert(
    fc.property(filters, fc.constantFrom(...customerSorts), (asked, sort) => {
      const parts = addressOf(asked, sort).map(([name, value]) => [name, value])
      const all = read(new URLSearchParams(parts).toString())
      expect(filtersFrom(all)).toEqual(asked)
      expect(sortFrom(all)).toBe(sort)
    }),
  )
})

test('an address that makes no sense asks for nothing', () => {
  const all = read('role=king&title=x&promise=later&unvisited=-3&sort=size&other=1')
  expect(filtersFrom(all)).toEqual(noFilters)
  expect(sortFrom(all)).toBe('name')
  expect(filtersFrom(read('unvisited=ten')).unvisitedDays).toBeNull()
})

test('each value is a condition, the order is none', () => {
  expect(conditionsIn(noFilters)).toBe(0)
  expect(conditionsIn({ ...noFilters, cities: ['甲', '乙'], promises: 'open' })).toBe(3)
})

// The list of customers as an address, so that it can be linked to and survives a reload:
// /customers?promise=overdue&city=上海市&sort=visit
import { customerRoles, professionalTitles } from './customer.entity.ts'
import { type CustomerFilters, type CustomerSort, customerSorts } from './customer-filters.rules.ts'

/** Names and values in the order in which they stand in the address. */
export type AddressParts = readonly (readonly [name: string, value: string])[]

/** Days offered for not having been visited. */
export const unvisitedChoices = [14, 30, 60, 90] as const

/** What an address asks for; what it does not know or cannot read is left out. */
export function filtersFrom(all: (name: string) => readonly string[]): CustomerFilters {
  const days = Number(all('unvisited')[0])
  const [promise] = all('promise')
  return {
    roles: all('role').filter((each) => customerRoles.some((role) => role === each)),
    titles: all('title').filter((each) => professionalTitles.some((title) => title === each)),
    cities: all('city'),
    institutionIds: all('at'),
    departments: all('department'),
    promises: promise === 'open' || promise === 'overdue' ? promise : null,
    unvisitedDays: Number.isInteger(days) && days > 0 ? days : null,
  }
}

export function sortFrom(all: (name: string) => readonly string[]): CustomerSort {
  return customerSorts.find((sort) => sort === all('sort')[0]) ?? 'name'
}

export function addressOf(filters: CustomerFilters, sort: CustomerSort): AddressParts {
  const { roles, titles, cities, institutionIds, departments, promises, unvisitedDays } = filters
  const each = (name: string, values: readonly string[]) => values.map((value) => [name, value] as const)
  return [
    ...each('role', roles),
    ...each('title', titles),
    ...each('city', cities),
    ...each('at', institutionIds),
    ...each('department', departments),
    ...each('promise', promises === null ? [] : [promises]),
    ...each('unvisited', unvisitedDays === null ? [] : [String(unvisitedDays)]),
    ...each('sort', sort === 'name' ? [] : [sort]),
  ]
}

/** How many conditions are set. */
export function conditionsIn(filters: CustomerFilters): number {
  return addressOf(filters, 'name').length
}

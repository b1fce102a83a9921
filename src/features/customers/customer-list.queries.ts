import { daysBetween } from '#core/calendar.ts'
import { oncePer } from '#core/once-per.ts'
import { searchForm } from '#core/search-text.ts'
import type { View } from '#core/view.ts'
import {
  type Customer,
  compareTexts,
  type Entry,
  entriesOf,
  type Institution,
  institutionName,
  lastVisitOf,
  type OpenPromises,
  openPromisesOf,
} from './customer-facts.queries.ts'
import type { CustomerFilters, CustomerSort } from './customer-filters.rules.ts'
import { type Fit, fit, fitOf, soughtIn } from './name-match.rules.ts'

export interface CustomerListing {
  readonly search: string
  readonly filters: CustomerFilters
  readonly sort: CustomerSort
  /** The Shanghai day from which overdue and days are counted. */
  readonly today: string
}

export interface CustomerRow {
  readonly id: string
  readonly name: string
  readonly role: Customer['role']
  readonly title: Customer['title']
  readonly institution: string | null
  readonly department: string | null
  /** Institutions besides the primary one where he works. */
  readonly otherPlaces: number
  readonly lastVisitOn: string | null
  readonly openPromises: number
  /** The earliest day of ours that has passed; null where none has. */
  readonly overdueSince: string | null
}

/** Neighbours in the list under one heading: a letter, an institution; null where the order has no headings. */
export interface CustomerSection {
  readonly heading: string | null
  readonly rows: readonly CustomerRow[]
}

export interface CustomerList {
  readonly sections: readonly CustomerSection[]
  /** How many are listed. */
  readonly count: number
  /** How many there are. */
  readonly total: number
}

/** The list of customers as it is asked for. What does not depend on the question is kept between questions. */
export function customerList(view: View, { search, filters, sort, today }: CustomerListing): CustomerList {
  const entries = entriesOf(view)
  const facts: Facts = {
    lastVisitOn: (id) => lastVisitOf(view, id),
    promisesOf: (id) => openPromisesOf(view, id),
    today,
  }
  const passing = entries.filter((entry) => passes(entry, filters, facts))
  const sought = soughtIn(search)
  if (sought.length > 0) {
    const found = ranked(passing, sought).map((entry) => rowOf(entry, facts))
    return {
      sections: found.length > 0 ? [{ heading: null, rows: found }] : [],
      count: found.length,
      total: entries.length,
    }
  }
  const sections: { heading: string | null; rows: CustomerRow[] }[] = []
  for (const entry of inOrder(passing, sort, facts)) {
    const heading = headingOf(entry, sort)
    const last = sections.at(-1)
    if (last && last.heading === heading) last.rows.push(rowOf(entry, facts))
    else sections.push({ heading, rows: [rowOf(entry, facts)] })
  }
  return { sections, count: passing.length, total: entries.length }
}

/** Customers of the same name, for noticing on entry that somebody is there already. */
export function namesakes(view: View, name: string, exceptId: string | null = null): readonly CustomerRow[] {
  const form = searchForm(name)
  if (form === '') return []
  const facts: Facts = { lastVisitOn: () => null, promisesOf: () => null, today: '' }
  return entriesOf(view)
    .filter((entry) => entry.name.form === form && entry.customer.id !== exceptId)
    .map((entry) => rowOf(entry, facts))
}

interface Facts {
  readonly lastVisitOn: (customerId: string) => string | null
  readonly promisesOf: (customerId: string) => OpenPromises | null
  readonly today: string
}

function passes(entry: Entry, filters: CustomerFilters, facts: Facts): boolean {
  const { customer, department, institutions } = entry
  return (
    isAmong(filters.roles, customer.role) &&
    isAmong(filters.titles, customer.title) &&
    isAmong(filters.departments, department?.name) &&
    someAmong(filters.institutionIds, institutions, ({ id }) => id) &&
    someAmong(filters.cities, institutions, ({ city }) => city) &&
    passesPromises(customer.id, filters, facts) &&
    passesVisits(customer.id, filters, facts)
  )
}

function isAmong(wanted: readonly string[], value: string | null | undefined): boolean {
  return wanted.length === 0 || (typeof value === 'string' && wanted.includes(value))
}

function someAmong(
  wanted: readonly string[],
  places: readonly Institution[],
  of: (place: Institution) => string | null,
): boolean {
  return wanted.length === 0 || places.some((place) => isAmong(wanted, of(place)))
}

function passesPromises(id: string, { promises }: CustomerFilters, facts: Facts): boolean {
  if (promises === null) return true
  if (promises === 'open') return facts.promisesOf(id) !== null
  return overdueSince(facts.promisesOf(id), facts.today) !== null
}

function passesVisits(id: string, { unvisitedDays }: CustomerFilters, facts: Facts): boolean {
  if (unvisitedDays === null) return true
  const last = facts.lastVisitOn(id)
  return last === null || daysBetween(last, facts.today) > unvisitedDays
}

function overdueSince(promises: OpenPromises | null, today: string): string | null {
  const dueOn = promises?.oursDueOn ?? null
  return dueOn !== null && dueOn < today ? dueOn : null
}

function rowOf({ customer, institution, department, institutions }: Entry, facts: Facts): CustomerRow {
  const promises = facts.promisesOf(customer.id)
  return {
    id: customer.id,
    name: customer.name,
    role: customer.role,
    title: customer.title,
    institution: institution?.name ?? null,
    department: department?.name ?? null,
    otherPlaces: Math.max(0, institutions.length - 1),
    lastVisitOn: facts.lastVisitOn(customer.id),
    openPromises: promises?.count ?? 0,
    overdueSince: overdueSince(promises, facts.today),
  }
}

function headingOf(entry: Entry, sort: CustomerSort): string | null {
  if (sort === 'name') return entry.letter
  return sort === 'institution' ? (entry.institution?.name ?? '') : null
}

// Entries come in the order of names, and sorting keeps the order of equals.
function inOrder(entries: readonly Entry[], sort: CustomerSort, { lastVisitOn }: Facts): readonly Entry[] {
  if (sort === 'name') return entries
  const keyOf: (entry: Entry) => string =
    sort === 'visit' ? ({ customer }) => lastVisitOn(customer.id) ?? '' : institutionKey
  const keys = new Map(entries.map((entry) => [entry, keyOf(entry)]))
  return [...entries].sort((a, b) => compareTexts(keys.get(a) ?? '', keys.get(b) ?? ''))
}

// Those without an institution come last; institutions whose pinyin is not known before them.
function institutionKey({ institution }: Entry): string {
  return institution ? keyOfInstitution(institution) : '\uffff'
}

const keyOfInstitution = oncePer(
  ({ sortKey, name, id }: Institution) => `${sortKey ?? '\ufffe'}\u0000${name}\u0000${id}`,
)

/** The rank of a word that only a place or the specialty fits, behind every fit of the name. */
const placeRank = fit.none
const fieldRank = placeRank + fit.none

function ranked(entries: readonly Entry[], sought: readonly string[]): readonly Entry[] {
  const fitsOfPlaces = sought.map(() => new Map<string, Fit>())
  const found: { readonly entry: Entry; readonly rank: number }[] = []
  for (const entry of entries) {
    let rank = 0
    for (const [index, word] of sought.entries()) {
      rank += rankOf(entry, word, fitsOfPlaces[index] ?? new Map())
      if (rank === Number.POSITIVE_INFINITY) break
    }
    if (rank !== Number.POSITIVE_INFINITY) found.push({ entry, rank })
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry)
}

function rankOf(entry: Entry, word: string, fitsOfPlaces: Map<string, Fit>): number {
  const ofName = fitOf(entry.name, word)
  if (ofName !== fit.none) return ofName
  let ofPlace: Fit = fit.none
  for (const place of entry.institutions) {
    const known = fitsOfPlaces.get(place.id) ?? fitOf(institutionName(place), word)
    fitsOfPlaces.set(place.id, known)
    if (known < ofPlace) ofPlace = known
  }
  if (ofPlace !== fit.none) return placeRank + ofPlace
  const { specialty } = entry.customer
  const isInFields = [entry.department?.name, specialty].some(
    (field) => typeof field === 'string' && searchForm(field).includes(word),
  )
  return isInFields ? fieldRank : Number.POSITIVE_INFINITY
}

// Proposes which rows of a list are institutions or customers that are already there, or that stand in the
// list twice. A proposal is for a person to decide; nothing is merged here.

import { tidyText } from './import-text.rules.ts'
import { type ComparableName, comparableNames, districtIn, type NamePlace } from './institution-name.rules.ts'
import { bigramSimilarity, pairSimilarity, pairsOf } from './similarity.rules.ts'

type DuplicateReason =
  | 'same_name'
  | 'similar_name'
  | 'alias'
  | 'same_district'
  | 'similar_address'
  | 'same_phone'
  | 'same_institution'

export interface DuplicateProposal {
  /** The row of the list. */
  readonly key: string
  /** The institution or customer it may be: of those that exist, or of the rows before it. */
  readonly other: string
  /** 0 to 1; from 0.95 on the two are one with hardly a doubt. */
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/** Below it a proposal costs a person more time than it saves. */
const leastDuplicateScore = 0.8
const mostProposals = 3

export interface InstitutionFacts extends NamePlace {
  readonly key: string
  readonly name: string
  readonly address: string | null
  readonly phone: string | null
}

/** Institutions that others are compared with, indexed by the pairs of characters in their names. */
export interface InstitutionIndex {
  add(facts: InstitutionFacts): void
  /** At most three, the likeliest first. */
  find(facts: InstitutionFacts): readonly DuplicateProposal[]
}

/**
 * Proposals for each row of a list against what exists and against the rows before it.
 * 2,807 rows against 5,000 take well under a second.
 */
export function proposeInstitutionDuplicates(
  incoming: readonly InstitutionFacts[],
  existing: readonly InstitutionFacts[],
): readonly DuplicateProposal[] {
  const index = institutionIndex(existing)
  return incoming.flatMap((facts) => {
    const found = index.find(facts)
    index.add(facts)
    return found
  })
}

interface Comparable {
  readonly facts: InstitutionFacts
  readonly names: readonly IndexedName[]
  /** Pairs of the street address; made when it is first asked for, which for most it never is. */
  readonly address: () => readonly string[]
  readonly phones: readonly string[]
  /** Without 市, 区, 县 at the end, to be compared. */
  readonly city: string | null
  readonly district: string | null
}

interface IndexedName extends ComparableName {
  readonly pairs: readonly string[]
}

/** Names this alike at least are compared in full; the index is sure to find all of them. */
const leastNameLikeness = 0.62

export function institutionIndex(existing: readonly InstitutionFacts[]): InstitutionIndex {
  const entries: Comparable[] = []
  const byPair = new Map<string, number[]>()
  // One name is one name also where only one of the two says its district.
  const byFull = new Map<string, number[]>()
  const add = (facts: InstitutionFacts) => {
    const entry = comparableOf(facts)
    const position = entries.push(entry) - 1
    for (const pair of new Set(entry.names.flatMap(({ pairs }) => pairs))) {
      append(byPair, pair, position)
      append(byPair, `${entry.city ?? ''} ${pair}`, position)
    }
    for (const full of new Set(entry.names.map((name) => name.full))) append(byFull, full, position)
  }
  const find = (facts: InstitutionFacts) => {
    const entry = comparableOf(facts)
    const positionsOf = (pair: string) => positionsIn(entry.city, pair, byPair)
    const candidates = new Set<number>()
    for (const { pairs, full } of entry.names) {
      addAll(candidates, byFull.get(full) ?? [])
      for (const positions of rarest(pairs.map(positionsOf))) addAll(candidates, positions)
    }
    const proposals: DuplicateProposal[] = []
    for (const position of candidates) {
      const proposal = compare(entry, entries[position])
      if (proposal !== null) proposals.push(proposal)
    }
    return proposals.sort((a, b) => b.score - a.score).slice(0, mostProposals)
  }
  for (const facts of existing) add(facts)
  return { add, find }
}

/**
 * The entries that share one of the rarest pairs of a name. Two names of Dice likeness t share at least
 * t / (2 - t) of either's pairs, so one of the first n - ceil(n·t / (2 - t)) + 1 pairs is among the shared:
 * looking up the rare ones loses nothing, and 医院 need never be looked up.
 */
function rarest(found: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const count = found.length - Math.ceil((found.length * leastNameLikeness) / (2 - leastNameLikeness)) + 1
  return [...found].sort((a, b) => a.length - b.length).slice(0, count)
}

function addAll<T>(set: Set<T>, items: readonly T[]): void {
  for (const item of items) set.add(item)
}

/** Whoever says his city is compared within it, and with those who say none. */
function positionsIn(
  city: string | null,
  pair: string,
  byPair: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  if (city === null) return byPair.get(pair) ?? []
  const [here, anywhere] = [byPair.get(`${city} ${pair}`) ?? [], byPair.get(` ${pair}`)]
  return anywhere === undefined ? here : [...here, ...anywhere]
}

function comparableOf(given: InstitutionFacts): Comparable {
  // Lists leave the district out when the address or the name says it.
  const written = given.district ?? districtIn(given.address ?? '', given) ?? districtIn(given.name, given)
  const facts = { ...given, district: written }
  const names = comparableNames(facts.name, facts).map((name) => ({ ...name, pairs: pairsOf(name.core) }))
  const phones = facts.phone?.match(/[\d-]{7,}/g) ?? []
  const [city, district] = [placeKey(facts.city), placeKey(facts.district)]
  return { facts, names, address: once(() => streetPairs(facts)), phones, city, district }
}

function streetPairs(facts: InstitutionFacts): readonly string[] {
  const address = tidyText(facts.address ?? '').replace(/[\s\p{P}]/gu, '')
  const place = [facts.province, facts.city, facts.district].filter((part) => part !== null)
  return pairsOf(
    place.reduce((rest, part) => (rest.startsWith(part) ? rest.slice(part.length) : rest), address),
  )
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function compare(entry: Comparable, other: Comparable | undefined): DuplicateProposal | null {
  if (other === undefined || differ(entry.city, other.city)) return null
  let best = { likeness: 0, isAlias: false }
  for (const [at, name] of entry.names.entries()) {
    for (const [otherAt, otherName] of other.names.entries()) {
      const likeness = nameLikeness(name, otherName)
      if (likeness > best.likeness) best = { likeness, isAlias: at + otherAt > 0 }
    }
  }
  if (best.likeness < leastNameLikeness) return null
  const nameReason = best.isAlias ? 'alias' : best.likeness >= 0.99 ? 'same_name' : 'similar_name'
  const { score, reasons } = weigh(best.likeness, entry, other)
  if (score < leastDuplicateScore) return null
  const rounded = Math.round(score * 100) / 100
  return { key: entry.facts.key, other: other.facts.key, score: rounded, reasons: [nameReason, ...reasons] }
}

/** 0 where a number, a speciality or a site says that the two are not one. */
function nameLikeness(a: IndexedName, b: IndexedName): number {
  if (a.full === b.full) return 1
  if (a.numbers !== b.numbers || a.marks !== b.marks || a.site !== b.site) return 0
  if (a.core === b.core) return sameCoreLikeness(a, b)
  const [fewer, more] = a.pairs.length < b.pairs.length ? [a.pairs, b.pairs] : [b.pairs, a.pairs]
  // The most that two names of these lengths can have in common; most candidates end here.
  if (2 * fewer.length < leastNameLikeness * (fewer.length + more.length)) return 0
  const likeness = pairSimilarity(a.pairs, b.pairs) * 0.95
  // 永川区妇幼保健院 and 合川区妇幼保健院 are two: one character in another's place is no slip of the pen.
  return a.core.includes(b.core) || b.core.includes(a.core) ? likeness : likeness - 0.16
}

/** Without its place 人民医院 is any; where both say a place, and another, they are hardly one. */
function sameCoreLikeness(a: IndexedName, b: IndexedName): number {
  const certain = a.core.length >= 5 ? 0.97 : 0.9
  return a.seat !== null && b.seat !== null && a.seat !== b.seat ? certain - 0.2 : certain
}

function weigh(likeness: number, a: Comparable, b: Comparable) {
  const reasons: DuplicateReason[] = []
  let score = likeness
  if (differ(a.district, b.district)) score -= 0.12
  else if (a.district !== null && b.district !== null) {
    score += 0.04
    reasons.push('same_district')
  }
  const address = pairSimilarity(a.address(), b.address())
  if (address >= 0.6) {
    score += 0.12
    reasons.push('similar_address')
  } else if (address < 0.2 && a.address().length > 3 && b.address().length > 3) score -= 0.06
  if (a.phones.some((phone) => b.phones.includes(phone))) {
    score += 0.12
    reasons.push('same_phone')
  }
  return { score: Math.min(1, score), reasons }
}

function placeKey(place: string | null): string | null {
  return place === null ? null : place.replace(/[市区县]$/, '')
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b
}

export interface CustomerFacts {
  readonly key: string
  readonly name: string
  /** As written, or the name of the institution that it was found to be. */
  readonly institution: string | null
  readonly phone: string | null
}

/** Customers of one name at one institution, or of one mobile number. A shared name alone says nothing: 王伟. */
export function proposeCustomerDuplicates(
  incoming: readonly CustomerFacts[],
  existing: readonly CustomerFacts[],
): readonly DuplicateProposal[] {
  const byName = new Map<string, CustomerFacts[]>()
  const byMobile = new Map<string, CustomerFacts[]>()
  const add = (facts: CustomerFacts) => {
    append(byName, personKey(facts.name), facts)
    for (const mobile of mobilesOf(facts)) append(byMobile, mobile, facts)
  }
  for (const facts of existing) add(facts)
  return incoming.flatMap((facts) => {
    const others = new Set([
      ...(byName.get(personKey(facts.name)) ?? []),
      ...mobilesOf(facts).flatMap((mobile) => byMobile.get(mobile) ?? []),
    ])
    const found = [...others].flatMap((other) => compareCustomers(facts, other))
    add(facts)
    return found.sort((a, b) => b.score - a.score).slice(0, mostProposals)
  })
}

function compareCustomers(a: CustomerFacts, b: CustomerFacts): readonly DuplicateProposal[] {
  const isSameName = personKey(a.name) === personKey(b.name)
  const isSamePhone = mobilesOf(a).some((mobile) => mobilesOf(b).includes(mobile))
  const likeness = institutionLikeness(a.institution, b.institution)
  const reasons: DuplicateReason[] = [
    ...(isSameName ? ['same_name' as const] : []),
    ...(likeness >= 0.8 ? ['same_institution' as const] : []),
    ...(isSamePhone ? ['same_phone' as const] : []),
  ]
  const score = isSameName ? (isSamePhone ? 1 : likeness * 0.92) : 0.82
  return score < leastDuplicateScore
    ? []
    : [{ key: a.key, other: b.key, score: Math.round(score * 100) / 100, reasons }]
}

function institutionLikeness(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0
  const nowhere = { province: null, city: null, district: null }
  const names = comparableNames(b, nowhere)
  return Math.max(0, ...comparableNames(a, nowhere).flatMap((one) => names.map((other) => alike(one, other))))
}

function alike(a: ComparableName, b: ComparableName): number {
  return a.numbers === b.numbers && a.marks === b.marks ? bigramSimilarity(a.full, b.full) : 0
}

function personKey(name: string): string {
  return tidyText(name)
    .toLowerCase()
    .replace(/[\s·•.]|(?:医生|主任|教授|院长|老师|大夫)$/g, '')
}

function mobilesOf({ phone }: CustomerFacts): readonly string[] {
  return phone?.match(/(?<!\d)1[3-9]\d{9}(?!\d)/g) ?? []
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

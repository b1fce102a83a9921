// Where the customers of a list work: the names of institutions in it, and which institutions they mean.
import type { JsonObject } from '#core/json.ts'
import { type DuplicateProposal, institutionIndex } from './duplicates.rules.ts'
import type { ImportChoices } from './import-choices.rules.ts'
import type { ExistingInstitution } from './import-existing.rules.ts'
import { type ImportContext, textOf } from './import-target.rules.ts'
import type { ShownPlace } from './import-view.rules.ts'
import { institutionFacts } from './institution-facts.rules.ts'
import { kindFromName } from './institution-values.rules.ts'
import { type JudgedRow, note } from './judged-row.rules.ts'

/** From here on a name means that institution with hardly a doubt. */
export const certainScore = 0.95

/** Finds the institution of each row; rows of names that nobody knows stay out until somebody says. */
export function settlePlaces(
  rows: readonly JudgedRow[],
  existing: readonly ExistingInstitution[],
  { choices, context }: { readonly choices: ImportChoices; readonly context: ImportContext },
): readonly ShownPlace[] {
  const counts = new Map<string, number>()
  for (const { row } of rows) {
    const name = textOf(row.values, 'institution')
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const known = new Map(existing.map((each) => [each.id, each]))
  const index = institutionIndex(existing.map(institutionFacts))
  const said = new Map((choices.places ?? []).map(({ name, institutionId }) => [name, institutionId]))
  const places = [...counts].map(([name, count]) => {
    const facts = { key: name, name, ...context, district: null, address: null, phone: null }
    const [best] = index.find(facts)
    const choice = said.get(name)
    const isSaid = choice === null || (choice !== undefined && known.has(choice))
    const meaning = isSaid ? saidMeaning(choice) : foundMeaning(best, choices)
    const there = known.get(meaning.institutionId ?? '')
    return { name, rows: count, ...meaning, institutionName: there ? textOf(there.values, 'name') : null }
  })
  settleRows(rows, places)
  // Those that somebody must look at stand first, then by how many rows hang on them.
  const rank = { open: 0, create: 1, found: 2 }
  return places.sort((a, b) => rank[a.state] - rank[b.state] || b.rows - a.rows)
}

type Meaning = Pick<ShownPlace, 'institutionId' | 'score' | 'state'>

function saidMeaning(institutionId: string | null): Meaning {
  return { institutionId, score: 1, state: institutionId === null ? 'create' : 'found' }
}

/** What a name is taken for that nobody has spoken about. */
function foundMeaning(best: DuplicateProposal | undefined, { createMissing }: ImportChoices): Meaning {
  if (best === undefined) {
    return { institutionId: null, score: 0, state: createMissing === true ? 'create' : 'open' }
  }
  const { other, score } = best
  return { institutionId: other, score, state: score >= certainScore ? 'found' : 'open' }
}

function settleRows(rows: readonly JudgedRow[], places: readonly ShownPlace[]): void {
  const byName = new Map(places.map((place) => [place.name, place]))
  for (const judged of rows) {
    const name = textOf(judged.row.values, 'institution')
    const place = name === null ? undefined : byName.get(name)
    if (name === null || place === undefined) continue
    if (place.state === 'open') {
      const code = place.institutionName === null ? 'import.institution_unknown' : 'import.institution_unsure'
      const params: JsonObject = { found: name, other: place.institutionName ?? '' }
      note(judged, { field: 'institution', found: name, code, params })
      continue
    }
    const institutionId = place.state === 'found' ? place.institutionId : null
    judged.place = { institutionId, name: place.institutionName ?? name }
  }
}

/** The institutions that come with the rows, with what is known of them: their names and where the list is from. */
export function newInstitutions(
  rows: readonly JudgedRow[],
  context: ImportContext,
): readonly (JsonObject & { readonly name: string; readonly territoryId: string | null })[] {
  const found = new Map<string, string | null>()
  for (const { fate, place, territoryId } of rows) {
    if (fate !== 'create' || place === null || place.institutionId !== null) continue
    if (!found.has(place.name)) found.set(place.name, territoryId)
  }
  const nothing = { level: null, district: null, address: null, longitude: null, latitude: null, phone: null }
  return [...found].map(([name, territoryId]) => ({
    ...nothing,
    name,
    kind: kindFromName(name),
    province: context.province,
    city: context.city,
    territoryId,
  }))
}

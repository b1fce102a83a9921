// What becomes of rows that are there already, or that stand in the list twice.
import type { Json } from '#core/json.ts'
import {
  type CustomerFacts,
  type DuplicateProposal,
  proposeCustomerDuplicates,
  proposeInstitutionDuplicates,
} from './duplicates.rules.ts'
import type { ImportChoices, RowFate } from './import-choices.rules.ts'
import type { ExistingCustomer, ExistingInstitution } from './import-existing.rules.ts'
import { type ImportValues, textOf } from './import-target.rules.ts'
import type { Facts, ImportTargetName, ShownDuplicate, ShownFate } from './import-view.rules.ts'
import { factsOfValues, institutionFacts } from './institution-facts.rules.ts'
import { type JudgedRow, note } from './judged-row.rules.ts'
import { certainScore } from './row-place.rules.ts'

/** The fields of each target that a list can fill. */
export const ownFields: { readonly [T in ImportTargetName]: readonly string[] } = {
  institution: [
    'name',
    'kind',
    'level',
    'province',
    'city',
    'district',
    'address',
    'longitude',
    'latitude',
    'phone',
  ],
  customer: ['name', 'sex', 'role', 'title', 'specialty', 'phone', 'email', 'note'],
}

/** What a person compares the two by. */
const shownFields: { readonly [T in ImportTargetName]: readonly string[] } = {
  institution: ['name', 'level', 'city', 'district', 'address', 'phone'],
  customer: ['name', 'title', 'institution', 'phone'],
}

type Known = ExistingInstitution | ExistingCustomer

interface Settling {
  readonly target: ImportTargetName
  readonly choices: ImportChoices
  readonly known: readonly Known[]
  /** Names of institutions by id, for customers. */
  readonly institutionNames: ReadonlyMap<string, string>
}

/** Decides for every row that is not refused, and gives what was found for people to look at. */
export function settleFates(rows: readonly JudgedRow[], settling: Settling): readonly ShownDuplicate[] {
  const open = rows.filter(({ fate }) => fate === 'create')
  const byKey = new Map(open.map((judged) => [rowKey(judged), judged]))
  const known = new Map(settling.known.map((each) => [each.id, each]))
  const proposals = new Map<string, DuplicateProposal>()
  for (const proposal of propose(open, settling)) {
    const before = proposals.get(proposal.key)
    // Of two that fit alike the one that is there already counts: it is what a person would look for.
    if (
      before === undefined ||
      proposal.score > before.score ||
      (proposal.score === before.score && known.has(proposal.other))
    ) {
      proposals.set(proposal.key, proposal)
    }
  }
  const said = new Map((settling.choices.decisions ?? []).map(({ line, fate }) => [line, fate]))
  return [...proposals.values()].flatMap((proposal) => {
    const judged = byKey.get(proposal.key)
    const other = known.get(proposal.other) ?? byKey.get(proposal.other)
    if (judged === undefined || other === undefined) return []
    const isCertain = proposal.score >= certainScore
    const fate = fateOf({
      isCertain,
      isThere: 'id' in other,
      said: said.get(judged.row.line),
      choices: settling.choices,
    })
    settle(judged, { fate, other, target: settling.target })
    return [shown(judged, { proposal, other, isCertain, settling })]
  })
}

function propose(rows: readonly JudgedRow[], { target, known, institutionNames }: Settling) {
  if (target === 'institution') {
    const incoming = rows.map((judged) => factsOfValues(rowKey(judged), judged.row.values))
    return proposeInstitutionDuplicates(incoming, known.map(institutionFacts))
  }
  const incoming = rows.map((judged) =>
    customerFacts(rowKey(judged), judged.row.values, judged.place?.name ?? null),
  )
  const there = known.map((each) => customerFacts(each.id, each.values, placeOf(each, institutionNames)))
  return proposeCustomerDuplicates(incoming, there)
}

function customerFacts(key: string, values: ImportValues, institution: string | null): CustomerFacts {
  return { key, name: textOf(values, 'name') ?? '', institution, phone: textOf(values, 'phone') }
}

function placeOf(each: Known, names: ReadonlyMap<string, string>): string | null {
  return 'institutionId' in each && each.institutionId !== null
    ? (names.get(each.institutionId) ?? null)
    : null
}

function rowKey({ row }: JudgedRow): string {
  return `line ${row.line}`
}

function fateOf({
  isCertain,
  isThere,
  said,
  choices,
}: {
  readonly isCertain: boolean
  readonly isThere: boolean
  readonly said: RowFate | undefined
  readonly choices: ImportChoices
}): ShownFate {
  const wanted = said ?? (isCertain ? (choices.certain ?? 'fill') : (choices.near ?? 'ask'))
  // A line that stands in the list twice has nothing to fill yet.
  return wanted === 'fill' && !isThere ? 'skip' : wanted
}

function settle(
  judged: JudgedRow,
  {
    fate,
    other,
    target,
  }: { readonly fate: ShownFate; readonly other: Known | JudgedRow; readonly target: ImportTargetName },
): void {
  judged.fate = fate
  if (fate === 'ask') {
    const found = textOf(judged.row.values, 'name') ?? ''
    const isThere = 'id' in other
    const name = textOf(isThere ? other.values : other.row.values, 'name') ?? ''
    const code = isThere ? 'import.may_be_there' : 'import.may_be_twice'
    const params = { other: name, line: isThere ? 0 : other.row.line }
    note(judged, { field: 'name', found, code, params })
    return
  }
  if (fate !== 'fill' || !('id' in other)) return
  judged.otherId = other.id
  judged.fill = lacking(judged.row.values, other.values, ownFields[target])
  if (Object.keys(judged.fill).length === 0) judged.fate = 'skip'
}

/** What the row says and the other one does not. */
function lacking(values: ImportValues, there: ImportValues, fields: readonly string[]) {
  const found: { [field: string]: Json } = {}
  for (const field of fields) {
    const value = values[field] ?? null
    if (value !== null && (there[field] ?? null) === null) found[field] = value
  }
  return found
}

function shown(
  judged: JudgedRow,
  {
    proposal,
    other,
    isCertain,
    settling,
  }: {
    readonly proposal: DuplicateProposal
    readonly other: Known | JudgedRow
    readonly isCertain: boolean
    readonly settling: Settling
  },
): ShownDuplicate {
  const fields = shownFields[settling.target]
  const isThere = 'id' in other
  const place = isThere ? placeOf(other, settling.institutionNames) : (other.place?.name ?? null)
  const otherValues = isThere ? other.values : other.row.values
  return {
    line: judged.row.line,
    row: facts(fields, { ...judged.row.values, institution: judged.place?.name ?? null }),
    otherLine: isThere ? null : other.row.line,
    other: facts(fields, { ...otherValues, institution: place }),
    score: proposal.score,
    reasons: proposal.reasons,
    isCertain,
    fate: judged.fate,
  }
}

function facts(fields: readonly string[], values: ImportValues): Facts {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]))
}

// Two people changed one field without knowing of each other: what stands and what is kept of the other.
import { type AnyRow, type Entity, fieldOf, scopeOf } from '#core/entity.ts'
import { type Json, type JsonObject, sameJson } from '#core/json.ts'
import { type Reach, reachOf } from '#core/role.ts'
import type { Change } from '#core/transaction.ts'
import type { SentMutation } from '../protocol.ts'
import type { Clash, ConflictRule, MembershipRule, Principal } from './principal.ts'
import type { ScopeIntervals } from './sight.ts'

type Base = SentMutation['base']

interface Author {
  readonly userId: string
  readonly at: string
}

/** The changes as they are to stand, with lists merged, and what gave way. */
export interface Settled {
  readonly changes: readonly Change[]
  readonly clashes: readonly Clash[]
}

/** Compares what the author saw (`base`) with what stood (`before`), field by field after the field's class. */
export function settleClashes(changes: readonly Change[], base: Base, author: Author): Settled {
  const clashes: Clash[] = []
  const settled = changes.map((change) => {
    const { entity, id, before, after } = change
    const key = `${entity.name}:${id}`
    const seen = Object.hasOwn(base, key) ? base[key] : undefined
    if (!seen || !before || !after) return change
    const merged: { [field: string]: Json } = {}
    for (const field of disputed(entity, { before, after, seen })) {
      const values = { seen: seen[field] ?? null, stood: before[field] ?? null, comes: after[field] ?? null }
      if (fieldOf(entity, field)?.facts.conflict === 'set') merged[field] = mergeLists(values)
      else clashes.push(clashOf({ entity, before, after, field }, author))
    }
    return { ...change, after: { ...after, ...merged } }
  })
  return { changes: settled, clashes }
}

/**
 * Of the authors of each clash those who may read its row now: whoever has lost sight of it in between, or has left,
 * must not learn from a clash what stands there.
 */
export async function readersOf(
  clashes: readonly Clash[],
  {
    principal,
    intervals,
    rule,
  }: {
    readonly principal: Principal
    readonly intervals: ScopeIntervals
    readonly rule: MembershipRule
  },
): Promise<readonly ReadonlySet<string>[]> {
  const { orgId, userId, roles } = principal
  const others = clashes.flatMap(({ lostBy }) => lostBy ?? []).filter((member) => member !== userId)
  const rolesOf = new Map([...(await intervals.rolesOf(rule, others)), [userId, roles] as const])
  return Promise.all(
    clashes.map(async ({ entity, row, keptBy, lostBy }) => {
      const scope = scopeOf(entity, row, orgId)
      const authors = [keptBy, lostBy].filter((member) => member !== null)
      const readers = new Set<string>()
      for (const member of authors) {
        await intervals.load(member, [scope])
        const reach = reachOf(entity.read, rolesOf.get(member) ?? [])
        if (reads(reach, scope === member, intervals.isMemberNow(member, scope))) readers.add(member)
      }
      return readers
    }),
  )
}

function reads(reach: Reach | null, isOwn: boolean, isMember: boolean): boolean {
  return reach === 'organisation' || (reach !== null && isOwn) || (reach === 'territory' && isMember)
}

/** The rows that tell those authors of a clash who may know of it (the one, when it was he on two devices). */
export function conflictChanges(
  clashes: readonly Clash[],
  {
    rule,
    newId,
    author,
    readers,
  }: {
    readonly rule: ConflictRule
    readonly newId: () => string
    readonly author: Author
    /** For each clash, in their order. */
    readonly readers: readonly ReadonlySet<string>[]
  },
): readonly Change[] {
  return clashes.flatMap((clash, index) => {
    return [...(readers[index] ?? [])].map((memberId): Change => {
      const row = rule.rowFor(clash, { id: newId(), memberId })
      const { at, userId } = author
      const after: AnyRow = { ...row, createdAt: at, createdBy: userId, updatedAt: at, updatedBy: userId }
      return { entity: rule.entity, id: row.id, before: null, after }
    })
  })
}

const classes = ['value', 'longText', 'set']

interface Versions {
  readonly before: AnyRow
  readonly after: AnyRow
  readonly seen: JsonObject
}

/** Fields that the author changed while somebody else had changed them to something else. */
function disputed(entity: Entity, { before, after, seen }: Versions): readonly string[] {
  return Object.keys(entity.fields).filter((field) => {
    const stood = before[field] ?? null
    const comes = after[field] ?? null
    const isOurs = classes.includes(fieldOf(entity, field)?.facts.conflict ?? 'value')
    return (
      isOurs && Object.hasOwn(seen, field) && !sameJson(stood, comes) && !sameJson(stood, seen[field] ?? null)
    )
  })
}

function clashOf(
  { entity, before, after, field }: { entity: Entity; before: AnyRow; after: AnyRow; field: string },
  { userId, at }: Author,
): Clash {
  return {
    entity,
    row: after,
    field,
    kept: after[field] ?? null,
    lost: before[field] ?? null,
    keptBy: userId,
    lostBy: before.updatedBy,
    keptAt: at,
    lostAt: before.updatedAt,
  }
}

/** Both people's additions and removals: `stood` plus what the author added, without what he took out. */
function mergeLists({ seen, stood, comes }: { seen: Json; stood: Json; comes: Json }): Json {
  const [before, current, wanted] = [itemsOf(seen), itemsOf(stood), itemsOf(comes)]
  const has = (list: readonly Json[], item: Json) => list.some((each) => sameJson(each, item))
  const added = wanted.filter((item) => !has(before, item) && !has(current, item))
  const kept = current.filter((item) => has(wanted, item) || !has(before, item))
  return [...kept, ...added]
}

function itemsOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : []
}

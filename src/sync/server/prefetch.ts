// Reads what a batch of mutations will ask for in one statement an entity, instead of one a row.
import { type Entity, scopeOf } from '#core/entity.ts'
import type { Field } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import type { Registry } from '#core/registry.ts'
import type { SentMutation } from '../protocol.ts'
import type { BatchRows } from './batch-rows.ts'
import type { Sending } from './sending.ts'
import type { ScopeIntervals } from './sight.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

interface Expected {
  readonly sendings: readonly Sending[]
  readonly intervals: ScopeIntervals
  readonly orgId: string
}

/** Only a guess from arguments and base: what it misses is read when it is asked for. */
export async function prefetch(
  rows: BatchRows,
  registry: Registry,
  { sendings, intervals, orgId }: Expected,
): Promise<void> {
  const wanted = new Map<Entity, Set<string>>()
  const byUser = new Map<string, Set<string>>()
  for (const { principal, mutations } of sendings) {
    for (const [entity, id] of mutations.flatMap((mutation) => pointedTo(registry, mutation))) {
      setIn(wanted, entity).add(id)
      setIn(byUser, principal.userId).add(`${entity.name}:${id}`)
    }
  }
  const found = new Map<string, string>()
  // In the order of the registry for everybody, so that nobody waits in a circle.
  const entities = [...registry.entities.values()].filter((entity) => wanted.has(entity))
  const loads = entities.map((entity) => rows.load(entity, [...(wanted.get(entity) ?? [])]))
  // What is pointed to mostly names its own scope; that answer comes with the rows.
  const guesses = [...byUser].map(([userId, keys]) => intervals.load(userId, [...keys].map(idOf)))
  const [answers] = await Promise.all([Promise.all(loads), ...guesses])
  for (const [index, loaded] of answers.entries()) {
    const entity = entities[index]
    for (const row of loaded) {
      if (entity) found.set(`${entity.name}:${row.id}`, scopeOf(entity, row, orgId))
    }
  }
  for (const [userId, keys] of byUser) {
    const scopes = [...keys].flatMap((key) => found.get(key) ?? [])
    await intervals.load(userId, scopes)
  }
}

function pointedTo(
  registry: Registry,
  { name, args, base }: SentMutation,
): readonly (readonly [Entity, string])[] {
  const fields = registry.mutations.get(name)?.args ?? {}
  const fromArgs = Object.entries(fields).flatMap(([field, facts]) => idsIn(facts, args[field] ?? null))
  const fromBase = Object.keys(base).map((key) => key.split(':'))
  return [...fromArgs, ...fromBase].flatMap(([to, id]) => {
    const entity = registry.entities.get(to ?? '')
    return entity && id !== undefined && uuid.test(id) ? [[entity, id] as const] : []
  })
}

function idsIn(field: Field, value: Json): readonly (readonly [string, string])[] {
  if (field.kind === 'list' && field.element && Array.isArray(value)) {
    const { element } = field
    return value.flatMap((item: Json) => idsIn(element, item))
  }
  return field.kind === 'ref' && field.to !== undefined && typeof value === 'string'
    ? [[field.to, value]]
    : []
}

function idOf(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}

function setIn<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const known = map.get(key)
  if (known) return known
  const made = new Set<V>()
  map.set(key, made)
  return made
}

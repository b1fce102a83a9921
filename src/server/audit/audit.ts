// The audit: who did what, when, and what it changed. Each entry's hash covers the one before it, so that an entry
// cannot be changed or taken out without every later one showing it.
import { createHash } from 'node:crypto'
import { type AnyRow, type Entity, fieldOf } from '#core/entity.ts'
import { canonicalJson, type Json, type JsonObject, sameJson } from '#core/json.ts'
import type { Change } from '#core/transaction.ts'
import { seal } from './seal.ts'

/** What one mutation did to one row: field → [before, after]. Personal fields are in `sealed`, by the subject's key. */
export interface AuditChange {
  readonly entity: string
  readonly id: string
  readonly fields: { readonly [field: string]: readonly [Json, Json] }
  readonly sealed?: {
    readonly subject: string
    readonly names: readonly string[]
    readonly box: string | null
  }
}

/** What the hash of an entry covers. Instants are ISO texts in UTC. */
export interface AuditEntry {
  /** By the device's clock. */
  readonly at: string
  readonly receivedAt: string
  /** The member; null for what the system did by itself. */
  readonly actor: string | null
  readonly device: string | null
  readonly deviceN: number | null
  readonly mutation: string
  readonly changes: readonly AuditChange[]
  readonly reason: string | null
}

/** The keys of the people whom the changes are about; null for somebody who has been erased. */
export type SubjectKeys = ReadonlyMap<string, Buffer | null>

/** What the first entry of an organisation stands on. */
export function genesisOf(orgId: string): Buffer {
  return createHash('sha256').update(`rapport audit of ${orgId}`).digest()
}

/** The part of an entry's hash that does not depend on the one before. */
export function digestOf(entry: AuditEntry): Buffer {
  return createHash('sha256')
    .update(canonicalJson({ ...entry, changes: entry.changes.map(plain) }))
    .digest()
}

/** The hash of an entry: `sha256(hash before || digest)`. */
export function link(before: Buffer, digest: Buffer): Buffer {
  return createHash('sha256').update(before).update(digest).digest()
}

/** A change without what follows from the rest (search keys are not evidence). */
export function auditChange(
  change: Change,
  { orgId, subject, keys }: { readonly orgId: string; readonly subject: string; readonly keys: SubjectKeys },
): AuditChange {
  const { entity, id, before, after } = change
  const open: { [field: string]: readonly [Json, Json] } = {}
  const personal: { [field: string]: readonly [Json, Json] } = {}
  for (const name of Object.keys(entity.fields)) {
    const facts = fieldOf(entity, name)?.facts
    const [was, is] = [valueIn(before, name), valueIn(after, name)]
    if (facts?.serverOnly || sameJson(was, is)) continue
    if (facts?.personal) personal[name] = [was, is]
    else open[name] = [was, is]
  }
  const names = Object.keys(personal)
  if (names.length === 0) return { entity: entity.name, id, fields: open }
  const key = keys.get(subject) ?? null
  const box = key && seal(key, canonicalJson(personal), `${orgId}:${entity.name}:${id}`)
  return { entity: entity.name, id, fields: open, sealed: { subject, names, box } }
}

/** Whether any field of this entity is about an identifiable person. */
export function hasPersonalFields(entity: Entity): boolean {
  return Object.values(entity.fields).some(({ facts }) => facts.personal && !facts.serverOnly)
}

function valueIn(row: AnyRow | null, name: string): Json {
  return row?.[name] ?? null
}

function plain({ sealed, ...change }: AuditChange): JsonObject {
  return sealed ? { ...change, sealed: { ...sealed } } : { ...change }
}

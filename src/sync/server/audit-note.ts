// What belongs in the audit and is no change of a row: links, tokens, whatever opens a door.
import type { PoolClient } from 'pg'
import type { Json } from '#core/json.ts'
import { finish, noEnding } from './finish.ts'

export interface AuditNote {
  readonly orgId: string
  readonly now: string
  /** The member who did it; null for the system. */
  readonly actor: string | null
  /** `subject.verb`, as mutations are named. */
  readonly name: string
  readonly id: string
  /** What can be told of it: no personal value, no secret. */
  readonly facts: { readonly [field: string]: Json }
}

/**
 * Writes one entry within the caller's transaction. From here on it holds the lock of the organisation's counter, so
 * nothing should follow but the commit.
 */
export async function noteInAudit(
  client: PoolClient,
  { orgId, now, actor, name, id, facts }: AuditNote,
): Promise<void> {
  const [subject = ''] = name.split('.')
  const fields = Object.fromEntries(
    Object.entries(facts).map(([field, value]) => [field, [null, value] as const]),
  )
  const done = { at: now, receivedAt: now, actor, device: null, deviceN: null, reason: null }
  const entry = { ...done, mutation: name, changes: [{ entity: subject, id, fields }] }
  await finish(client, { ...noEnding(orgId, now), entries: [entry] })
}

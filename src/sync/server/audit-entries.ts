// The audit entries of a transaction's mutations.
import type { PoolClient } from 'pg'
import { scopeOf } from '#core/entity.ts'
import type { Change } from '#core/transaction.ts'
import { type AuditEntry, auditChange, hasPersonalFields } from '#server/audit/audit.ts'
import { subjectKeys } from '#server/audit/subject-keys.ts'
import type { Performed } from './perform.ts'
import type { ConflictRule } from './principal.ts'

/** What the audit tells of an act. */
type Audited = Pick<Performed, 'name' | 'device' | 'n' | 'sentAt' | 'reason' | 'changes'> & {
  /** Null for what the system did by itself. */
  readonly actor: string | null
}

interface About {
  readonly orgId: string
  readonly now: string
  readonly rule: ConflictRule
}

/** One entry a mutation, with personal values sealed. */
export async function auditEntries(
  client: PoolClient,
  performed: readonly Audited[],
  about: About,
): Promise<readonly AuditEntry[]> {
  const { orgId, now } = about
  const changes = performed.flatMap((each) => each.changes)
  const subjects = changes
    .filter(({ entity }) => hasPersonalFields(entity))
    .map((change) => subjectOf(change, about))
  const keys = await subjectKeys(client, orgId, [...new Set(subjects)])
  return performed.map((each) => ({
    at: each.sentAt,
    receivedAt: now,
    actor: each.actor,
    device: each.device,
    deviceN: each.device === null ? null : each.n,
    mutation: each.name,
    changes: each.changes.map((change) =>
      auditChange(change, { orgId, subject: subjectOf(change, about), keys }),
    ),
    reason: each.reason,
  }))
}

/**
 * Whom a row's personal values are about: the bundle it belongs to (a customer, a member's own things), or itself
 * where the whole organisation shares it (a member).
 */
function subjectOf({ entity, id, before, after }: Change, { orgId, rule }: About): string {
  const row = after ?? before
  if (!row) return id
  if (entity.name === rule.entity.name) return rule.subjectOf(row)
  const scope = scopeOf(entity, row, orgId)
  return scope === orgId ? id : scope
}

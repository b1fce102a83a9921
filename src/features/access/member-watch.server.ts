// What must be forgotten when a member changes: who he was, and when he has left, his sessions.
import type { Change } from '#core/transaction.ts'
import type { MembershipRule } from '#sync/server/principal.ts'

export interface MemberWatch {
  /** The same rule, noticing changes of members that pass through it. */
  readonly rule: MembershipRule
  /** To be called after each commit. */
  committed(orgId: string): void
}

export interface MemberWatchOptions {
  readonly rule: MembershipRule
  /** The member's row may be another one now. May be called again for the same change. */
  readonly changed: (memberId: string) => void
  /** He may be signed in nowhere any more. Called for organisations that are not his as well. */
  readonly left: (orgId: string, memberId: string) => void
  /** The clock, in milliseconds; given by tests. */
  readonly now?: () => number
}

/** Longer than a transaction may last from where the rule is asked to its commit. */
const keptMs = 60_000

/**
 * Every transaction that writes asks the rule about each of its changes, wherever it came from, but before it
 * commits. Whose commit comes next is not known, so a change counts as new at every commit for a minute.
 */
export function watchMembers({ rule, changed, left, now = Date.now }: MemberWatchOptions): MemberWatch {
  let noticed: { readonly change: Change; readonly until: number; readonly told: Set<string> }[] = []
  return {
    rule: {
      ...rule,
      rightsOf(change) {
        if (change.entity.name === 'member') noticed.push({ change, until: now() + keptMs, told: new Set() })
        return rule.rightsOf(change)
      },
    },
    committed(orgId) {
      if (noticed.length === 0) return
      noticed = noticed.filter(({ until }) => until > now())
      for (const { change, told } of noticed) {
        changed(change.id)
        if (change.after?.isActive !== true && !told.has(orgId)) left(orgId, change.id)
        told.add(orgId)
      }
    },
  }
}

// What must be forgotten when a member changes: who he was, and when he has left, his sessions.
import type { Change } from '#core/transaction.ts'
import type { MembershipRule } from '#sync/server/principal.ts'

export interface MemberWatch {
  /** The same rule, noticing changes of members that pass through it. */
  readonly rule: MembershipRule
  /** The members that changed since the last time, after a commit. A change that was rolled back may be among them. */
  take(): readonly ChangedMember[]
}

export interface ChangedMember {
  readonly id: string
  readonly hasLeft: boolean
}

/** Every transaction that writes asks the rule about each of its changes, wherever it came from. */
export function watchMembers(rule: MembershipRule): MemberWatch {
  let changed: ChangedMember[] = []
  return {
    rule: {
      ...rule,
      rightsOf(change: Change) {
        if (change.entity.name === 'member') {
          changed.push({ id: change.id, hasLeft: change.after?.isActive !== true })
        }
        return rule.rightsOf(change)
      },
    },
    take() {
      const taken = changed
      changed = []
      return taken
    },
  }
}

import { Refused } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { member } from './member.entity.ts'

/**
 * Work is handed only to somebody who can do it.
 * @throws Refused `not_found`; `member.has_left` for a colleague who has left
 */
export function* mustBeActive(tx: Tx, memberId: string): Steps<void> {
  const { isActive, name } = yield* tx.need(member, memberId)
  if (!isActive) throw new Refused('member.has_left', { name })
}

import type { Context } from '#core/mutation.ts'
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

/**
 * Who belongs to the organisation and who sees what is said only by one who still administers it, whenever he says he
 * did it: of two who take each other out at once one is left, and nobody lets himself in again by a late act. What is
 * done at the command line is done by no member.
 * @throws Refused `not_allowed`
 */
export function* mustStillAdminister(tx: Tx, { userId }: Pick<Context, 'userId'>): Steps<void> {
  const oneself = yield* tx.get(member, userId)
  if (oneself === null) return
  if (!oneself.isActive || !oneself.roles.includes('admin')) throw new Refused('not_allowed')
}

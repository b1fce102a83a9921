import { dayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import type { Context } from '#core/mutation.ts'
import { notFound } from '#core/refused.ts'
import { reachOf } from '#core/role.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import type { View } from '#core/view.ts'
import { alignment } from '#features/access/access.rules.ts'
import { assignment } from './assignment.entity.ts'
import { territory } from './territory.entity.ts'

type Assignment = RowOf<typeof assignment>

/** Whether an assignment holds on a day; first and last day are included. */
export function holdsOn({ sinceOn, untilOn }: Pick<Assignment, 'sinceOn' | 'untilOn'>, day: string): boolean {
  return sinceOn <= day && (untilOn === null || day <= untilOn)
}

/** This territory and all below it. */
export function subtreeOf(view: View, rootId: string): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [rootId]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const child of view.where(territory, 'parentId', id)) waiting.push(child.id)
  }
  return found
}

/** The territories that a member works on a day, with all below them. */
export function territoriesOf(view: View, memberId: string, day: string): ReadonlySet<string> {
  const held = view.where(assignment, 'memberId', memberId).filter((each) => holdsOn(each, day))
  return new Set(held.flatMap((each) => [...subtreeOf(view, each.territoryId)]))
}

/**
 * Who aligns within his territories neither gives to nor takes from those of others.
 * @throws Refused `not_found` for a territory that is none, or neither his nor below one of his
 */
export function* mustAlign(
  tx: Tx,
  territoryId: string,
  { userId, roles, at }: Pick<Context, 'userId' | 'roles' | 'at'>,
): Steps<void> {
  yield* tx.need(territory, territoryId)
  if (reachOf(alignment, roles) === 'organisation') return
  const assignments = yield* tx.find(assignment, 'memberId', userId)
  const held = assignments.filter((each) => holdsOn(each, dayOf(at))).map((each) => each.territoryId)
  let above: string | null = territoryId
  while (above !== null) {
    if (held.includes(above)) return
    above = (yield* tx.need(territory, above)).parentId
  }
  throw notFound(territory.name)
}

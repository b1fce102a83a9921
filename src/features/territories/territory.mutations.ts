import { editableFields } from '#core/entity.ts'
import { id, maybe, patchOf, ref } from '#core/field.ts'
import { mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { administration } from '#features/access/access.rules.ts'
import { member } from '#features/access/member.entity.ts'
import { mustStillAdminister } from '#features/access/member.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { assignment } from './assignment.entity.ts'
import { territory } from './territory.entity.ts'

export const createTerritory = mutation('territory.create', {
  about: 'Adds a territory, at the top or below another one.',
  rights: administration,
  args: { id: id(), ...territory.fields },
  *run(tx, args) {
    if (args.parentId !== null) yield* tx.need(territory, args.parentId)
    tx.insert(territory, args)
  },
})

export const editTerritory = mutation('territory.edit', {
  about: 'Renames a territory.',
  rights: administration,
  args: { id: id(), changes: patchOf(editableFields(territory, ['name'])) },
  *run(tx, { id, changes }) {
    tx.update(territory, yield* tx.need(territory, id), changes)
  },
})

export const moveTerritory = mutation('territory.move', {
  about: 'Moves a territory with all below it to another place of the tree.',
  rights: administration,
  args: { id: id(), parentId: maybe(ref('territory')) },
  *run(tx, { id, parentId }, context) {
    yield* mustStillAdminister(tx, context)
    const current = yield* tx.need(territory, id)
    yield* mustNotBeBelow(tx, id, parentId)
    tx.update(territory, current, { parentId })
  },
})

export const removeTerritory = mutation('territory.remove', {
  about: 'Removes a territory to which nothing and nobody belongs any more.',
  rights: administration,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(territory, id)
    const inUse = {
      territories: (yield* tx.find(territory, 'parentId', id)).length,
      assignments: (yield* tx.find(assignment, 'territoryId', id)).length,
      customers: (yield* tx.find(customer, 'territoryId', id)).length,
      institutions: (yield* tx.find(institution, 'territoryId', id)).length,
    }
    if (Object.values(inUse).some((count) => count > 0)) throw new Refused('territory.in_use', inUse)
    tx.remove(territory, current)
  },
})

const { sinceOn, untilOn } = assignment.fields

export const assignMember = mutation('assignment.add', {
  about: 'Lets a member work a territory between two days.',
  rights: administration,
  args: { id: id(), ...assignment.fields },
  *run(tx, args, context) {
    yield* mustStillAdminister(tx, context)
    yield* tx.need(member, args.memberId)
    yield* tx.need(territory, args.territoryId)
    mustBeInOrder(args)
    tx.insert(assignment, args)
  },
})

export const editAssignment = mutation('assignment.edit', {
  about: 'Changes the days of an assignment.',
  rights: administration,
  args: { id: id(), changes: patchOf({ sinceOn, untilOn }) },
  *run(tx, { id, changes }, context) {
    yield* mustStillAdminister(tx, context)
    const current = yield* tx.need(assignment, id)
    mustBeInOrder({ ...current, ...changes })
    tx.update(assignment, current, changes)
  },
})

export const removeAssignment = mutation('assignment.remove', {
  about: 'Removes an assignment that was entered by mistake; one that ends gets a last day instead.',
  rights: administration,
  args: { id: id() },
  *run(tx, { id }, context) {
    yield* mustStillAdminister(tx, context)
    tx.remove(assignment, yield* tx.need(assignment, id))
  },
})

function mustBeInOrder({ sinceOn, untilOn }: { sinceOn: string; untilOn: string | null }): void {
  if (untilOn !== null && untilOn < sinceOn) throw new Refused('assignment.ends_early', { sinceOn, untilOn })
}

/** A territory below itself would hang in the air with all that belongs to it. */
function* mustNotBeBelow(tx: Tx, id: string, parentId: string | null): Steps<void> {
  let at = parentId
  while (at !== null) {
    if (at === id) throw new Refused('territory.below_itself')
    const above = yield* tx.need(territory, at)
    at = above.parentId
  }
}

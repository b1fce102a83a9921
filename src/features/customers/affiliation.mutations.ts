import { editableFields, type RowOf } from '#core/entity.ts'
import { day, flag, id, patchOf } from '#core/field.ts'
import { mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { masterData } from '#features/access/access.rules.ts'
import { mustBelongTo } from '#features/institutions/department.rules.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer } from './customer.entity.ts'

type Affiliation = RowOf<typeof affiliation>

const { customerId, institutionId, departmentId, position, sinceOn, untilOn } = affiliation.fields

export const addAffiliation = mutation('affiliation.add', {
  about: 'Adds a place where a customer works; the first one, or one said to be, becomes the primary one.',
  rights: masterData,
  args: {
    id: id(),
    customerId,
    institutionId,
    departmentId,
    position,
    isPrimary: flag(),
    sinceOn,
    untilOn,
  },
  *run(tx, args) {
    yield* tx.need(customer, args.customerId)
    yield* mustBelongTo(tx, args.departmentId, args.institutionId)
    const others = yield* tx.find(affiliation, 'customerId', args.customerId)
    tx.insert(affiliation, { ...args, isPrimary: false })
    if (args.isPrimary || others.every((each) => !each.isPrimary)) {
      yield* makePrimary(tx, args.customerId, args.id)
    }
  },
})

export const editAffiliation = mutation('affiliation.edit', {
  about: 'Corrects department, position or days of a place where a customer works.',
  rights: masterData,
  args: {
    id: id(),
    changes: patchOf(editableFields(affiliation, ['departmentId', 'position', 'sinceOn', 'untilOn'])),
  },
  *run(tx, { id, changes }) {
    const current = yield* tx.need(affiliation, id)
    yield* mustBelongTo(tx, changes.departmentId ?? null, current.institutionId)
    tx.update(affiliation, current, changes)
    if (current.isPrimary) yield* makePrimary(tx, current.customerId, id)
  },
})

export const makeAffiliationPrimary = mutation('affiliation.make_primary', {
  about: 'Says where a customer works in the first place.',
  rights: masterData,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(affiliation, id)
    if (current.untilOn !== null) throw new Refused('affiliation.has_ended', { untilOn: current.untilOn })
    yield* makePrimary(tx, current.customerId, id)
  },
})

export const endAffiliation = mutation('affiliation.end', {
  about: 'Says on which day a customer stopped working at a place; it stays for the history.',
  rights: masterData,
  args: { id: id(), untilOn: day() },
  *run(tx, { id, untilOn }) {
    const current = yield* tx.need(affiliation, id)
    tx.update(affiliation, current, { untilOn })
    if (current.isPrimary) yield* passOnPrimary(tx, current)
  },
})

export const removeAffiliation = mutation('affiliation.remove', {
  about: 'Removes a place of work that was entered by mistake.',
  rights: masterData,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(affiliation, id)
    tx.remove(affiliation, current)
    if (current.isPrimary) yield* passOnPrimary(tx, current)
  },
})

/** Exactly one is primary, and the customer carries its institution and department for lists. */
function* makePrimary(tx: Tx, customerId: string, chosenId: string | null): Steps<void> {
  const all = yield* tx.find(affiliation, 'customerId', customerId)
  for (const each of all) tx.update(affiliation, each, { isPrimary: each.id === chosenId })
  const chosen = all.find((each) => each.id === chosenId)
  tx.update(customer, yield* tx.need(customer, customerId), {
    institutionId: chosen?.institutionId ?? null,
    departmentId: chosen?.departmentId ?? null,
  })
}

/** The longest known of those that have not ended follows as primary. */
function* passOnPrimary(tx: Tx, from: Affiliation): Steps<void> {
  const all = yield* tx.find(affiliation, 'customerId', from.customerId)
  const next = all
    .filter((each) => each.id !== from.id && each.untilOn === null)
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0]
  // One that has ended stays primary while there is no other; one that was removed cannot.
  const isStillThere = all.some((each) => each.id === from.id)
  if (next || !isStillThere) yield* makePrimary(tx, from.customerId, next?.id ?? null)
}

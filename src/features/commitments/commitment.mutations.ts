import { editableFields } from '#core/entity.ts'
import { id, maybe, patchOf, ref, text } from '#core/field.ts'
import { type Context, mutation } from '#core/mutation.ts'
import { notFound, Refused } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import { mustBeActive } from '#features/access/member.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { commitment } from './commitment.entity.ts'
import { mustBeOpen, openCommitment } from './commitment.rules.ts'

const { promisedBy, what, dueOn, proof } = commitment.fields
const why = text({ max: 200, screened: true, personal: true })

export const makeCommitment = mutation('commitment.make', {
  about: 'Writes down a promise to a customer or by him.',
  rights: fieldWork,
  args: { id: id(), customerId: ref('customer'), visitId: maybe(ref('visit')), promisedBy, what, dueOn },
  *run(tx, args, { userId }) {
    yield* tx.need(customer, args.customerId)
    if (args.visitId !== null) {
      const given = yield* tx.need(visit, args.visitId)
      if (given.customerId !== args.customerId) throw notFound(visit.name)
    }
    tx.insert(commitment, openCommitment({ ...args, ownerId: userId }))
  },
})

export const editCommitment = mutation('commitment.edit', {
  about: 'Corrects an open commitment or hands it to a colleague.',
  rights: fieldWork,
  args: {
    id: id(),
    changes: patchOf(editableFields(commitment, ['what', 'dueOn', 'ownerId', 'proof', 'reason'])),
  },
  *run(tx, { id, changes }) {
    const current = yield* tx.need(commitment, id)
    mustBeOpen(current)
    if (changes.ownerId !== undefined) yield* mustBeActive(tx, changes.ownerId)
    tx.update(commitment, current, changes)
  },
})

export const keepCommitment = mutation('commitment.keep', {
  about: 'Says that a commitment was kept, with its proof where there is one.',
  rights: fieldWork,
  args: { id: id(), proof },
  *run(tx, { id, proof }, context) {
    yield* settle(tx, { id, status: 'kept', changes: { proof } }, context)
  },
})

export const breakCommitment = mutation('commitment.break', {
  about: 'Says that a commitment could not be kept, and why.',
  rights: fieldWork,
  args: { id: id(), reason: why },
  *run(tx, { id, reason }, context) {
    yield* settle(tx, { id, status: 'broken', changes: { reason } }, context)
  },
})

export const releaseCommitment = mutation('commitment.release', {
  about: 'Says that a commitment is no longer wanted, and why.',
  rights: fieldWork,
  args: { id: id(), reason: why },
  *run(tx, { id, reason }, context) {
    yield* settle(tx, { id, status: 'released', changes: { reason } }, context)
  },
})

export const reopenCommitment = mutation('commitment.reopen', {
  about: 'Takes back that a commitment was settled.',
  rights: fieldWork,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(commitment, id)
    tx.update(commitment, current, {
      status: 'open',
      settledAt: null,
      proof: null,
      reason: null,
      confirmedAt: null,
    })
  },
})

export const confirmCommitment = mutation('commitment.confirm', {
  about: 'Notes that the customer has confirmed that a commitment was kept.',
  rights: fieldWork,
  args: { id: id() },
  *run(tx, { id }, { at }) {
    const current = yield* tx.need(commitment, id)
    if (current.status !== 'kept') throw new Refused('commitment.not_kept', { status: current.status })
    if (current.confirmedAt === null) tx.update(commitment, current, { confirmedAt: at })
  },
})

interface Settlement {
  readonly id: string
  readonly status: 'kept' | 'broken' | 'released'
  readonly changes: { readonly proof?: string | null; readonly reason?: string | null }
}

/**
 * Settled in the same way twice (by two people, or twice by one) is settled once; a proof or reason that comes with
 * the second is a correction, so that nothing that was entered is lost.
 */
function* settle(tx: Tx, { id, status, changes }: Settlement, { at }: Context): Steps<void> {
  const current = yield* tx.need(commitment, id)
  if (current.status === status) {
    const { proof, reason } = changes
    tx.update(commitment, current, { ...(proof != null && { proof }), ...(reason != null && { reason }) })
    return
  }
  mustBeOpen(current)
  tx.update(commitment, current, { status, settledAt: at, ...changes })
}

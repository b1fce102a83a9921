import { id, oneOf } from '#core/field.ts'
import { mutation } from '#core/mutation.ts'
import { conflict, conflictChoices } from './conflict.entity.ts'

export const settleConflict = mutation('conflict.settle', {
  about: 'Says which of two values entered at the same time is to stand; the other stays in the history.',
  rights: {
    rep: 'own',
    manager: 'own',
    medical: 'own',
    content: 'own',
    compliance: 'own',
    safety: 'own',
    steward: 'own',
    admin: 'own',
  },
  args: { id: id(), choice: oneOf(conflictChoices) },
  *run(tx, { id, choice }, { at }) {
    const current = yield* tx.need(conflict, id)
    // The edit that restores the other value is a mutation of its own, sent before this one.
    if (current.settledAt === null) tx.update(conflict, current, { choice, settledAt: at })
  },
})

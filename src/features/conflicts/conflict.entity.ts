import { entity } from '#core/entity.ts'
import { instant, json, maybe, oneOf, ref, text } from '#core/field.ts'

export const conflictChoices = ['kept', 'lost'] as const

/**
 * Two people changed one field without knowing of each other. The value accepted last stands, the other is
 * kept here until somebody has looked; each of the two has an item of his own.
 */
export const conflict = entity('conflict', {
  about: 'A value that gave way to another one entered at the same time, kept until somebody has looked.',
  scope: { by: 'memberId' },
  read: {
    rep: 'own',
    manager: 'own',
    medical: 'own',
    content: 'own',
    compliance: 'organisation',
    safety: 'own',
    steward: 'own',
    admin: 'own',
    auditor: 'organisation',
  },
  fields: {
    memberId: ref('member', { conflict: 'server' }),
    entity: text({ max: 60, conflict: 'server' }),
    rowId: ref('row', { indexed: false, conflict: 'server' }),
    /** The customer it hangs on, where it does, to lead there. */
    customerId: maybe(ref('customer', { indexed: false, conflict: 'server' })),
    field: text({ max: 60, conflict: 'server' }),
    kept: json({ max: 20_000, personal: true, conflict: 'server' }),
    lost: json({ max: 20_000, personal: true, conflict: 'server' }),
    keptBy: ref('member', { indexed: false, conflict: 'server' }),
    lostBy: maybe(ref('member', { indexed: false, conflict: 'server' })),
    keptAt: instant({ conflict: 'server' }),
    lostAt: instant({ conflict: 'server' }),
    settledAt: maybe(instant({ conflict: 'guarded' })),
    choice: maybe(oneOf(conflictChoices, { conflict: 'guarded' })),
  },
})

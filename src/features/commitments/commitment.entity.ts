import { entity } from '#core/entity.ts'
import { day, instant, maybe, oneOf, ref, text } from '#core/field.ts'
import { readCustomers } from '#features/access/access.rules.ts'

const commitmentStatuses = ['open', 'kept', 'broken', 'released'] as const

/** Who has promised: we to the customer, or the customer to us. */
export const promisers = ['us', 'customer'] as const

/** 承诺: what was promised, by whom and by which day, with its proof and the customer's confirmation. */
export const commitment = entity('commitment', {
  about: 'A promise to a customer or by him, with its due day, proof and confirmation.',
  scope: { by: 'customerId' },
  read: readCustomers,
  fields: {
    customerId: ref('customer', { conflict: 'appended' }),
    /** The visit in which it was given, if it was in one. */
    visitId: maybe(ref('visit', { conflict: 'appended' })),
    /** Who sees to it. */
    ownerId: ref('member'),
    promisedBy: oneOf(promisers),
    what: text({ max: 200, screened: true, personal: true, conflict: 'value' }),
    /** Overdue means that this day has passed in full. Null for 尽快, which has no day. */
    dueOn: maybe(day()),
    status: oneOf(commitmentStatuses, { indexed: true, conflict: 'guarded' }),
    settledAt: maybe(instant({ conflict: 'server' })),
    /** How one can see that it was kept. */
    proof: maybe(text({ max: 500, multiline: true, screened: true, personal: true })),
    /** Why it was released or could not be kept. */
    reason: maybe(text({ max: 200, screened: true, personal: true })),
    /** When the customer confirmed that it was kept, as told to its owner. */
    confirmedAt: maybe(instant({ conflict: 'server' })),
  },
})

import { entity } from '#core/entity.ts'
import { day, instant, integer, maybe, oneOf, ref, text } from '#core/field.ts'
import { readCustomers } from '#features/access/access.rules.ts'

export const visitChannels = ['face_to_face', 'phone', 'wechat', 'online', 'meeting'] as const
const visitStatuses = ['planned', 'completed', 'missed', 'cancelled'] as const
export const visitResults = ['reached', 'partly', 'not_reached'] as const

/** 拜访: a professional exchange with a customer, planned or done, whatever the channel. */
export const visit = entity('visit', {
  about: 'A professional exchange with a customer, planned or done, through any channel.',
  scope: { by: 'customerId' },
  read: readCustomers,
  device: 'then',
  fields: {
    customerId: ref('customer', { conflict: 'appended' }),
    /** Whose visit it is. */
    ownerId: ref('member', { conflict: 'appended' }),
    institutionId: maybe(ref('institution')),
    channel: oneOf(visitChannels),
    status: oneOf(visitStatuses, { indexed: true, conflict: 'guarded' }),
    startsAt: instant(),
    minutes: integer({ min: 1, max: 600 }),
    /** The Shanghai day of `startsAt`; calendars and 今日 find visits by it. */
    visitOn: day({ indexed: true, conflict: 'server' }),
    objective: maybe(text({ max: 200, screened: true, conflict: 'value' })),
    result: maybe(oneOf(visitResults)),
    /** What was talked about. */
    note: maybe(text({ max: 2000, multiline: true, screened: true, personal: true, conflict: 'longText' })),
    completedAt: maybe(instant({ conflict: 'server' })),
    /** Why it was missed or cancelled. */
    reason: maybe(text({ max: 200, screened: true })),
  },
})

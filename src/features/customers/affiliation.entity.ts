import { entity } from '#core/entity.ts'
import { day, flag, maybe, ref, text } from '#core/field.ts'
import { readCustomers } from '#features/access/access.rules.ts'

/** 任职关系: where a customer works and as what. A customer has several; one of them is the primary one. */
export const affiliation = entity('affiliation', {
  about: 'Where a customer works and as what; one of them is the primary one.',
  scope: { by: 'customerId' },
  read: readCustomers,
  fields: {
    customerId: ref('customer', { conflict: 'appended' }),
    institutionId: ref('institution', { conflict: 'appended' }),
    departmentId: maybe(ref('department')),
    /** 职务: 主任, 副主任, 住院总. */
    position: maybe(text({ max: 60, personal: true })),
    isPrimary: flag({ conflict: 'server' }),
    /** First and last day, where known. An affiliation that has ended stays for the history. */
    sinceOn: maybe(day()),
    untilOn: maybe(day()),
  },
})

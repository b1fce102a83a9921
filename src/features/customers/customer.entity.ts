import { entity } from '#core/entity.ts'
import { listOf, maybe, oneOf, ref, text } from '#core/field.ts'
import { readCustomers } from '#features/access/access.rules.ts'

/** 角色定位 of the plan. */
export const customerRoles = [
  'president',
  'vice_president',
  'pharmacy_director',
  'medical_affairs_director',
  'department_head',
  'physician',
  'head_nurse',
  'procurement',
  'other',
] as const

/** 职称. */
export const professionalTitles = [
  'chief_physician',
  'associate_chief_physician',
  'attending_physician',
  'resident_physician',
  'chief_pharmacist',
  'associate_chief_pharmacist',
  'pharmacist',
  'chief_nurse',
  'nurse',
  'other',
] as const

export const sexes = ['female', 'male'] as const

/** 客户: somebody at an institution with whom a long-term professional relation is kept. */
export const customer = entity('customer', {
  about: 'A person at an institution with whom a professional relation is kept.',
  scope: { by: 'id' },
  read: readCustomers,
  fields: {
    name: text({ max: 60, personal: true }),
    sex: maybe(oneOf(sexes, { personal: true })),
    role: oneOf(customerRoles),
    title: maybe(oneOf(professionalTitles, { personal: true })),
    /** 专业方向, in the field's own words: 心力衰竭, 介入. */
    specialty: maybe(text({ max: 120, personal: true })),
    phone: maybe(text({ max: 40, personal: true })),
    email: maybe(text({ max: 254, personal: true })),
    /** What a colleague should know. Read by the rules; no patient, prescription or gift matter. */
    note: maybe(text({ max: 2000, multiline: true, screened: true, personal: true, conflict: 'longText' })),
    territoryId: ref('territory', { conflict: 'server' }),
    /** The institution and department of the primary affiliation, kept by the affiliation's mutations. */
    institutionId: maybe(ref('institution', { conflict: 'server' })),
    departmentId: maybe(ref('department', { conflict: 'server' })),
    sortKey: maybe(text({ max: 400, personal: true, conflict: 'server' })),
    pinyin: maybe(text({ max: 400, personal: true, conflict: 'server' })),
    initials: maybe(text({ max: 60, personal: true, conflict: 'server' })),
    bigrams: listOf(text({ max: 4 }), { max: 130, personal: true, serverOnly: true, conflict: 'server' }),
  },
})

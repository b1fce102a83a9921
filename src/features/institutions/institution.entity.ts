import { entity } from '#core/entity.ts'
import { decimal, listOf, maybe, oneOf, ref, text } from '#core/field.ts'
import { readByAll } from '#features/access/access.rules.ts'

/** 医疗机构类别. */
export const institutionKinds = [
  'general_hospital',
  'specialist_hospital',
  'tcm_hospital',
  'maternity_hospital',
  'community_centre',
  'clinic',
  'pharmacy',
  'other',
] as const

/** 等级与等次: 三级甲等 is `3A`; a figure alone is a level without a grade (三级未评). */
export const institutionLevels = [
  '3S',
  '3A',
  '3B',
  '3C',
  '3',
  '2A',
  '2B',
  '2C',
  '2',
  '1A',
  '1B',
  '1C',
  '1',
  'none',
] as const

/** 医疗机构: a hospital or another place where customers work. */
export const institution = entity('institution', {
  about: 'A hospital or another place where customers work.',
  scope: { by: 'id' },
  read: readByAll,
  fields: {
    name: text({ max: 120, conflict: 'value' }),
    kind: oneOf(institutionKinds),
    level: maybe(oneOf(institutionLevels)),
    province: maybe(text({ max: 40 })),
    city: maybe(text({ max: 40, indexed: true })),
    district: maybe(text({ max: 40 })),
    address: maybe(text({ max: 200 })),
    /** Degrees, WGS-84 or GCJ-02 as the source had it; for order by nearness, not for navigation. */
    longitude: maybe(decimal({ min: -180, max: 180 })),
    latitude: maybe(decimal({ min: -90, max: 90 })),
    phone: maybe(text({ max: 80 })),
    /** The territory whose members look after it. */
    territoryId: maybe(ref('territory', { conflict: 'server' })),
    sortKey: maybe(text({ max: 800, conflict: 'server' })),
    pinyin: maybe(text({ max: 800, conflict: 'server' })),
    initials: maybe(text({ max: 120, conflict: 'server' })),
    bigrams: listOf(text({ max: 4 }), { max: 300, serverOnly: true, conflict: 'server' }),
  },
})

import { entity } from '#core/entity.ts'
import { ref, text } from '#core/field.ts'
import { readByAll } from '#features/access/access.rules.ts'

/** 科室 of an institution. */
export const department = entity('department', {
  about: 'A department of an institution.',
  scope: { by: 'institutionId' },
  read: readByAll,
  fields: {
    institutionId: ref('institution', { conflict: 'appended' }),
    name: text({ max: 60 }),
  },
})

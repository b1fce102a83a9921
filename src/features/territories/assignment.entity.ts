import { entity } from '#core/entity.ts'
import { day, maybe, ref } from '#core/field.ts'
import { readByAll } from '#features/access/access.rules.ts'

/** Who works a territory (and all below it), from which day to which. */
export const assignment = entity('assignment', {
  about: 'A member who works a territory and all below it, between two days.',
  scope: 'organisation',
  read: readByAll,
  fields: {
    memberId: ref('member'),
    territoryId: ref('territory'),
    /** First day. */
    sinceOn: day(),
    /** Last day, itself included; null while it has no end. */
    untilOn: maybe(day()),
  },
})

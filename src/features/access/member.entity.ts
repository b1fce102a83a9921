import { entity } from '#core/entity.ts'
import { flag, listOf, oneOf, text } from '#core/field.ts'
import { roles } from '#core/role.ts'
import { readByAll } from './access.rules.ts'

/** Somebody who works with the system in one organisation. His account (password, sessions) is kept apart. */
export const member = entity('member', {
  about: 'A colleague who works with the system in this organisation.',
  scope: 'organisation',
  read: readByAll,
  fields: {
    name: text({ max: 60, personal: true }),
    email: text({ max: 254, personal: true, indexed: true }),
    roles: listOf(oneOf(roles), { max: roles.length, conflict: 'server' }),
    /** A member who has left keeps his name on what he did; he cannot sign in. */
    isActive: flag({ conflict: 'server' }),
  },
})

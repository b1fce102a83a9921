import { isEmail } from '#core/email.ts'
import { editableFields } from '#core/entity.ts'
import { id, patchOf } from '#core/field.ts'
import { type Context, mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { administration } from './access.rules.ts'
import { member } from './member.entity.ts'
import { mustStillAdminister } from './member.rules.ts'

const { name, email, roles } = member.fields

export const addMember = mutation('member.add', {
  about: 'Adds a colleague to the organisation. His account comes with an invitation.',
  rights: administration,
  args: { id: id(), name, email, roles },
  *run(tx, args, context) {
    mustHaveRole(args.roles)
    yield* mustStillAdminister(tx, context)
    const address = args.email.toLowerCase()
    if (!isEmail(address)) {
      throw new Refused('input.invalid', { problems: [{ path: 'email', code: 'email', params: {} }] })
    }
    const others = yield* tx.find(member, 'email', address)
    if (others.length > 0) throw new Refused('member.email_taken', { email: address })
    tx.insert(member, { ...args, roles: [...new Set(args.roles)], email: address, isActive: true })
  },
})

export const editMember = mutation('member.edit', {
  about: 'Corrects the name of a colleague.',
  rights: administration,
  args: { id: id(), changes: patchOf(editableFields(member, ['name'])) },
  *run(tx, { id, changes }) {
    tx.update(member, yield* tx.need(member, id), changes)
  },
})

export const setRoles = mutation('member.set_roles', {
  about: 'Says which roles a colleague holds.',
  rights: administration,
  args: { id: id(), roles },
  *run(tx, { id, roles }, context) {
    mustHaveRole(roles)
    if (!roles.includes('admin')) mustNotBeOneself(id, context)
    yield* mustStillAdminister(tx, context)
    tx.update(member, yield* tx.need(member, id), { roles: [...new Set(roles)] })
  },
})

export const deactivateMember = mutation('member.deactivate', {
  about: 'Ends a colleague’s access; his name stays on what he did.',
  rights: administration,
  args: { id: id() },
  *run(tx, { id }, context) {
    mustNotBeOneself(id, context)
    yield* mustStillAdminister(tx, context)
    tx.update(member, yield* tx.need(member, id), { isActive: false })
  },
})

export const reactivateMember = mutation('member.reactivate', {
  about: 'Gives a colleague access again.',
  rights: administration,
  args: { id: id() },
  *run(tx, { id }, context) {
    yield* mustStillAdminister(tx, context)
    tx.update(member, yield* tx.need(member, id), { isActive: true })
  },
})

function mustHaveRole(held: readonly string[]): void {
  if (held.length === 0) throw new Refused('member.needs_role')
}

/** Nobody takes the administrator's role from himself, so there is always one left. */
function mustNotBeOneself(id: string, { userId }: Context): void {
  if (id === userId) throw new Refused('member.not_oneself')
}

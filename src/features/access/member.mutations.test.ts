import { expect, test } from 'vitest'
import { admin, rep, Stage, testId } from '#tests/kit/stage.ts'
import { member } from './member.entity.ts'
import { addMember, deactivateMember, reactivateMember, setRoles } from './member.mutations.ts'

const id = testId('colleague')
const self = { id: admin.userId, name: '管理员', email: 'admin@example.org', roles: ['admin'] } as const
const colleague = { id, name: '小李', email: 'Li@Example.org', roles: ['rep'] } as const

test('an address is kept in lower case and belongs to one colleague', () => {
  const stage = new Stage().act(admin, addMember, colleague)
  expect(stage.rows.get(member, id)).toMatchObject({ email: 'li@example.org', isActive: true })
  expect(stage.refusal(admin, addMember, { ...colleague, id: testId('other') }).code).toBe(
    'member.email_taken',
  )
})

test('nobody is entered with an address by which he could not sign in', () => {
  for (const email of ['li', 'li@', 'li@example', '李@example.org', 'li li@example.org', 'a@b@example.org']) {
    const refusal = new Stage().refusal(admin, addMember, { ...colleague, email })
    expect(refusal.details).toEqual({ problems: [{ path: 'email', code: 'email', params: {} }] })
  }
})

test('there is always an administrator left: nobody takes the role or the access from himself', () => {
  const stage = new Stage().act(admin, addMember, { ...colleague, id: admin.userId, roles: ['admin'] })
  expect(stage.refusal(admin, setRoles, { id: admin.userId, roles: ['rep'] }).code).toBe('member.not_oneself')
  expect(stage.refusal(admin, deactivateMember, { id: admin.userId }).code).toBe('member.not_oneself')
  expect(() => stage.act(admin, setRoles, { id: admin.userId, roles: ['admin', 'steward'] })).not.toThrow()
})

test('a colleague without any role could do nothing and is refused', () => {
  const stage = new Stage().act(admin, addMember, colleague)
  expect(stage.refusal(admin, setRoles, { id, roles: [] }).code).toBe('member.needs_role')
})

test('access ends and comes back; the name stays', () => {
  const stage = new Stage()
    .act(admin, addMember, self)
    .act(admin, addMember, colleague)
    .act(admin, deactivateMember, { id })
  expect(stage.rows.get(member, id)).toMatchObject({ isActive: false, name: '小李' })
  expect(stage.act(admin, reactivateMember, { id }).rows.get(member, id)?.isActive).toBe(true)
})

test('a rep administers nobody', () => {
  expect(new Stage().refusal(rep, addMember, colleague).code).toBe('not_allowed')
})

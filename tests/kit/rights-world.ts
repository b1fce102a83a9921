// Two organisations, each with two territories in which every kind of row is there in every state that an act can
// need, and a member of every role who works the first of them.
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { type Role, roles } from '#core/role.ts'
import { member } from '#features/access/member.entity.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { conflict } from '#features/conflicts/conflict.entity.ts'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { insertRows } from '#sync/server/bulk.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { customerRow, kernel } from './small-org.ts'

type Laid = readonly [Entity, AnyRow]

const at = '2026-08-31T01:00:00.000Z'

/** One territory with all that hangs on it. */
export interface Place {
  readonly territoryId: string
  /** Below it, with nothing in it. */
  readonly emptyId: string
  readonly hospitalId: string
  /** At which nobody works. */
  readonly quietHospitalId: string
  readonly departmentId: string
  readonly customerId: string
  /** With whom nothing has happened. */
  readonly newCustomerId: string
  /** The second place where the customer works. */
  readonly affiliationId: string
  readonly openId: string
  readonly keptId: string
  /** Of somebody else who works there; for acts on people and assignments. */
  readonly colleagueId: string
  readonly assignmentId: string
  /** By role of its owner: visits by state, and a conflict. */
  readonly of: { readonly [R in Role]: Own }
}

interface Own {
  readonly planned: string
  readonly missed: string
  readonly done: string
  readonly conflict: string
}

export interface RightsOrg {
  readonly orgId: string
  readonly members: { readonly [R in Role]: Principal }
  readonly own: Place
  readonly foreign: Place
}

/** Lays down one organisation. */
export async function rightsOrg(deps: ServerDeps, app: Pool): Promise<RightsOrg> {
  const orgId = uuidv7()
  await transaction(app, orgId, (client) => createOrganisation(client, { orgId, name: '示例', now: at }))
  const rows: Laid[] = []
  const members = everyRole((role): Principal => ({ orgId, userId: person(rows, role), roles: [role] }))
  const others = everyRole((role): Principal => ({ orgId, userId: person(rows, role), roles: [role] }))
  const root = uuidv7()
  rows.push([territory, { ...kernel(at, root), name: '大区', parentId: null }])
  const own = place(rows, root, members)
  const foreign = place(rows, root, others)
  await insertRows(deps, { orgId, actor: null, name: 'test.lay_down' }, rows)
  return { orgId, members, own, foreign }
}

function everyRole<T>(make: (role: Role) => T): { readonly [R in Role]: T } {
  // One entry for each of the roles.
  return Object.fromEntries(roles.map((role) => [role, make(role)])) as { readonly [R in Role]: T }
}

function person(rows: Laid[], role: Role): string {
  const id = uuidv7()
  const email = `${id}@example.com`
  rows.push([member, { ...kernel(at, id), name: `虚构 ${role}`, email, roles: [role], isActive: true }])
  return id
}

function place(rows: Laid[], root: string, workers: { readonly [R in Role]: Principal }): Place {
  const add = (entity: Entity, fields: JsonObject): string => {
    const id = uuidv7()
    // Built here with exactly the fields of the entity; the schema test would not let it be kept otherwise.
    rows.push([entity, { ...kernel(at, id), ...fields } as AnyRow])
    return id
  }
  const territoryId = add(territory, { name: '区', parentId: root })
  const emptyId = add(territory, { name: '空', parentId: root })
  for (const { userId } of Object.values(workers)) assign(add, userId, territoryId)
  const colleagueId = person(rows, 'rep')
  const assignmentId = assign(add, colleagueId, territoryId)
  const hospitalId = hospital(add, territoryId)
  const quietHospitalId = hospital(add, territoryId)
  const departmentId = add(department, { institutionId: quietHospitalId, name: '心内科' })
  const patientOf = (name: string) => {
    const laid = customerRow(name, territoryId, at)
    rows.push(laid)
    return laid[1].id
  }
  const customerId = patientOf('李明华')
  const newCustomerId = patientOf('赵新')
  const works = (isPrimary: boolean) =>
    add(affiliation, {
      ...{ customerId, institutionId: hospitalId, departmentId: null, position: null },
      ...{ isPrimary, sinceOn: null, untilOn: null },
    })
  works(true)
  const promise = (status: string, settledAt: string | null) =>
    add(commitment, {
      ...{ customerId, visitId: null, ownerId: workers.rep.userId, promisedBy: 'us', what: '送文献' },
      ...{ dueOn: null, status, settledAt, proof: null, reason: null, confirmedAt: null },
    })
  return {
    ...{ territoryId, emptyId, hospitalId, quietHospitalId, departmentId, customerId, newCustomerId },
    ...{ colleagueId, assignmentId },
    affiliationId: works(false),
    openId: promise('open', null),
    keptId: promise('kept', at),
    of: everyRole((role) => ownThings(add, { ownerId: workers[role].userId, customerId })),
  }
}

type Add = (entity: Entity, fields: JsonObject) => string

function assign(add: Add, memberId: string, territoryId: string): string {
  return add(assignment, { memberId, territoryId, sinceOn: '2026-01-01', untilOn: null })
}

function hospital(add: Add, territoryId: string): string {
  const none = { level: null, province: null, city: null, district: null, address: null, phone: null }
  const keys = { sortKey: null, pinyin: null, initials: null, bigrams: ['市'] }
  const where = { longitude: null, latitude: null, territoryId }
  return add(institution, { name: '市医院（虚构）', kind: 'general_hospital', ...none, ...where, ...keys })
}

function ownThings(add: Add, { ownerId, customerId }: { ownerId: string; customerId: string }): Own {
  const planned = {
    ...{ customerId, ownerId, institutionId: null, channel: 'phone', status: 'planned', startsAt: at },
    ...{ minutes: 15, visitOn: '2026-08-31', objective: null, result: null, note: null },
    ...{ completedAt: null, reason: null },
  }
  return {
    planned: add(visit, planned),
    missed: add(visit, { ...planned, status: 'missed', reason: '停诊' }),
    done: add(visit, { ...planned, status: 'completed', completedAt: at, result: 'reached' }),
    conflict: add(conflict, {
      ...{ memberId: ownerId, entity: 'customer', rowId: customerId, customerId, field: 'title' },
      ...{ kept: '主任医师', lost: '主治医师', keptBy: ownerId, lostBy: ownerId, keptAt: at, lostAt: at },
      ...{ settledAt: null, choice: null },
    }),
  }
}

/** Arguments with which each act can be done, by name: on the rows of one place, by the member of one role. */
export const validArgs: {
  readonly [mutation: string]: (place: Place, role: Role) => JsonObject
} = {
  'member.add': () => ({ id: uuidv7(), name: '新人', email: `${uuidv7()}@example.com`, roles: ['rep'] }),
  'member.edit': ({ colleagueId }) => ({ id: colleagueId, changes: { name: '改名' } }),
  'member.set_roles': ({ colleagueId }) => ({ id: colleagueId, roles: ['manager'] }),
  'member.deactivate': ({ colleagueId }) => ({ id: colleagueId }),
  'member.reactivate': ({ colleagueId }) => ({ id: colleagueId }),
  'territory.create': ({ territoryId }) => ({ id: uuidv7(), name: '新区', parentId: territoryId }),
  'territory.edit': ({ territoryId }) => ({ id: territoryId, changes: { name: '改区' } }),
  'territory.move': ({ emptyId, territoryId }) => ({ id: emptyId, parentId: territoryId }),
  'territory.remove': ({ emptyId }) => ({ id: emptyId }),
  'assignment.add': ({ colleagueId, emptyId }) => ({
    ...{ id: uuidv7(), memberId: colleagueId, territoryId: emptyId, sinceOn: '2026-08-01', untilOn: null },
  }),
  'assignment.edit': ({ assignmentId }) => ({ id: assignmentId, changes: { untilOn: '2027-01-01' } }),
  'assignment.remove': ({ assignmentId }) => ({ id: assignmentId }),
  'institution.create': ({ territoryId }) => ({ id: uuidv7(), ...hospitalFacts, territoryId }),
  'institution.edit': ({ hospitalId }) => ({ id: hospitalId, changes: { address: '新路1号' } }),
  'institution.align': ({ hospitalId, territoryId }) => ({ ids: [hospitalId], territoryId }),
  'institution.remove': ({ quietHospitalId }) => ({ id: quietHospitalId }),
  'department.add': ({ hospitalId }) => ({ id: uuidv7(), institutionId: hospitalId, name: '肾内科' }),
  'department.edit': ({ departmentId }) => ({ id: departmentId, changes: { name: '心血管内科' } }),
  'department.remove': ({ departmentId }) => ({ id: departmentId }),
  'customer.create': ({ territoryId }) => ({
    ...{
      id: uuidv7(),
      name: '孙丽',
      sex: null,
      role: 'physician',
      title: null,
      specialty: null,
      phone: null,
    },
    ...{ email: null, note: null, territoryId, affiliation: null },
  }),
  'customer.edit': ({ customerId }) => ({ id: customerId, changes: { title: 'chief_physician' } }),
  'customer.align': ({ customerId, territoryId }) => ({ ids: [customerId], territoryId }),
  'customer.remove': ({ newCustomerId }) => ({ id: newCustomerId }),
  'affiliation.add': ({ customerId, quietHospitalId }) => ({
    ...{ id: uuidv7(), customerId, institutionId: quietHospitalId, departmentId: null, position: null },
    ...{ isPrimary: false, sinceOn: null, untilOn: null },
  }),
  'affiliation.edit': ({ affiliationId }) => ({ id: affiliationId, changes: { sinceOn: '2020-01-01' } }),
  'affiliation.make_primary': ({ affiliationId }) => ({ id: affiliationId }),
  'affiliation.end': ({ affiliationId }) => ({ id: affiliationId, untilOn: '2026-08-01' }),
  'affiliation.remove': ({ affiliationId }) => ({ id: affiliationId }),
  'visit.plan': ({ customerId }) => ({
    ...{ id: uuidv7(), customerId, ownerId: null, institutionId: null, channel: 'phone' },
    ...{ startsAt: '2026-09-01T01:00:00.000Z', minutes: 10, objective: null },
  }),
  'visit.complete': ({ of }, role) => ({ id: of[role].planned, ...report() }),
  'visit.record': ({ customerId }) => ({
    ...{ id: uuidv7(), customerId, institutionId: null, objective: null },
    ...report(),
  }),
  'visit.edit': ({ of }, role) => ({ id: of[role].done, changes: { note: '更正' } }),
  'visit.reschedule': ({ of }, role) => ({
    ...{ id: of[role].planned, startsAt: '2026-09-02T01:00:00.000Z', minutes: null },
  }),
  'visit.miss': ({ of }, role) => ({ id: of[role].planned, reason: '停诊' }),
  'visit.cancel': ({ of }, role) => ({ id: of[role].planned, reason: null }),
  'visit.replan': ({ of }, role) => ({ id: of[role].missed }),
  'visit.take_over': ({ of }) => ({ id: of.medical.planned }),
  'commitment.make': ({ customerId }) => ({
    ...{ id: uuidv7(), customerId, visitId: null, promisedBy: 'us', what: '送指南', dueOn: null },
  }),
  'commitment.edit': ({ openId }) => ({ id: openId, changes: { what: '送新文献' } }),
  'commitment.keep': ({ openId }) => ({ id: openId, proof: null }),
  'commitment.break': ({ openId }) => ({ id: openId, reason: '缺货' }),
  'commitment.release': ({ openId }) => ({ id: openId, reason: '不再需要' }),
  'commitment.reopen': ({ keptId }) => ({ id: keptId }),
  'commitment.confirm': ({ keptId }) => ({ id: keptId }),
  'conflict.settle': ({ of }, role) => ({ id: of[role].conflict, choice: 'kept' }),
}

const hospitalFacts = {
  ...{
    name: '区医院（虚构）',
    kind: 'general_hospital',
    level: null,
    province: null,
    city: null,
    district: null,
  },
  ...{ address: null, longitude: null, latitude: null, phone: null },
}

function report(): JsonObject {
  return { channel: 'phone', startsAt: at, minutes: 10, result: 'reached', note: null, commitments: [] }
}

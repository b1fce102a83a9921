// A small organisation for database tests: two territories below one, a manager over both, a rep in each.
import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import { serverDeps } from '#app/server-deps.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Role } from '#core/role.ts'
import { bigramsOf, nameKeys } from '#core/search-text.ts'
import { member } from '#features/access/member.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { insertRows } from '#sync/server/bulk.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'

/** A clock that stands still until it is moved. */
export class Clock {
  #at = Date.parse('2026-08-31T01:00:00.000Z')
  readonly now = (): string => new Date(this.#at).toISOString()
  /** Goes on by this many milliseconds. */
  advance(by: number): void {
    this.#at += by
  }
}

export interface SmallOrg {
  readonly deps: ServerDeps
  readonly clock: Clock
  readonly orgId: string
  readonly north: string
  readonly south: string
  readonly top: string
  readonly rep: Principal
  readonly otherRep: Principal
  readonly manager: Principal
  readonly steward: Principal
  readonly admin: Principal
  /** In the north, with the rep. */
  readonly hospital: string
  readonly liMing: string
  /** In the south, with the other rep. */
  readonly wangFang: string
}

/** Lays down the organisation and gives what tests need of it. */
export async function smallOrg(app: Pool): Promise<SmallOrg> {
  const clock = new Clock()
  const deps = serverDeps(app, { committed: () => {}, now: clock.now })
  const orgId = uuidv7()
  await transaction(app, orgId, (client) =>
    createOrganisation(client, { orgId, name: '示例药业（虚构）', now: clock.now() }),
  )
  const [top, north, south, hospital] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const people = (['rep', 'rep', 'manager', 'steward', 'admin'] as const).map((role) => person(orgId, role))
  const [rep, otherRep, manager, steward, admin] = people
  if (!rep || !otherRep || !manager || !steward || !admin) throw new Error('five people')
  const li = customerRow('李明华', north, clock.now())
  const wang = customerRow('王芳', south, clock.now())
  await insertRows(deps, { orgId, actor: null, name: 'test.lay_down' }, [
    ...people.map((each) => memberRow(each, clock.now())),
    [territory, { ...kernel(clock.now(), top), name: '大区', parentId: null }],
    [territory, { ...kernel(clock.now(), north), name: '北', parentId: top }],
    [territory, { ...kernel(clock.now(), south), name: '南', parentId: top }],
    assignmentRow(rep, north, clock.now()),
    assignmentRow(otherRep, south, clock.now()),
    assignmentRow(manager, top, clock.now()),
    institutionRow('市第一医院（虚构）', { id: hospital, territoryId: north, at: clock.now() }),
    li,
    wang,
  ])
  const ids = { liMing: li[1].id, wangFang: wang[1].id }
  return { deps, clock, orgId, north, south, top, rep, otherRep, manager, steward, admin, hospital, ...ids }
}

type Laid = readonly [Entity, AnyRow]

function person(orgId: string, role: Role): Principal {
  return { orgId, userId: uuidv7(), roles: [role] }
}

/** The kernel's fields of a row that nobody in particular has made. */
export function kernel(at: string, id: string = uuidv7()) {
  return { id, createdAt: at, createdBy: null, updatedAt: at, updatedBy: null }
}

function memberRow({ userId, roles }: Principal, at: string): Laid {
  const email = `${randomUUID()}@example.com`
  return [member, { ...kernel(at, userId), name: `虚构 ${roles[0]}`, email, roles, isActive: true }]
}

function assignmentRow({ userId }: Principal, territoryId: string, at: string): Laid {
  const days = { sinceOn: '2026-01-01', untilOn: null }
  return [assignment, { ...kernel(at), memberId: userId, territoryId, ...days }]
}

/** A fictitious customer. */
export function customerRow(
  name: string,
  territoryId: string,
  at: string,
): readonly [typeof customer, AnyRow] {
  const none = { sex: null, title: null, specialty: null, phone: null, email: null, note: null }
  const keys = nameKeys(name, (text) => [...text].map((character) => `p${character.codePointAt(0) ?? 0}`))
  const place = { territoryId, institutionId: null, departmentId: null }
  return [
    customer,
    { ...kernel(at), name, role: 'physician', ...none, ...place, ...keys, bigrams: bigramsOf(name) },
  ]
}

function institutionRow(
  name: string,
  { id, territoryId, at }: { id: string; territoryId: string; at: string },
): Laid {
  const none = { level: null, province: null, city: null, district: null, address: null, phone: null }
  const keys = { sortKey: null, pinyin: null, initials: null, bigrams: bigramsOf(name) }
  const where = { longitude: null, latitude: null, territoryId }
  return [institution, { ...kernel(at, id), name, kind: 'general_hospital', ...none, ...where, ...keys }]
}

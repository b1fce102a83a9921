// Rows of field work for tests: everything has a value, a test names only what it is about.
import { dayOf } from '#core/calendar.ts'
import type { RowOf } from '#core/entity.ts'
import type { member } from '#features/access/member.entity.ts'
import type { commitment } from '#features/commitments/commitment.entity.ts'
import type { customer } from '#features/customers/customer.entity.ts'
import type { assignment } from '#features/territories/assignment.entity.ts'
import type { territory } from '#features/territories/territory.entity.ts'
import type { visit } from '#features/visits/visit.entity.ts'

/** A readable id: the same number gives the same one. */
export function idOf(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

const kept = (id: string, at = '2026-01-01T00:00:00.000Z') => ({
  id,
  createdAt: at,
  createdBy: null,
  updatedAt: at,
  updatedBy: null,
})

export const repId = idOf(1)
export const territoryId = idOf(2)

export function aVisit(given: Partial<RowOf<typeof visit>> & { readonly id: string }): RowOf<typeof visit> {
  const startsAt = given.startsAt ?? '2026-11-23T07:00:00.000Z'
  return {
    ...kept(given.id),
    customerId: idOf(100),
    ownerId: repId,
    institutionId: null,
    channel: 'face_to_face',
    status: 'planned',
    startsAt,
    minutes: 15,
    visitOn: dayOf(startsAt),
    objective: null,
    result: null,
    note: null,
    completedAt: null,
    reason: null,
    ...given,
  }
}

export function aCustomer(
  given: Partial<RowOf<typeof customer>> & { readonly id: string },
): RowOf<typeof customer> {
  return {
    ...kept(given.id),
    name: '李明华',
    sex: null,
    role: 'physician',
    title: null,
    specialty: null,
    phone: null,
    email: null,
    note: null,
    territoryId,
    institutionId: null,
    departmentId: null,
    sortKey: null,
    pinyin: null,
    initials: null,
    bigrams: [],
    ...given,
  }
}

export function aCommitment(
  given: Partial<RowOf<typeof commitment>> & { readonly id: string },
): RowOf<typeof commitment> {
  return {
    ...kept(given.id),
    customerId: idOf(100),
    visitId: null,
    ownerId: repId,
    promisedBy: 'us',
    what: '寄指南',
    dueOn: null,
    status: 'open',
    settledAt: null,
    proof: null,
    reason: null,
    confirmedAt: null,
    ...given,
  }
}

export function aTerritory(
  given: Partial<RowOf<typeof territory>> & { readonly id: string },
): RowOf<typeof territory> {
  return { ...kept(given.id), name: '上海一区', parentId: null, ...given }
}

export function aMember(
  given: Partial<RowOf<typeof member>> & { readonly id: string },
): RowOf<typeof member> {
  return {
    ...kept(given.id),
    name: '王敏',
    email: 'rep@example.test',
    roles: ['rep'],
    isActive: true,
    ...given,
  }
}

export function anAssignment(
  given: Partial<RowOf<typeof assignment>> & { readonly id: string },
): RowOf<typeof assignment> {
  return { ...kept(given.id), memberId: repId, territoryId, sinceOn: '2026-01-01', untilOn: null, ...given }
}

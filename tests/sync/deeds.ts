// What people do in the simulation: acts of the real registry, each with a text of its own (its mark) in one field,
// by which it is found again wherever it has gone.
import type { AnyRow, Entity, RowOf } from '#core/entity.ts'
import { canonicalJson, type Json } from '#core/json.ts'
import type { View } from '#core/view.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import {
  breakCommitment,
  editCommitment,
  keepCommitment,
  makeCommitment,
} from '#features/commitments/commitment.mutations.ts'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import { addAffiliation, editAffiliation } from '#features/customers/affiliation.mutations.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { editCustomer } from '#features/customers/customer.mutations.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { completeVisit, missVisit, planVisit, recordVisit } from '#features/visits/visit.mutations.ts'
import type { Device } from '#sync/device/device.ts'
import type { Person } from '../kit/memory-server.ts'
import type { App } from '../kit/two-apps.ts'

export const deedKinds = [
  ...(['edit', 'plan', 'record', 'complete', 'miss', 'promise', 'reword', 'keep', 'break'] as const),
  ...(['describe', 'employ', 'promote'] as const),
] as const

export type DeedKind = (typeof deedKinds)[number]

/** What is needed to do one. */
export interface Occasion {
  readonly mark: string
  readonly person: Person
  /** Which of the rows that there are; taken modulo how many. */
  readonly about: number
  readonly newId: () => string
  /** Where customers may work besides. */
  readonly institutionIds: readonly string[]
  /** The person's clock. */
  readonly now: string
  readonly app: App
}

/** An act that can be done, and where its mark will stand. */
export interface Plan {
  readonly entity: Entity
  readonly id: string
  readonly field: string
  start(device: Device): Promise<void>
}

/** The plan of such an act on what this person sees; null where there is nothing to do it to. */
export function planOf(kind: DeedKind, view: View, occasion: Occasion): Plan | null {
  return planners[kind](view, occasion)
}

type Planner = (view: View, occasion: Occasion) => Plan | null

const planners: { readonly [K in DeedKind]: Planner } = {
  edit: (view, { mark, about, app }) =>
    over(visit, 'objective', choose(view, visit, about), ({ id }) => ({
      start: (device) => app.editVisit(device, id, mark),
    })),
  plan: (view, { mark, about, newId }) =>
    over(visit, 'objective', choose(view, customer, about), (whom) => {
      const id = newId()
      const time = { startsAt: '2026-09-20T02:00:00.000Z', minutes: 15, channel: 'phone' } as const
      const rest = { ownerId: null, institutionId: null, objective: mark }
      return {
        id,
        start: (device) => device.mutate(planVisit, { id, customerId: whom.id, ...time, ...rest }),
      }
    }),
  record: (view, { mark, about, newId, now }) =>
    over(visit, 'note', choose(view, customer, about), (whom) => {
      const id = newId()
      const what = { id: newId(), promisedBy: 'us', what: '寄送说明书', dueOn: null } as const
      const rest = { institutionId: null, objective: null, ...reportOf(now, mark), commitments: [what] }
      return { id, start: (device) => device.mutate(recordVisit, { id, customerId: whom.id, ...rest }) }
    }),
  complete: (view, { mark, about, now }) =>
    over(visit, 'note', choose(view, visit, about, isPlanned), ({ id }) => ({
      start: (device) => device.mutate(completeVisit, { id, ...reportOf(now, mark), commitments: [] }),
    })),
  miss: (view, { mark, about }) =>
    over(visit, 'reason', choose(view, visit, about, isPlanned), ({ id }) => ({
      start: (device) => device.mutate(missVisit, { id, reason: mark }),
    })),
  promise: (view, { mark, about, newId }) =>
    over(commitment, 'what', choose(view, customer, about), (whom) => {
      const id = newId()
      const rest = { visitId: null, promisedBy: 'us', what: mark, dueOn: '2026-10-01' } as const
      return { id, start: (device) => device.mutate(makeCommitment, { id, customerId: whom.id, ...rest }) }
    }),
  reword: (view, { mark, about }) =>
    over(commitment, 'what', choose(view, commitment, about, isOpen), ({ id }) => ({
      start: (device) => device.mutate(editCommitment, { id, changes: { what: mark } }),
    })),
  keep: (view, { mark, about }) =>
    over(commitment, 'proof', choose(view, commitment, about, isOpen), ({ id }) => ({
      start: (device) => device.mutate(keepCommitment, { id, proof: mark }),
    })),
  break: (view, { mark, about }) =>
    over(commitment, 'reason', choose(view, commitment, about, isOpen), ({ id }) => ({
      start: (device) => device.mutate(breakCommitment, { id, reason: mark }),
    })),
  describe: (view, { mark, about }) =>
    over(customer, 'specialty', choose(view, customer, about), ({ id }) => ({
      start: (device) => device.mutate(editCustomer, { id, changes: { specialty: mark } }),
    })),
  employ: (view, { mark, about, newId, institutionIds }) =>
    over(affiliation, 'position', choose(view, customer, about), (whom) => {
      const id = newId()
      const institutionId = institutionIds[about % Math.max(1, institutionIds.length)] ?? newId()
      const place = { institutionId, departmentId: null, position: mark }
      const rest = { isPrimary: about % 2 === 0, sinceOn: null, untilOn: null }
      return {
        id,
        start: (device) => device.mutate(addAffiliation, { id, customerId: whom.id, ...place, ...rest }),
      }
    }),
  promote: (view, { mark, about }) =>
    over(affiliation, 'position', choose(view, affiliation, about), ({ id }) => ({
      start: (device) => device.mutate(editAffiliation, { id, changes: { position: mark } }),
    })),
}

/** The mark in these values; null where there is none. One act has one. */
export function markIn(values: Json): string | null {
  return /第\d+件/.exec(canonicalJson(values))?.[0] ?? null
}

/** The act on `row` that `make` gives, on the row itself unless it makes one of its own. */
function over<R extends { readonly id: string }>(
  entity: Entity,
  field: string,
  row: R | undefined,
  make: (row: R) => { readonly id?: string; readonly start: Plan['start'] },
): Plan | null {
  return row ? { entity, id: row.id, field, ...make(row) } : null
}

function choose<E extends Entity>(
  view: View,
  entity: E,
  about: number,
  isMeant: (row: RowOf<E>) => boolean = () => true,
): (RowOf<E> & { readonly id: string }) | undefined {
  // Every row has the kernel's fields.
  const all = [...view.all(entity)] as (RowOf<E> & AnyRow)[]
  const meant = all.filter(isMeant).sort((a, b) => (a.id < b.id ? -1 : 1))
  return meant[about % Math.max(1, meant.length)]
}

function isPlanned({ status }: RowOf<typeof visit>): boolean {
  return status === 'planned'
}

function isOpen({ status }: RowOf<typeof commitment>): boolean {
  return status === 'open'
}

function reportOf(now: string, note: string) {
  return { channel: 'phone', startsAt: now, minutes: 10, result: 'reached', note } as const
}

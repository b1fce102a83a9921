// A small fictitious organisation on the memory server: two reps, a manager, a few customers with planned visits.
import { registry as productRegistry } from '#app/registry.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Json } from '#core/json.ts'
import type { Registry } from '#core/registry.ts'
import type { Role } from '#core/role.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import type { Lease } from '#sync/protocol.ts'
import { Origin, tick } from './device-origin.ts'
import { MemoryServer, type Person, type ServerBug, type WireServer } from './memory-server.ts'

const start = Date.parse('2026-08-31T01:00:00.000Z')

/** Ids in a row, so that a run can be repeated; the two last digits spread over the buckets. */
function idsInARow(): () => string {
  let last = 0
  return () => {
    last += 1
    const tail = (last * 37).toString(16).padStart(12, '0')
    return `01990000-0000-7000-8000-${tail}`
  }
}

export interface WorldOptions {
  readonly bug?: ServerBug | undefined
  readonly customers?: number
  readonly visitsEach?: number
  readonly pageLimit?: number
  readonly registry?: Registry
}

export class SmallWorld {
  readonly registry: Registry
  readonly newId = idsInARow()
  readonly orgId = this.newId()
  readonly manager: Person
  readonly reps: readonly [Person, Person]
  readonly server: MemoryServer
  readonly customerIds: readonly string[]
  readonly visitIds: readonly string[]
  readonly institutionIds: readonly string[] = []
  #now = start

  constructor({
    bug,
    customers = 4,
    visitsEach = 2,
    pageLimit,
    registry = productRegistry,
  }: WorldOptions = {}) {
    this.registry = registry
    this.server = new MemoryServer({
      registry,
      orgId: this.orgId,
      now: () => new Date(this.#now).toISOString(),
      bug,
      ...(pageLimit && { pageLimit }),
    })
    this.manager = this.#person(['manager'])
    this.reps = [this.#person(['rep']), this.#person(['rep'])]
    const customerIds: string[] = []
    const visitIds: string[] = []
    for (let at = 0; at < customers; at += 1) {
      const customerId = this.newId()
      customerIds.push(customerId)
      const owner = this.reps[at % 2 === 0 ? 0 : 1]
      this.server.lay(
        customer,
        this.#row(customer, { id: customerId, name: `演示客户${at}`, role: 'physician' }),
      )
      this.server.admit(owner.userId, customerId)
      for (let nth = 0; nth < visitsEach; nth += 1) {
        const visitId = this.newId()
        visitIds.push(visitId)
        this.server.lay(visit, this.plannedVisit(visitId, { customerId, ownerId: owner.userId, nth }))
      }
    }
    this.customerIds = customerIds
    this.visitIds = visitIds
  }

  readonly now = (): number => this.#now

  breathe(): Promise<void> {
    return tick()
  }

  /** In memory nothing is under way that a crash could cut. */
  crash(): void {}

  /** Time goes on by this many milliseconds. */
  advance(by: number): void {
    this.#now += by
  }

  origin(person: Person, server: WireServer = this.server): Origin {
    return new Origin({
      ...{ person, server, registry: this.registry, now: this.now, newId: this.newId },
      lease: this.leaseOf(person),
    })
  }

  leaseOf({ userId, roles }: Person): Lease {
    const from = new Date(this.#now).toISOString()
    const until = new Date(this.#now + 3650 * 86_400_000).toISOString()
    return {
      orgId: this.orgId,
      orgName: '示例药业',
      userId,
      name: '演示',
      email: 'demo@example.test',
      roles,
      from,
      until,
      pass: 'demo',
    }
  }

  plannedVisit(id: string, given: { customerId: string; ownerId: string; nth: number }): AnyRow {
    const day = String(1 + (given.nth % 28)).padStart(2, '0')
    return this.#row(visit, {
      ...{ id, customerId: given.customerId, ownerId: given.ownerId, channel: 'phone', status: 'planned' },
      ...{ startsAt: `2026-09-${day}T02:00:00.000Z`, minutes: 15, visitOn: `2026-09-${day}` },
      objective: '最初',
    })
  }

  #row(entity: Entity, values: { readonly [name: string]: Json }): AnyRow {
    const at = new Date(this.#now).toISOString()
    const blank = Object.fromEntries(entity.columns.map((name) => [name, null]))
    // All columns are there; the values given are of the right kind.
    return { ...blank, createdAt: at, updatedAt: at, ...values } as AnyRow
  }

  #person(roles: readonly Role[]): Person {
    const person: Person = { orgId: this.orgId, userId: this.newId(), roles }
    this.server.admit(person.userId, this.orgId)
    this.server.admit(person.userId, person.userId)
    return person
  }
}

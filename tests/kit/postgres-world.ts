// A small fictitious organisation on the real server half over Postgres: two processes that serve its devices in turn,
// both of which can die at named points. Each world is an organisation of its own, so that many fit one database.
import { uuidv7 } from 'uuidv7'
import { serverDeps } from '#app/server-deps.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Json } from '#core/json.ts'
import type { Role } from '#core/role.ts'
import { member } from '#features/access/member.entity.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { transaction } from '#server/postgres/transaction.ts'
import type { Lease } from '#sync/protocol.ts'
import { insertRows } from '#sync/server/bulk.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { DyingPool } from './dying-pool.ts'
import type { Person } from './memory-server.ts'
import type { TestDatabase } from './postgres.ts'
import { PostgresServer, type TamperedServer } from './postgres-server.ts'
import { customerRow, kernel } from './small-org.ts'
import { appNow } from './two-apps.ts'

const start = Date.parse('2026-08-31T01:00:00.000Z')
const customers = 4
const visitsEach = 2
const promise = { promisedBy: 'us', what: '寄送说明书', dueOn: '2026-09-10', status: 'open' } as const

export class PostgresWorld {
  readonly registry = appNow.registry
  readonly newId = uuidv7
  readonly orgId = uuidv7()
  readonly admin = this.#person(['admin'])
  readonly manager = this.#person(['manager'])
  readonly reps = [this.#person(['rep']), this.#person(['rep'])] as const
  /** One for each rep, below one for the manager. */
  readonly territories = [uuidv7(), uuidv7()] as const
  readonly #top = uuidv7()
  readonly institutionIds = [uuidv7(), uuidv7()]
  readonly customerIds: readonly string[]
  readonly visitIds: readonly string[]
  readonly server: PostgresServer
  readonly #pool: DyingPool
  readonly #rows: (readonly [Entity, AnyRow])[] = []
  #now = start

  private constructor(database: TestDatabase, bug: TamperedServer | undefined) {
    this.#pool = new DyingPool(database.app)
    this.#layTerritories()
    const laid = Array.from({ length: customers }, (_, at) => this.#layCustomer(at))
    this.customerIds = laid.map(({ customerId }) => customerId)
    this.visitIds = laid.flatMap(({ visitIds }) => visitIds)
    const { pool } = this.#pool
    const now = () => new Date(this.#now).toISOString()
    // Two processes over one database: their transactions really interleave.
    const processes = [0, 1].map(
      (): ServerDeps => ({ ...serverDeps(pool, { committed: () => {}, now }), registry: this.registry }),
    )
    this.server = new PostgresServer({ database, processes, world: this, bug })
  }

  /** Lays the organisation down. */
  static async open(database: TestDatabase, bug?: TamperedServer): Promise<PostgresWorld> {
    const world = new PostgresWorld(database, bug)
    const now = () => new Date(start).toISOString()
    const { orgId } = world
    await transaction(database.app, orgId, (client) =>
      createOrganisation(client, { orgId, name: '示例药业（虚构）', now: now() }),
    )
    const deps = serverDeps(database.app, { committed: () => {}, now })
    await insertRows(deps, { orgId, actor: null, name: 'test.lay_down' }, world.#rows)
    return world
  }

  readonly now = (): number => this.#now

  advance(by: number): void {
    this.#now += by
  }

  /** Long enough for some of what is under way, and too short for a whole exchange. */
  breathe(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1))
  }

  crash(at: 'in-work' | 'before-commit' | 'after-commit' | 'restart'): void {
    if (at === 'restart') this.server.restart()
    else this.#pool.dieAt(at)
  }

  leaseOf({ userId, roles }: Person): Lease {
    const from = new Date(start).toISOString()
    const until = new Date(start + 3650 * 86_400_000).toISOString()
    const { orgId } = this
    return {
      orgId,
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

  #layTerritories(): void {
    const at = new Date(start).toISOString()
    const [north, south] = this.territories
    const lay = (entity: Entity, id: string, values: { readonly [name: string]: Json }) =>
      this.#rows.push([entity, rowOf(entity, { ...kernel(at, id), ...values })])
    for (const { userId, roles } of [this.admin, this.manager, ...this.reps]) {
      lay(member, userId, {
        name: `虚构 ${roles[0]}`,
        email: `${userId}@example.com`,
        roles: [...roles],
        isActive: true,
      })
    }
    lay(territory, this.#top, { name: '大区', parentId: null })
    lay(territory, north, { name: '北', parentId: this.#top })
    lay(territory, south, { name: '南', parentId: this.#top })
    const days = { sinceOn: '2026-01-01', untilOn: null }
    lay(assignment, uuidv7(), { memberId: this.manager.userId, territoryId: this.#top, ...days })
    for (const [index, { userId }] of this.reps.entries()) {
      lay(assignment, uuidv7(), { memberId: userId, territoryId: this.territories[index] ?? '', ...days })
    }
    for (const id of this.institutionIds) {
      lay(institution, id, {
        name: '市第一医院（虚构）',
        kind: 'general_hospital',
        bigrams: [],
        territoryId: null,
      })
    }
  }

  #layCustomer(at: number) {
    const place = at % 2
    const laid = customerRow(`演示${at}`, this.territories[place] ?? '', new Date(start).toISOString())
    const customerId = laid[1].id
    const owner = { customerId, ownerId: this.reps[place]?.userId ?? '' }
    this.#rows.push(laid, [
      commitment,
      rowOf(commitment, { ...kernel(new Date(start).toISOString()), ...promise, ...owner }),
    ])
    const visitIds = Array.from({ length: visitsEach }, (_, nth) => {
      const day = `2026-08-${10 + nth}`
      const plan = {
        ...{ ...owner, channel: 'phone', status: 'planned' },
        ...{ startsAt: `${day}T02:00:00.000Z`, minutes: 15, visitOn: day, objective: '最初' },
      }
      const id = uuidv7()
      this.#rows.push([visit, rowOf(visit, { ...kernel(new Date(start).toISOString(), id), ...plan })])
      return id
    })
    return { customerId, visitIds }
  }

  #person(roles: readonly Role[]): Person {
    return { orgId: this.orgId, userId: uuidv7(), roles }
  }
}

/** All columns are there; what is not given is empty. */
function rowOf(entity: Entity, values: AnyRow): AnyRow {
  const blank = Object.fromEntries(entity.columns.map((name) => [name, null]))
  return { ...blank, ...values }
}

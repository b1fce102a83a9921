// The real server half as a simulation sees it: behind the wire its two requests, beside it what an office and an
// auditor do. What devices are to hold is worked out here anew, from the rows and not from the feed.
import type { Entity } from '#core/entity.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { type Role, reachOf } from '#core/role.ts'
import type { AuditChange } from '#server/audit/audit.ts'
import { verifyAudit } from '#server/audit/audit-verify.ts'
import { openChange } from '#server/audit/subject-keys.ts'
import { tableOf } from '#server/postgres/sql-columns.ts'
import { deviceColumns } from '#sync/device-columns.ts'
import type { PulledRow, PullPage, PullRequest, PushAnswer, PushRequest } from '#sync/protocol.ts'
import { apply } from '#sync/server/apply.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { pull } from '#sync/server/pull.ts'
import { push } from '#sync/server/push.ts'
import { pulledRow } from '#sync/server/row-text.ts'
import type { Effect, KeptConflict, Person, WorldServer } from './memory-server.ts'
import type { TestDatabase } from './postgres.ts'
import type { PostgresWorld } from './postgres-world.ts'

/** Does something to what goes in and out of the server, as a bug of it would. */
export interface TamperedServer {
  before?(database: TestDatabase, orgId: string, request: PushRequest): Promise<void>
  push?(request: PushRequest): PushRequest
  pulled?(page: PullPage): PullPage
  /** After each transaction, with the owner's eyes. */
  committed?(database: TestDatabase, orgId: string): Promise<void>
}

interface Options {
  readonly database: TestDatabase
  readonly processes: readonly ServerDeps[]
  readonly world: PostgresWorld
  readonly bug?: TamperedServer | undefined
}

interface Entry {
  readonly device: string | null
  readonly n: number
  readonly changes: readonly { readonly entity: string; readonly id: string; readonly after: JsonObject }[]
}

/** Roles that a rep passes through when his rights change. */
const careers: readonly (readonly Role[])[] = [['rep'], ['rep', 'medical'], ['content']]

export class PostgresServer implements WorldServer {
  readonly #options: Options
  readonly #careers = new Map<string, number>()
  #processes: readonly ServerDeps[]
  #requests = 0
  /** Customer → territory, as it may be seen at the moment: both of them while he is moved. */
  readonly #places = new Map<string, ReadonlySet<string>>()

  constructor(options: Options) {
    this.#options = options
    this.#processes = options.processes
    const { customerIds, territories } = options.world
    for (const [at, id] of customerIds.entries()) this.#places.set(id, new Set([territories[at % 2] ?? '']))
  }

  /** Both processes are killed and started again: nobody gets the answers that were under way. */
  restart(): void {
    this.#processes = this.#processes.map((each) => ({ ...each }))
  }

  push(person: Person, request: PushRequest): Promise<PushAnswer> {
    const sent = this.#options.bug?.push?.(request) ?? request
    return this.#served(async (process) => {
      await this.#options.bug?.before?.(this.#options.database, this.#options.world.orgId, request)
      const answer = await push(process, this.#principal(person), sent)
      await this.#options.bug?.committed?.(this.#options.database, this.#options.world.orgId)
      return answer
    })
  }

  async pull(person: Person, request: PullRequest): Promise<PullPage> {
    const page = await this.#served((process) => pull(process, this.#principal(person), request))
    return this.#options.bug?.pulled?.(page) ?? page
  }

  act(person: Person, name: string, args: JsonObject): Promise<void> {
    return this.#unlessCut(async (process) => {
      await apply(process, person, { name, args, version: 1 })
      await this.#options.bug?.committed?.(this.#options.database, this.#options.world.orgId)
    })
  }

  async align(customerId: string, userId: string): Promise<void> {
    const { world, database } = this.#options
    const territoryId = world.territories[world.reps.findIndex((rep) => rep.userId === userId)] ?? ''
    this.#places.set(customerId, new Set([...(this.#places.get(customerId) ?? []), territoryId]))
    await this.act(world.admin, 'customer.align', { ids: [customerId], territoryId })
    // The connection may have been cut before or after the commit.
    const { rows } = await database.owner.query(
      'select territory_id from customer where org_id = $1 and id = $2',
      [world.orgId, customerId],
    )
    this.#places.set(customerId, new Set([rows[0]?.territory_id]))
  }

  async changeRights(userId: string): Promise<void> {
    const { world } = this.#options
    const next = ((this.#careers.get(userId) ?? 0) + 1) % careers.length
    await this.act(world.admin, 'member.set_roles', { id: userId, roles: [...(careers[next] ?? [])] })
    const { rows } = await this.#options.database.owner.query<{ roles: Role[] }>(
      'select roles from member where org_id = $1 and id = $2',
      [world.orgId, userId],
    )
    const current = careers.findIndex((roles) => roles.join() === rows[0]?.roles.join())
    this.#careers.set(userId, Math.max(0, current))
  }

  async changeEpoch(): Promise<void> {
    await this.#options.database.owner.query(
      'update org_counter set epoch = gen_random_uuid() where org_id = $1',
      [this.#options.world.orgId],
    )
  }

  async visibleTo(person: Person): Promise<ReadonlyMap<string, JsonObject>> {
    const { roles } = this.#principal(person)
    const entities = [...this.#options.world.registry.entities.values()]
    const rows = new Map<string, readonly PulledRow[]>()
    for (const entity of entities) rows.set(entity.name, await this.#rowsOf(entity))
    const scopes = scopesOf(person, this.#options.world.orgId, (name) =>
      (rows.get(name) ?? []).map((row) => ({ id: row[1], ...named(entities, row) })),
    )
    const visible = new Map<string, JsonObject>()
    for (const entity of entities) {
      const reach = reachOf(entity.read, roles)
      if (reach === null || entity.device === 'server') continue
      for (const row of rows.get(entity.name) ?? []) {
        const [, id, , scope] = row
        if (!scopes.has(scope) || (reach === 'own' && scope !== person.userId)) continue
        visible.set(`${entity.name}:${id}`, named(entities, row))
      }
    }
    return visible
  }

  async effects(): Promise<readonly Effect[]> {
    const effects: Effect[] = []
    for (const { device, n, changes } of await this.#entries()) {
      const own = changes.filter(({ entity }) => entity !== 'conflict')
      if (device !== null) effects.push({ device, n, args: { values: own.map(({ after }) => after) } })
    }
    return effects
  }

  async valuesOf(entity: Entity, id: string, field: string): Promise<readonly Json[]> {
    return (await this.#entries()).flatMap(({ changes }) =>
      changes
        .filter((each) => each.entity === entity.name && each.id === id && Object.hasOwn(each.after, field))
        .map(({ after }) => after[field] ?? null),
    )
  }

  /** Which customers he may be sent by the territories as they are between now and when it is asked. */
  sightOf({ userId, orgId }: Person): (scope: string) => boolean {
    const { reps, territories } = this.#options.world
    const own = territories[reps.findIndex((rep) => rep.userId === userId)] ?? ''
    const isHis = (customerId: string) => this.#places.get(customerId)?.has(own) === true
    const before = new Set([...this.#places.keys()].filter(isHis))
    const { institutionIds } = this.#options.world
    const shared = new Set([userId, orgId, ...institutionIds])
    return (scope) => shared.has(scope) || before.has(scope) || isHis(scope)
  }

  async conflicts(): Promise<readonly KeptConflict[]> {
    const { rows } = await this.#options.database.owner.query<KeptConflict>(
      'select row_id as "rowId", field, kept, lost from conflict where org_id = $1',
      [this.#options.world.orgId],
    )
    return rows
  }

  async auditFault(): Promise<string | null> {
    const verdict = await verifyAudit(this.#options.database.owner, this.#options.world.orgId)
    return verdict.isIntact ? null : `entry ${verdict.n} was ${verdict.what}`
  }

  /** As the door does it: by the roles that he has at the moment. */
  #principal(person: Person): Person {
    return { ...person, roles: careers[this.#careers.get(person.userId) ?? 0] ?? person.roles }
  }

  async #served<T>(work: (process: ServerDeps) => Promise<T>): Promise<T> {
    this.#requests += 1
    const processes = this.#processes
    const process = processes[this.#requests % processes.length]
    if (!process) throw new Error('no process')
    const answer = await work(process)
    if (processes !== this.#processes) throw new Error('the process that had the answer is gone')
    return answer
  }

  /** The office takes what it did as it comes; a cut connection may have done it or not. */
  async #unlessCut(work: (process: ServerDeps) => Promise<void>): Promise<void> {
    try {
      await this.#served(work)
    } catch (error) {
      if (!/connection|terminat|socket|is gone/i.test(String(error))) throw error
    }
  }

  async #rowsOf(entity: Entity): Promise<readonly PulledRow[]> {
    if (entity.device === 'server') return []
    const { rows } = await this.#options.database.owner.query<{ row: string }>(
      `select ${pulledRow(entity, '0')} as row from ${tableOf(entity)} t where t.org_id = $1`,
      [this.#options.world.orgId],
    )
    return rows.map(({ row }) => JSON.parse(row))
  }

  #known: { readonly count: number; readonly entries: readonly Entry[] } = { count: -1, entries: [] }

  /** What the audit tells, opened; read again only when it has grown. */
  async #entries(): Promise<readonly Entry[]> {
    const { orgId } = this.#options.world
    const { owner } = this.#options.database
    const head = await owner.query('select audit_n from org_counter where org_id = $1', [orgId])
    const count = Number(head.rows[0]?.audit_n)
    if (count === this.#known.count) return this.#known.entries
    const keyRows = await owner.query('select subject_id, key from subject_key where org_id = $1', [orgId])
    const keys = new Map(keyRows.rows.map(({ subject_id, key }) => [subject_id, key]))
    const { rows } = await owner.query<{ device: string | null; device_n: number; changes: AuditChange[] }>(
      'select device, device_n, changes from audit where org_id = $1 order by n',
      [orgId],
    )
    const entries = rows.map(
      ({ device, device_n, changes }): Entry => ({
        device,
        n: Number(device_n),
        changes: changes.map((change) => ({
          entity: change.entity,
          id: change.id,
          after: Object.fromEntries(
            Object.entries({ ...change.fields, ...openChange(orgId, change, keys) }).map(([name, [, is]]) => [
              name,
              is,
            ]),
          ),
        })),
      }),
    )
    this.#known = { count, entries }
    return entries
  }
}

type Found = { readonly id: string } & JsonObject

/** What somebody sees: the customers of his territories, where they work, his own things, and what all share. */
function scopesOf(
  { userId }: Person,
  orgId: string,
  all: (entity: string) => readonly Found[],
): ReadonlySet<string> {
  const worked = new Set(
    all('assignment').flatMap((each) => (each.memberId === userId ? [each.territoryId] : [])),
  )
  for (let size = -1; size !== worked.size; ) {
    size = worked.size
    for (const { id, parentId } of all('territory')) if (worked.has(parentId)) worked.add(id)
  }
  const inside = (name: string) =>
    all(name).flatMap((each) => (worked.has(each.territoryId) ? [each.id] : []))
  const customers = new Set(inside('customer'))
  const places = all('affiliation').filter((each) => customers.has(String(each.customerId)))
  return new Set([
    ...[userId, orgId, ...customers, ...inside('institution')],
    ...places.map((each) => String(each.institutionId)),
  ])
}

function named(entities: readonly Entity[], [name, , , , values]: PulledRow): JsonObject {
  const entity = entities.find((each) => each.name === name)
  return Object.fromEntries(
    (entity ? deviceColumns(entity) : []).map((column, at) => [column, values?.[at] ?? null]),
  )
}

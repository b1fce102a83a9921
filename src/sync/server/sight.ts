// How far a member sees and may write during one transaction.
import type { PoolClient } from 'pg'
import { grouped } from '#core/grouped.ts'
import type { Reach, Role } from '#core/role.ts'
import { prepared } from '#server/postgres/sql.ts'
import type { MembershipRule } from './principal.ts'

interface Interval {
  readonly since: string
  readonly until: string | null
}

type Row = { scope: string; since_at: string; until_at: string | null }

/** Who has been a member of which scope and when, read once a transaction. */
export class ScopeIntervals {
  readonly #client: PoolClient
  readonly #orgId: string
  readonly #known = new Map<string, readonly Interval[]>()

  constructor(client: PoolClient, orgId: string) {
    this.#client = client
    this.#orgId = orgId
  }

  /** Reads what is not known yet of one member and these scopes. */
  async load(userId: string, scopes: readonly string[]): Promise<void> {
    const missing = [...new Set(scopes)].filter((scope) => !this.#known.has(`${userId}:${scope}`))
    if (missing.length === 0) return
    const rows = await prepared<Row>(
      this.#client,
      `select scope, since_at, until_at from scope_member
       where org_id = $1 and user_id = $2 and scope = any($3)`,
      [this.#orgId, userId, missing],
    )
    const found = grouped(rows, ({ scope }) => scope)
    for (const scope of missing) {
      const intervals = (found.get(scope) ?? []).map((row) => ({ since: row.since_at, until: row.until_at }))
      this.#known.set(`${userId}:${scope}`, intervals)
    }
  }

  /** A scope that this member makes in this transaction is his until the memberships are worked out at its end. */
  grant(userId: string, scope: string): void {
    this.#known.set(`${userId}:${scope}`, [{ since: '', until: null }])
  }

  /** The roles of these members; those who have left are not among them. */
  async rolesOf(
    { roles: statement }: MembershipRule,
    members: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Role[]>> {
    if (members.length === 0) return new Map()
    const rows = await prepared<{ user_id: string; roles: readonly Role[] }>(this.#client, statement, [
      this.#orgId,
      [...new Set(members)],
    ])
    return new Map(rows.map(({ user_id, roles }) => [user_id, roles]))
  }

  /** Of scopes that were loaded. */
  isMemberNow(userId: string, scope: string): boolean {
    return (this.#known.get(`${userId}:${scope}`) ?? []).some(({ until }) => until === null)
  }

  /** Member now, or at that moment. */
  isMember(userId: string, scope: string, at: string): boolean {
    const intervals = this.#known.get(`${userId}:${scope}`) ?? []
    return intervals.some(({ since, until }) => until === null || (since <= at && at < until))
  }
}

/** What one act of one member may see and write. */
export class Sight {
  readonly #intervals: ScopeIntervals
  readonly #orgId: string
  readonly #userId: string
  readonly #reach: Reach
  readonly #at: string

  constructor(
    intervals: ScopeIntervals,
    who: {
      readonly orgId: string
      readonly userId: string
      readonly reach: Reach
      /** The moment of the act, not longer ago than an act may take to arrive. */
      readonly at: string
    },
  ) {
    this.#intervals = intervals
    this.#orgId = who.orgId
    this.#userId = who.userId
    this.#reach = who.reach
    this.#at = who.at
  }

  /** To be called with all scopes before they are asked for. */
  async load(scopes: readonly string[]): Promise<void> {
    if (this.#reach === 'territory') await this.#intervals.load(this.#userId, scopes)
  }

  /** What belongs to the whole organisation is seen by everybody in it; rights say who may act on it. */
  sees(scope: string): boolean {
    return scope === this.#orgId || this.mayWrite(scope)
  }

  mayWrite(scope: string): boolean {
    if (this.#reach === 'organisation' || scope === this.#userId) return true
    if (this.#reach === 'own') return false
    return scope === this.#orgId || this.#intervals.isMember(this.#userId, scope, this.#at)
  }

  /** Whether a scope made here must turn out to be one the member sees. */
  get isBounded(): boolean {
    return this.#reach === 'territory'
  }

  grant(scope: string): void {
    if (this.#reach === 'territory') this.#intervals.grant(this.#userId, scope)
  }
}

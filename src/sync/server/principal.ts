// Whom the server half works for and what it needs from the wiring.
import type { Pool } from 'pg'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { Registry } from '#core/registry.ts'
import type { Role } from '#core/role.ts'
import type { PinyinOf } from '#core/search-text.ts'
import type { Change } from '#core/transaction.ts'

/** Somebody who has proven who he is, in one organisation. `userId` is the id of his member row. */
export interface Principal {
  readonly orgId: string
  readonly userId: string
  readonly roles: readonly Role[]
  /** He has left since, at this instant in UTC: what he did before still counts. Absent for everybody else. */
  readonly leftAt?: string
}

/** Everything the server half of sync works with; one for the whole process. */
export interface ServerDeps {
  /** Speaks as `rapport_app`. */
  readonly pool: Pool
  readonly registry: Registry
  readonly memberships: MembershipRule
  readonly conflicts: ConflictRule
  /** For entities that a device needs `then`: which of their rows it needs first. */
  readonly early: ReadonlyMap<string, EarlyRows>
  readonly pinyin: PinyinOf
  /** The server's clock, an instant in UTC. */
  readonly now: () => string
  /** A new UUIDv7. */
  readonly newId: () => string
  /** How long after losing sight of a row an act done before may still arrive, in days: the lease. */
  readonly leaseDays: number
  /** Called after each commit that wrote; must not throw. */
  readonly committed: (orgId: string, seq: number) => void
}

/** A condition in SQL over the columns of the entity's table `t` and the day `$day`. */
export interface EarlyRows {
  readonly where: string
}

/** Who is to see which scope, said by the feature that knows. */
export interface MembershipRule {
  /**
   * SQL giving (user_id, scope) as it should be: `$1` organisation, `$2` Shanghai day, `$3` uuid[] of the only
   * scopes of interest or null, `$4` uuid[] of the only members of interest or null. It answers for scopes that
   * no longer exist too, by not naming them.
   */
  readonly desired: string
  /** SQL giving (scope): whose sight hangs on the scopes `$2` uuid[] of the organisation `$1`, besides themselves. */
  readonly related: string
  /** SQL giving (user_id, roles) of those of the members `$2` uuid[] of organisation `$1` who have not left. */
  readonly roles: string
  /** SQL giving (territory_id) of all territories that member `$2` of organisation `$1` works on day `$3`. */
  readonly territories: string
  /** Entities whose rows within `territory` reach are exactly those of these territories, and by which field. */
  readonly territoryField: ReadonlyMap<string, string>
  /** What a change of one row touches; null for most. */
  readonly touchedBy: (change: Change) => Touched | null
  /** Members whose rights this change alters: they get a fresh picture. */
  readonly rightsOf: (change: Change) => string | null
}

/** One member and one scope that he sees. */
export interface Membership {
  readonly user_id: string
  readonly scope: string
}

/** Whose sight must be worked out again. */
export interface Touched {
  readonly scopes?: readonly (string | null | undefined)[]
  readonly users?: readonly string[]
  readonly everybody?: boolean
}

/** What is known of a value that gave way to another one. */
export interface Clash {
  readonly entity: Entity
  readonly row: AnyRow
  readonly field: string
  readonly kept: Json
  readonly lost: Json
  readonly keptBy: string
  readonly lostBy: string | null
  readonly keptAt: string
  readonly lostAt: string
}

/** How a clash is kept for its authors. */
export interface ConflictRule {
  readonly entity: Entity
  /** The row that tells one member of it; without the kernel's fields. */
  readonly rowFor: (
    clash: Clash,
    given: { readonly id: string; readonly memberId: string },
  ) => JsonObject & {
    readonly id: string
  }
  /** Whom such a row's personal values are about. */
  readonly subjectOf: (row: AnyRow) => string
}

/** One act from outside a device: REST, an import, an assistant. */
export interface AppliedAct {
  readonly name: string
  /** Unknown input; the mutation checks it. */
  readonly args: unknown
  readonly version?: number
  /** When it was done; now, unless said otherwise. */
  readonly at?: string
  /** Repeats with one key take effect once. Keys of different members never meet. Absent: no protection. */
  readonly key?: string
}

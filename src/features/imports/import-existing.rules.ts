// What is there already, as an import compares with it.
import type { JsonObject } from '#core/json.ts'

export interface ExistingInstitution {
  readonly id: string
  /** The fields that a list can fill, by name. */
  readonly values: JsonObject
}

export interface ExistingCustomer extends ExistingInstitution {
  readonly institutionId: string | null
}

export interface KnownTerritory {
  readonly id: string
  readonly name: string
  /** Names from the top down to this one: 华东 / 上海. */
  readonly path: string
}

/** Asked while a list is looked at. */
export interface Existing {
  readonly institutions: readonly ExistingInstitution[]
  readonly territories: readonly KnownTerritory[]
  /** Customers that have one of these names, or one of these mobile numbers. */
  customers(names: readonly string[], mobiles: readonly string[]): Promise<readonly ExistingCustomer[]>
}

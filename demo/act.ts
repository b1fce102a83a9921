import type { Fields, ValuesOf } from '#core/field.ts'
import type { JsonObject } from '#core/json.ts'
import type { Mutation } from '#core/mutation.ts'
import type { Role } from '#core/role.ts'

/** Something that somebody in the demo did: a mutation with its author and time. */
export interface Act {
  readonly name: string
  readonly args: JsonObject
  /** ISO instant. */
  readonly at: string
  readonly userId: string
  readonly roles: readonly Role[]
}

/** Who does something, and when. */
export interface By {
  readonly userId: string
  readonly roles: readonly Role[]
  readonly at: string
}

/** An act with arguments of the right type. */
export function act<A extends Fields>(by: By, mutation: Mutation<A>, args: ValuesOf<A>): Act {
  // Values of fields are JSON by construction.
  return { ...by, name: mutation.name, args: args as JsonObject }
}

import type { Fields, ValuesOf } from '#core/field.ts'
import type { JsonObject } from '#core/json.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { type Mutation, registered, runInMemory } from '#core/mutation.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'

interface Person {
  readonly userId: string
  readonly roles: readonly Role[]
}

export const rep: Person = { userId: testId('rep'), roles: ['rep'] }
export const otherRep: Person = { userId: testId('other rep'), roles: ['rep'] }
export const manager: Person = { userId: testId('manager'), roles: ['manager'] }
export const steward: Person = { userId: testId('steward'), roles: ['steward'] }
export const admin: Person = { userId: testId('admin'), roles: ['admin'] }

export const orgId = testId('organisation')

/** 2026-11-23 is a Monday; this is 10:00 in Shanghai. */
export const now = '2026-11-23T02:00:00.000Z'

/** The id that a test calls by this name. */
export function testId(name: string): string {
  const hex = [...name].map((character) => (character.codePointAt(0) ?? 0).toString(16)).join('')
  const tail = hex.padStart(12, '0').slice(-12)
  const head = (hex.length + 0x7000).toString(16)
  return `0190${hex.padEnd(4, '0').slice(0, 4)}-0000-${head}-8000-${tail}`
}

/** Rows in memory on which people act, as a device or the server would let them. */
export class Stage {
  readonly rows = new MemoryRows()

  act<A extends Fields>(by: Person, mutation: Mutation<A>, args: ValuesOf<A>, at = now): this {
    const context = { ...by, orgId, at, now: at, pinyin: pinyinOf }
    // Values of fields are JSON by construction.
    const given = args as JsonObject
    this.rows.apply(runInMemory(registered(mutation), given, { context, read: this.rows.read }).changes())
    return this
  }

  /** The refusal that acting meets; fails when nothing is refused. */
  refusal<A extends Fields>(by: Person, mutation: Mutation<A>, args: ValuesOf<A>, at = now): Refused {
    try {
      this.act(by, mutation, args, at)
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
    throw new Error(`${mutation.name} was not refused`)
  }
}

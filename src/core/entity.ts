import { type Field, type Fields, id, instant, maybe, ref, type ValuesOf } from './field.ts'
import type { Rights } from './role.ts'

/**
 * The bundle a row moves with when somebody gains or loses sight of it: a customer with all that hangs on
 * him, an institution, a member's own things, or the organisation's shared things. A scope is named by one
 * id: the customer's, the institution's, the member's, the organisation's.
 */
export type ScopeRule<F extends Fields = Fields> = 'organisation' | { readonly by: 'id' | (keyof F & string) }

/** What a device needs first: `first` before anything is shown, `then` in the background. */
export type Need = 'first' | 'then'

export interface EntityOptions<F extends Fields> {
  /** What a row of it is, in the field's words, in one sentence. Shown in the API's description. */
  readonly about: string
  readonly scope: ScopeRule<F>
  /** Who may read it, and how far. Devices carry only what is within `territory` or `own`. */
  readonly read: Rights
  /** `server`: never on a device as a whole. Defaults to `first`. */
  readonly device?: Need | 'server'
  readonly fields: F
}

/** Kept by the kernel on every row. */
const rowFields = {
  id: id(),
  createdAt: instant({ conflict: 'server' }),
  createdBy: maybe(ref('member', { conflict: 'server', indexed: false })),
  updatedAt: instant({ conflict: 'server' }),
  updatedBy: maybe(ref('member', { conflict: 'server', indexed: false })),
}

export interface Entity<N extends string = string, F extends Fields = Fields> {
  readonly name: N
  readonly about: string
  readonly scope: ScopeRule
  readonly read: Rights
  readonly device: Need | 'server'
  /** The entity's own fields, without those the kernel keeps. */
  readonly fields: F
  /** All fields of a row in the order in which they travel: the kernel's first. */
  readonly columns: readonly string[]
}

/** A row as mutations and screens see it. */
export type RowOf<E> = E extends Entity<string, infer F> ? ValuesOf<F> & ValuesOf<typeof rowFields> : never

/** What a mutation gives to create a row: the entity's own fields and the id. */
export type NewRowOf<E> = E extends Entity<string, infer F> ? ValuesOf<F> & { readonly id: string } : never

export type ChangesOf<E> = E extends Entity<string, infer F> ? Partial<ValuesOf<F>> : never

/** A row whose entity is known only at run time. */
export type AnyRow = ValuesOf<typeof rowFields> & ValuesOf<Fields>

/** One definition per entity; everything outward is derived from it. */
export function entity<const N extends string, F extends Fields>(
  name: N,
  { about, scope, read, device = 'first', fields }: EntityOptions<F>,
): Entity<N, F> {
  return {
    name,
    about,
    scope,
    read,
    device,
    fields,
    columns: [...Object.keys(rowFields), ...Object.keys(fields)],
  }
}

/** The field of that name, the kernel's own among them. */
export function fieldOf(of: Entity, name: string): Field | undefined {
  // `name` may be any text from outside; only own keys count.
  if (Object.hasOwn(rowFields, name)) return rowFields[name as keyof typeof rowFields]
  return Object.hasOwn(of.fields, name) ? of.fields[name] : undefined
}

/** The names of the fields by which rows can be found on the device. */
export function indexesOf(of: Entity): readonly string[] {
  return Object.entries(of.fields)
    .filter(([, field]) => field.facts.indexed === true)
    .map(([name]) => name)
}

/** The scope a row belongs to. */
export function scopeOf(of: Entity, row: AnyRow, orgId: string): string {
  if (of.scope === 'organisation') return orgId
  const scope = row[of.scope.by]
  if (typeof scope !== 'string') throw new Error(`${of.name}.${of.scope.by} does not name a scope`)
  return scope
}

/**
 * The fields that people change one by one: not those with a state machine, not those written once, not those
 * that follow from others.
 */
export function editableFields<E extends Entity, K extends keyof E['fields'] & string>(
  of: E,
  names: readonly K[],
): Pick<E['fields'], K> {
  for (const name of names) {
    const conflict = of.fields[name]?.facts.conflict ?? 'value'
    if (conflict === 'guarded' || conflict === 'appended' || conflict === 'server') {
      throw new Error(`${of.name}.${name} is not edited by itself`)
    }
  }
  // Exactly the named keys are picked.
  return Object.fromEntries(names.map((name) => [name, of.fields[name]])) as Pick<E['fields'], K>
}

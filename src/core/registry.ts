import type { Entity } from './entity.ts'
import type { AnyMutation } from './mutation.ts'

/** What the product consists of, as the kits below the features see it. Put together once, in `app/registry.ts`. */
export interface Registry {
  readonly entities: ReadonlyMap<string, Entity>
  readonly mutations: ReadonlyMap<string, AnyMutation>
}

/** @throws Error when two entities or two mutations have one name */
export function registryOf(entities: readonly Entity[], mutations: readonly AnyMutation[]): Registry {
  return { entities: byName(entities), mutations: byName(mutations) }
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const named = new Map(all.map((each) => [each.name, each]))
  if (named.size !== all.length) throw new Error('two definitions have one name')
  return named
}

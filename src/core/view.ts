import type { Entity, RowOf } from './entity.ts'

/** Rows to read from: on the device what is in memory with unsent work on top, elsewhere `MemoryRows`. */
export interface View {
  get<E extends Entity>(entity: E, id: string): RowOf<E> | undefined
  /** Rows whose `field` has this value, in no promised order; fast where the field is indexed. */
  where<E extends Entity>(entity: E, field: keyof RowOf<E> & string, value: string): readonly RowOf<E>[]
  all<E extends Entity>(entity: E): readonly RowOf<E>[]
}

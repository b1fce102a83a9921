import type { Entity } from '#core/entity.ts'
import { fieldOf } from '#core/entity.ts'

/** The columns of an entity that a device may hold, in the order in which they travel; `id` is sent apart. */
export function deviceColumns(entity: Entity): readonly string[] {
  return entity.columns.filter((name) => {
    const field = fieldOf(entity, name)
    return name !== 'id' && field?.facts.serverOnly !== true
  })
}

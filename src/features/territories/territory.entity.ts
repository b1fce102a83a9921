import { entity } from '#core/entity.ts'
import { maybe, ref, text } from '#core/field.ts'
import { readByAll } from '#features/access/access.rules.ts'

/** 辖区: a node of the tree along which responsibility runs; a manager's node holds his reps' nodes. */
export const territory = entity('territory', {
  about: 'A node of the tree of territories along which responsibility runs.',
  scope: 'organisation',
  read: readByAll,
  fields: {
    name: text({ max: 60 }),
    parentId: maybe(ref('territory', { conflict: 'server' })),
  },
})

import { entity } from '#core/entity.ts'
import { instant, integer, maybe, oneOf, ref, text } from '#core/field.ts'

/** What a list can be of. */
export const importTargets = ['institution', 'customer'] as const

const count = integer({ min: 0, max: 1_000_000, conflict: 'appended' })

/** 导入: one list that was brought in, with what became of its rows. Kept after it was undone. */
export const importRun = entity('import_run', {
  about: 'A list of institutions or customers that was brought in from a spreadsheet.',
  scope: 'organisation',
  read: { steward: 'organisation', admin: 'organisation', auditor: 'organisation' },
  device: 'server',
  fields: {
    target: oneOf(importTargets, { conflict: 'appended' }),
    fileName: text({ max: 200, conflict: 'appended' }),
    status: oneOf(['done', 'undone'], { conflict: 'guarded' }),
    /** Rows of the list, whatever became of them: those below and those that were refused. */
    readRows: count,
    createdRows: count,
    /** Rows that were there already and got what they lacked. */
    filledRows: count,
    /** Rows that were there already and lacked nothing, or were left out on purpose. */
    passedRows: count,
    refusedRows: count,
    undoneAt: maybe(instant({ conflict: 'server' })),
    undoneBy: maybe(ref('member', { conflict: 'server', indexed: false })),
    /** Rows that stayed when it was undone, because somebody had worked with them since. */
    keptRows: integer({ min: 0, max: 1_000_000, conflict: 'server' }),
  },
})

// What two people are told when one's value gave way to the other's.
import type { AnyRow } from '#core/entity.ts'
import type { Clash, ConflictRule } from '#sync/server/principal.ts'
import { conflict } from './conflict.entity.ts'

export const conflictItems: ConflictRule = {
  entity: conflict,
  rowFor: (clash, { id, memberId }) => ({
    id,
    memberId,
    entity: clash.entity.name,
    rowId: clash.row.id,
    customerId: customerOf(clash),
    field: clash.field,
    kept: clash.kept,
    lost: clash.lost,
    keptBy: clash.keptBy,
    lostBy: clash.lostBy,
    keptAt: clash.keptAt,
    lostAt: clash.lostAt,
    settledAt: null,
    choice: null,
  }),
  // The values are the customer's, whoever entered them.
  subjectOf: ({ customerId, memberId }: AnyRow) => String(customerId ?? memberId),
}

function customerOf({ entity, row }: Clash): string | null {
  const id = entity.name === 'customer' ? row.id : row.customerId
  return typeof id === 'string' ? id : null
}

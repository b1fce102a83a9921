// What the server half of sync works with in this product.
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import { pinyinOf } from '#core/pinyin.ts'
import { conflictItems } from '#features/conflicts/conflict.server.ts'
import { territoryMemberships } from '#features/territories/territory.server.ts'
import { earlyVisits } from '#features/visits/visit.server.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { registry } from './registry.ts'

/** `app` is the pool that speaks as `rapport_app`. */
export function serverDeps(
  app: Pool,
  {
    committed,
    leaseDays = 7,
    now = () => new Date().toISOString(),
  }: Pick<ServerDeps, 'committed'> & Partial<Pick<ServerDeps, 'leaseDays' | 'now'>>,
): ServerDeps {
  return {
    pool: app,
    registry,
    memberships: territoryMemberships,
    conflicts: conflictItems,
    early: new Map([['visit', earlyVisits]]),
    pinyin: pinyinOf,
    now,
    newId: uuidv7,
    leaseDays,
    committed,
  }
}

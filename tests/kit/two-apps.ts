// The app before an update and after it: a mutation got another shape of arguments and an entity a column more. The
// server is always the newer one; phones follow when they are opened on line.

import { registry } from '#app/registry.ts'
import { entity } from '#core/entity.ts'
import { text } from '#core/field.ts'
import { type Mutation, mutation, registered } from '#core/mutation.ts'
import { type Registry, registryOf } from '#core/registry.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { editVisit } from '#features/visits/visit.mutations.ts'
import type { Device } from '#sync/device/device.ts'

export interface App {
  readonly registry: Registry
  /** Has the column that came with the update. */
  readonly hasReasons: boolean
  /** Edits a visit as this app does it. */
  editVisit(device: Device, id: string, objective: string): Promise<void>
}

/** `reason` is the last column of a visit: what an older app does not know comes last on the wire. */
const { reason: _, ...fieldsBefore } = visit.fields
const { about, read, device } = visit
const visitBefore = entity('visit', {
  about,
  read,
  device,
  scope: { by: 'customerId' },
  fields: fieldsBefore,
})

const editVisitNow = mutation('visit.edit', {
  ...{ about: editVisit.about, rights: editVisit.rights, version: 2 },
  args: { ...editVisit.args, origin: text({ max: 20 }) },
  earlier: { 1: (args) => ({ ...args, origin: '旧版' }) },
  run: (tx, { origin: _, ...args }, context) => editVisit.run(tx, args, context),
})

/** On phones that have not been updated. */
export const appBefore: App = {
  registry: registryOf(
    [...registry.entities.values()].map((each) => (each.name === 'visit' ? visitBefore : each)),
    [...registry.mutations.values()],
  ),
  hasReasons: false,
  editVisit: (device, id, objective) => device.mutate(editVisit, { id, changes: { objective } }),
}

/** On the server and on updated phones. */
export const appNow: App = {
  registry: registryOf([...registry.entities.values()], withMutation(editVisitNow)),
  hasReasons: true,
  editVisit: (device, id, objective) =>
    device.mutate(editVisitNow, { id, changes: { objective }, origin: '新版' }),
}

function withMutation<A extends Mutation['args']>(changed: Mutation<A>) {
  return [...registry.mutations.values()].map((each) =>
    each.name === changed.name ? registered(changed) : each,
  )
}

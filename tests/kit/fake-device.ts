// A device without disk and network: rows in memory, mutations for real. For looking at screens and for
// tests of what screens read; the real one is src/sync/device.
import type { AnyRow, Entity, RowOf } from '#core/entity.ts'
import type { Fields, ValuesOf } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { type Mutation, registered, runInMemory } from '#core/mutation.ts'
import type { View } from '#core/view.ts'
import type { Device, DeviceStatus, PendingMutation } from '#sync/device/device.ts'
import type { Lease } from '#sync/protocol.ts'

interface FakeDeviceOptions {
  readonly lease: Lease
  readonly rows: Iterable<readonly [Entity, AnyRow]>
  readonly status?: Partial<DeviceStatus>
  readonly now?: () => string
}

/** A device that accepts whatever its mutations accept, at once. */
export function fakeDevice({
  lease,
  rows,
  status = {},
  now = () => new Date().toISOString(),
}: FakeDeviceOptions): Device {
  const memory = new MemoryRows()
  for (const [entity, row] of rows) memory.put(entity, row)
  const drafts = new Map<string, Json>()
  const listeners = new Set<() => void>()
  const versions = new Map<string, number>()
  let version = 0
  let refused = status.refused ?? []
  let pending: readonly PendingMutation[] = status.pending ?? []
  const changed = (entities: Iterable<string>) => {
    version += 1
    for (const entity of entities) {
      versions.set(entity, (versions.get(entity) ?? 0) + 1)
      lists.delete(entity)
    }
    for (const listener of listeners) listener()
  }
  // As on the real device, a list is the same until a row of it changes.
  const lists = new Map<string, readonly unknown[]>()
  const view: View = {
    get: (entity, id) => memory.get(entity, id),
    where: (entity, field, value) => memory.where(entity, field, value),
    all: <E extends Entity>(entity: E) => {
      const known = lists.get(entity.name) ?? memory.all(entity)
      lists.set(entity.name, known)
      // The list kept under an entity's name is a list of its rows.
      return known as readonly RowOf<E>[]
    },
  }
  return {
    lease,
    view,
    version: () => version,
    versionOf: (entity) => versions.get(entity) ?? 0,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    status: () => ({
      connection: 'online',
      loading: 'complete',
      isPulling: false,
      isPushing: false,
      syncedAt: now(),
      isDiskFailing: false,
      isLocked: false,
      ...status,
      pending,
      refused,
    }),
    mutate: async <A extends Fields>(mutation: Mutation<A>, args: ValuesOf<A>) => {
      const at = now()
      const { orgId, userId, roles } = lease
      const context = { orgId, userId, roles, at, now: at, pinyin: null }
      const changes = runInMemory(registered(mutation), args, { context, read: memory.read }).changes()
      memory.apply(changes)
      changed(new Set(changes.map(({ entity }) => entity.name)))
    },
    hasten: async () => undefined,
    draft: (key) => drafts.get(key) ?? null,
    keepDraft: async (key, value) => {
      if (value === null) drafts.delete(key)
      else drafts.set(key, value)
      changed([])
    },
    resend: async (n) => {
      refused = refused.filter((each) => each.n !== n)
      changed([])
    },
    discard: async (n) => {
      refused = refused.filter((each) => each.n !== n)
      changed([])
    },
    sync: async () => {
      pending = []
      changed([])
    },
    signOut: async () => undefined,
    close: () => undefined,
  }
}

// What must hold whatever happens: each invariant of the exchange as a function that throws when it does not.
import type { Entity } from '#core/entity.ts'
import { canonicalJson, type Json, type JsonObject, sameJson } from '#core/json.ts'
import { deviceColumns } from '#sync/device-columns.ts'
import type { PullRequest } from '#sync/protocol.ts'
import type { Tab } from '../kit/device-origin.ts'
import type { KeptConflict } from '../kit/memory-server.ts'
import { markIn } from './deeds.ts'
import { type Deed, type Evidence, Violation } from './evidence.ts'

/** I1: every act has at most one effect, and the effects of one device come in the order of its acts. */
export async function eachActCountsOnce({ world, deeds }: Evidence): Promise<void> {
  const last = new Map<string, number>()
  const order = new Map<string, number>()
  for (const [at, { device, n, args }] of (await world.server.effects()).entries()) {
    if (n <= (last.get(device) ?? 0)) fail('I1', `${n} of ${device} took effect twice or out of order`)
    last.set(device, n)
    const mark = markIn(args)
    if (mark === null) continue
    if (order.has(mark)) fail('I1', `${mark} took effect twice`)
    order.set(mark, at)
  }
  const latest = new Map<Tab, number>()
  for (const { tab, mark } of deeds) {
    const at = order.get(mark)
    if (at === undefined) continue
    if (at < (latest.get(tab) ?? -1)) fail('I1', `${mark} overtook what was done before it`)
    latest.set(tab, at)
  }
}

/**
 * I2: a quiet device holds exactly what the server shows its member, nothing missing, nothing out of date.
 * I4: and no row that it should not hold.
 */
export async function quietDevicesEqualTheServer({ world, origins, apps }: Evidence): Promise<void> {
  for (const origin of origins) {
    const { person } = origin.options
    const registry = apps.get(origin)?.registry ?? world.registry
    const visible = await world.server.visibleTo(person)
    for (const { device } of origin.live) {
      const expected = new Map(visible)
      for (const entity of registry.entities.values()) {
        for (const row of device.view.all(entity)) {
          const key = `${entity.name}:${row.id}`
          const wanted = expected.get(key)
          // Rows of the view have all columns of the device.
          const held = row as JsonObject
          if (!wanted) fail('I4', `${key} is held and not to be seen`)
          else if (!areSame(entity, held, wanted))
            fail('I2', `${key} is out of date: ${differences(entity, held, wanted)}`)
          expected.delete(key)
        }
      }
      for (const key of expected.keys()) fail('I2', `${key} is missing`)
    }
  }
}

/** I3: every text that somebody entered stands, is in the history, or waits refused where its author sees it. */
export async function nothingEnteredIsLost({ world, deeds }: Evidence): Promise<void> {
  const done = new Set((await world.server.effects()).map(({ args }) => markIn(args)))
  for (const { mark, origin, entity, id, field, isSaved } of deeds) {
    const isRefused = origin.live.some(({ device }) =>
      device.status().refused.some(({ args }) => markIn(args) === mark),
    )
    if (done.has(mark)) {
      const values = await world.server.valuesOf(entity, id, field)
      if (!values.includes(mark)) fail('I3', `${mark} was accepted and its value is nowhere`)
    } else if (isSaved && !isRefused) fail('I3', `${mark} is neither accepted nor refused`)
  }
}

/**
 * I3: and what gave way to somebody who had not seen it is shown to him as a conflict; unless he may not see the
 * customer any more.
 */
export async function whatGaveWayUnseenIsShown({ world, deeds, moved, newRights }: Evidence): Promise<void> {
  const conflicts = await world.server.conflicts()
  if (conflicts === null) return
  for (const deed of deeds) {
    if (moved.has(deed.customerId) || newRights.has(deed.origin.options.person.userId)) continue
    const values = await world.server.valuesOf(deed.entity, deed.id, deed.field)
    const at = values.indexOf(deed.mark)
    const stood = values[at - 1]
    if (at < 1 || stood === undefined || sameJson(stood, deed.saw)) continue
    if (!conflicts.some((each) => isAbout(each, deed, stood))) {
      fail('I3', `${deed.mark} replaced ${stood} instead of ${deed.saw}, and nobody is told`)
    }
  }
}

/** I5: after an act its author sees it, or what the server took in after it, and never what stood before. */
export async function ownWorkNeverFlickers({ world, glimpses, moved, newRights }: Evidence): Promise<void> {
  const hasLostSight = moved.size + newRights.size > 0
  for (const { deed, value } of glimpses) {
    if (value === deed.mark) continue
    const values = await world.server.valuesOf(deed.entity, deed.id, deed.field)
    const at = values.indexOf(deed.mark)
    if (at < 0 || (value === undefined && hasLostSight)) continue
    if (!values.slice(at).includes(value ?? null)) fail('I5', `instead of ${deed.mark} there was ${value}`)
  }
}

/** I6: what was said to be saved on the device is there, or at the server, when the browser comes back. */
export async function whatIsSavedSurvives(
  { world }: Pick<Evidence, 'world'>,
  saved: readonly Deed[],
  { device }: Tab,
): Promise<void> {
  if (saved.length === 0) return
  const { pending, refused } = device.status()
  const here = new Set([...pending, ...refused].map(({ args }) => markIn(args)))
  const missing = saved.filter(({ mark }) => !here.has(mark))
  if (missing.length === 0) return
  const there = new Set((await world.server.effects()).map(({ args }) => markIn(args)))
  for (const { mark } of missing) if (!there.has(mark)) fail('I6', `${mark} was saved and is gone`)
}

/** I7: within one epoch a device never asks from further back than it has asked before. */
export function cursorsNeverGoBack({ origins }: Evidence): void {
  for (const { pulls } of origins) cursorNeverGoesBack(pulls)
}

function cursorNeverGoesBack(pulls: readonly PullRequest[]): void {
  const highest = new Map<string, number>()
  for (const { epoch, cursor, resume } of pulls) {
    if (resume !== undefined) continue
    if (cursor < (highest.get(epoch) ?? 0)) fail('I7', `the cursor went back to ${cursor}`)
    highest.set(epoch, cursor)
  }
}

/** I8: after a sign-out nothing can be read, neither on a screen of any tab nor on the disk. */
export async function signOutLeavesNothing(tab: Tab, entities: Iterable<Entity>): Promise<void> {
  const { origin } = tab
  for (const each of origin.live) {
    if (!each.isOpen || each === tab) continue
    for (const entity of entities) {
      if (each.device.view.all(entity).length > 0) fail('I8', 'another tab still shows rows')
    }
  }
  if (await origin.canStillRead()) fail('I8', 'rows can still be read after sign-out')
}

/** The audit is whole: every entry follows from the one before. */
export async function auditHolds({ world }: Evidence): Promise<void> {
  const fault = await world.server.auditFault()
  if (fault !== null) fail('audit', fault)
}

function isAbout({ rowId, field, kept, lost }: KeptConflict, deed: Deed, stood: Json): boolean {
  return rowId === deed.id && field === deed.field && kept === deed.mark && sameJson(lost, stood)
}

function areSame(entity: Entity, held: JsonObject, wanted: JsonObject): boolean {
  return differences(entity, held, wanted) === ''
}

function differences(entity: Entity, held: JsonObject, wanted: JsonObject): string {
  const values = (row: JsonObject, name: string) => canonicalJson(row[name] ?? null)
  return deviceColumns(entity)
    .filter((name) => values(held, name) !== values(wanted, name))
    .map((name) => `${name} is ${values(held, name)} instead of ${values(wanted, name)}`)
    .join(', ')
}

function fail(invariant: string, what: string): never {
  throw new Violation(invariant, what)
}

// One act from outside a device: REST, an import, an assistant.
import { createHash } from 'node:crypto'
import { checkFields } from '#core/check.ts'
import { instant, integer, maybe, text } from '#core/field.ts'
import { Refused } from '#core/refused.ts'
import type { Outcome } from '../protocol.ts'
import { writerOf } from './org-writer.ts'
import type { AppliedAct, Principal, ServerDeps } from './principal.ts'
import { sentObject } from './sent-json.ts'

const actFields = {
  name: text({ max: 80 }),
  version: maybe(integer({ min: 1, max: 1_000_000 })),
  at: maybe(instant()),
}

/**
 * Does it as a push of one would. A repeat with the same key gets the answer of the first.
 * @throws Refused `input.invalid`; `key.reused` for a key that was used for something else
 */
export async function apply(deps: ServerDeps, principal: Principal, act: AppliedAct): Promise<Outcome> {
  const { args: given, key, ...outline } = act
  const { name, version, at } = checkFields(actFields, outline)
  const mutation = {
    n: 1,
    name,
    version: version ?? deps.registry.mutations.get(name)?.version ?? 1,
    args: sentObject(given, 'args'),
    at: at ?? deps.now(),
    base: {},
    deps: [],
  }
  const device = key === undefined ? deps.newId() : deviceOf(principal, key)
  const sending = { principal, device, isSingle: true, sentAt: null, mutations: [mutation] }
  const { outcomes, fault } = await writerOf(deps, principal.orgId).take(sending)
  const [outcome] = outcomes
  if (outcome) return outcome
  if (fault instanceof Refused && fault.code === 'device.cloned') throw new Refused('key.reused')
  throw fault ?? new Error('an act from outside was not taken in')
}

/** A key is a device that sends one mutation. */
function deviceOf({ userId }: Principal, key: string): string {
  const hex = createHash('sha256').update(`${userId} ${key}`).digest('hex')
  // Marked as version 8 (made by a rule of one's own), so that it never meets a device's own UUIDv7.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

// A device sends what was done on it.
import { checkFields } from '#core/check.ts'
import { id, instant, integer, listOf, shape, text } from '#core/field.ts'
import { Refused } from '#core/refused.ts'
import { type PushAnswer, type PushRequest, pushLimit, type SentMutation } from '../protocol.ts'
import { writerOf } from './org-writer.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { sentBase, sentObject } from './sent-json.ts'

/**
 * Takes in a device's mutations, each exactly once however often it is sent. The answer may be shorter than the
 * request: the rest is to be sent again.
 *
 * @throws Refused `input.invalid`; `device.cloned` when two stores send under one name
 * @throws Error when nothing could be taken in for a fault of ours: to be sent again later
 */
export async function push(deps: ServerDeps, principal: Principal, input: unknown): Promise<PushAnswer> {
  const { device, sentAt, mutations } = readPush(input)
  const sending = { principal, device, isSingle: false, sentAt, mutations }
  const { outcomes, next, fault } = await writerOf(deps, principal.orgId).take(sending)
  if (fault !== null && outcomes.length === 0) throw fault
  return { outcomes, next }
}

const number = integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const outline = shape({
  n: number,
  name: text({ max: 80 }),
  version: integer({ min: 1, max: 1_000_000 }),
  at: instant(),
  deps: listOf(number, { max: 200 }),
})
const requestFields = { device: id(), sentAt: instant(), mutations: listOf(outline, { max: pushLimit }) }

/** Arguments and base are kept as they came: the mutation checks its own, and what is refused is kept whole. */
function readPush(input: unknown): PushRequest {
  const request = sentRequest(input)
  const { device, sentAt, mutations } = checkFields(requestFields, request.outlines)
  // Those of version 8 are made from keys of acts from outside: whoever guesses somebody's key must not use it up.
  if (device[14] === '8') {
    throw new Refused('input.invalid', { problems: [{ path: 'device', code: 'not_an_id', params: {} }] })
  }
  const complete = mutations.map((each, index): SentMutation => {
    const { args, base } = request.contents[index] ?? {}
    const path = `mutations.${index}`
    return { ...each, args: sentObject(args, `${path}.args`), base: sentBase(base, `${path}.base`) }
  })
  return { device, sentAt, mutations: complete }
}

interface Content {
  readonly args?: unknown
  readonly base?: unknown
}

/** Takes the request apart into what has a fixed shape and what each mutation brings. */
function sentRequest(input: unknown): { outlines: unknown; contents: readonly Content[] } {
  if (!isRecord(input) || !Array.isArray(input.mutations)) return { outlines: input, contents: [] }
  const sent: readonly unknown[] = input.mutations
  const split = sent.map((each) => {
    if (!isRecord(each)) return { outline: each, content: {} }
    const { args, base, ...outline } = each
    return { outline, content: { args, base } }
  })
  return {
    outlines: { ...input, mutations: split.map(({ outline }) => outline) },
    contents: split.map(({ content }) => content),
  }
}

function isRecord(input: unknown): input is { readonly [key: string]: unknown } {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

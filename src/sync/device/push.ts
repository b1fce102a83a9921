import { Refused } from '#core/refused.ts'
import { pushLimit } from '../protocol.ts'
import type { Entry } from './acts.ts'
import { catchUp } from './opening.ts'
import { recordOutcomes, startOver } from './outbox.ts'
import type { Parts } from './parts.ts'
import { WireFailure } from './surroundings.ts'

/**
 * Sends what waits, in order, batch after batch. An answer that was lost is asked for again under the same
 * number, and the server gives the same answer. One tab at a time.
 *
 * @throws WireFailure, Refused what the wire throws; DiskFailure
 */
export async function push(parts: Parts): Promise<void> {
  let limit = pushLimit
  for (let batch = waiting(parts, limit); batch.length > 0; batch = waiting(parts, limit)) {
    try {
      await show(parts, batch, () => send(parts, batch))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      // A request that was refused as a whole: one by one it shows which act is meant.
      if (batch.length === 1) await single(parts, batch[0], error)
      limit = 1
    }
  }
}

function waiting({ memory }: Parts, limit: number): readonly Entry[] {
  return memory.entries.filter(({ n, seq }) => n > 0 && seq === undefined).slice(0, limit)
}

async function show({ memory }: Parts, batch: readonly Entry[], work: () => Promise<void>): Promise<void> {
  for (const entry of batch) entry.state = 'sent'
  memory.set({ isPushing: true })
  try {
    await work()
  } finally {
    for (const entry of batch) if (entry.state === 'sent') entry.state = 'saved'
    memory.set({ isPushing: false })
  }
}

async function send(parts: Parts, batch: readonly Entry[]): Promise<void> {
  const { memory, outside } = parts
  await parts.reach('before-send')
  const { outcomes, next } = await outside.transport.push({
    device: memory.device,
    sentAt: new Date(outside.surroundings.now()).toISOString(),
    mutations: batch.map(({ n, act, deps }) => ({ n, ...act, deps: deps.flatMap(numbered) })),
  })
  await parts.reach('after-send')
  if (outcomes.length > 0) return parts.inTurn(() => recordOutcomes(parts, outcomes))
  // The server stopped before the first one: it is busy, or it misses acts that come before.
  if (next >= (batch[0]?.n ?? 0)) throw new WireFailure('unreachable')
  await parts.inTurn(() => startOver(parts, next))
  await catchUp(parts)
}

/** One act by itself was refused without having been looked at. */
async function single(parts: Parts, entry: Entry | undefined, { code, details }: Refused): Promise<void> {
  if (code === 'device.cloned' && entry) {
    // A copy of this disk has used the number for another act, so ours has not counted.
    await parts.inTurn(() => startOver(parts, entry.n, 'renamed'))
    await catchUp(parts)
  } else if (code === 'input.invalid' && entry) {
    await parts.inTurn(() => recordOutcomes(parts, [{ n: entry.n, status: 'refused', code, details }]))
  } else throw new Refused(code, details)
}

function numbered(dep: Entry | number): number | readonly number[] {
  return typeof dep === 'number' ? dep : []
}

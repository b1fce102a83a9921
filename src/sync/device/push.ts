import { pushLimit, type SentMutation } from '../protocol.ts'
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
  for (let batch = waiting(parts); batch.length > 0; batch = waiting(parts)) {
    const { memory } = parts
    for (const entry of batch) entry.state = 'sent'
    memory.set({ isPushing: true })
    try {
      await send(parts, batch)
    } finally {
      for (const entry of batch) if (entry.state === 'sent') entry.state = 'saved'
      memory.set({ isPushing: false })
    }
  }
}

function waiting({ memory }: Parts): readonly Entry[] {
  return memory.entries.filter(({ n, seq }) => n > 0 && seq === undefined).slice(0, pushLimit)
}

async function send(parts: Parts, batch: readonly Entry[]): Promise<void> {
  const { memory, outside } = parts
  await parts.reach('before-send')
  const { outcomes, next } = await outside.transport.push({
    device: memory.device,
    sentAt: new Date(outside.surroundings.now()).toISOString(),
    mutations: batch.map(toSend),
  })
  await parts.reach('after-send')
  if (outcomes.length > 0) return parts.inTurn(() => recordOutcomes(parts, outcomes))
  // The server stopped before the first one: it is busy, or it misses acts that come before.
  if (next >= (batch[0]?.n ?? 0)) throw new WireFailure('unreachable')
  await parts.inTurn(() => startOver(parts, next))
  await catchUp(parts)
}

function toSend({ n, act, deps }: Entry): SentMutation {
  return { n, ...act, deps: deps.flatMap((dep) => (typeof dep === 'number' ? dep : [])) }
}

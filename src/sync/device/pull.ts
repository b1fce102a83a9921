import { Refused } from '#core/refused.ts'
import type { PullPage } from '../protocol.ts'
import { noProgress, type Progress, writeMeta } from './disk.ts'
import { progressAfter, savePage } from './journal.ts'
import { catchUp } from './opening.ts'
import type { Parts } from './parts.ts'
import { readJson, type Sealed } from './vault.ts'

/**
 * Fetches what is new, page after page, each on the disk before the next counts. The next page is asked for
 * while this one is being put away. `between` is done after each page but the last: new work need not wait for a
 * long series. One tab at a time.
 *
 * @throws WireFailure, Refused what the wire throws; DiskFailure
 */
export async function pull(parts: Parts, between: () => Promise<void>): Promise<void> {
  parts.memory.set({ isPulling: true })
  try {
    await series(parts, between)
  } catch (error) {
    if (!(error instanceof Refused) || parts.memory.progress.resume === null) throw error
    // The server does not know this series any more.
    await parts.inTurn(() => dropSeries(parts))
    await series(parts, between)
  } finally {
    parts.memory.set({ isPulling: false })
  }
}

async function series(parts: Parts, between: () => Promise<void>): Promise<void> {
  let asked = parts.memory.progress
  let answer = ask(parts, asked)
  for (;;) {
    const bytes = await answer
    const page = readJson<PullPage>(bytes)
    const following = page.resume === undefined ? null : ask(parts, progressAfter(asked, page))
    const isSaved = await parts.inTurn(() => savePage(parts, { page, bytes, asked }))
    if (!isSaved) return catchUp(parts)
    if (following === null) return
    await between()
    asked = parts.memory.progress
    answer = following
  }
}

function ask({ outside }: Parts, { cursor, epoch, resume }: Progress): Promise<Sealed> {
  const answer = outside.transport.pull({ cursor, epoch, ...(resume === null ? {} : { resume }) })
  // It may fail before anybody waits for it; whoever does hears of it.
  answer.catch(() => undefined)
  return answer
}

/** Asks anew from where the last whole series ended; a picture that was only begun is begun again. */
async function dropSeries({ disk, memory }: Parts): Promise<void> {
  const { progress } = memory
  const { cursor, epoch } = progress.isFresh ? noProgress : progress
  const restarted: Progress = { ...progress, cursor, epoch, resume: null, isFresh: false }
  await disk.write(['meta'], (tx) => writeMeta(tx, 'progress', restarted))
  memory.progress = restarted
}

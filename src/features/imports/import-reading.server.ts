// Has a list read in a thread of its own, so that the server goes on answering and its memory stays bounded.
import { Worker } from 'node:worker_threads'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { ImportChoices } from './import-choices.rules.ts'
import type { Existing, ExistingCustomer } from './import-existing.rules.ts'
import type { Examined, ImportTargetName } from './import-view.rules.ts'

/** What a worker is started with. */
export interface Reading {
  readonly path: string
  readonly fileName: string
  readonly target: ImportTargetName
  readonly choices: ImportChoices
  readonly existing: Pick<Existing, 'institutions' | 'territories'>
}

export type FromWorker =
  | { readonly asked: { readonly names: readonly string[]; readonly mobiles: readonly string[] } }
  | { readonly examined: Examined }
  | { readonly refused: { readonly code: string; readonly details: JsonObject } }

export interface ToWorker {
  readonly customers: readonly ExistingCustomer[]
}

/** Megabytes of one worker's heap: a file within the reader's limits takes far less. */
const heapMegabytes = 768
/** Workers at a time; others wait, and beyond this many nobody should have to. */
const most = 1
const mostWaiting = 20

let running = 0
const waiting: (() => void)[] = []

/** @throws Refused what is wrong with the file; `import.busy` when too many wait already */
export async function readList(reading: Reading, customers: Existing['customers']): Promise<Examined> {
  if (running >= most) {
    if (waiting.length >= mostWaiting) throw new Refused('import.busy')
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
  try {
    return await inWorker(reading, customers)
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

function inWorker(reading: Reading, customers: Existing['customers']): Promise<Examined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./import-worker.js', import.meta.url), {
      workerData: reading,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    })
    worker.on('message', (message: FromWorker) => {
      if ('examined' in message) resolve(message.examined)
      else if ('refused' in message) reject(new Refused(message.refused.code, message.refused.details))
      else {
        const { names, mobiles } = message.asked
        customers(names, mobiles).then((found) => worker.postMessage({ customers: found }), reject)
      }
    })
    worker.on('error', (error) => {
      reject(isOutOfMemory(error) ? new Refused('import.too_much_at_once') : error)
    })
    worker.on('exit', (code) => reject(new Error(`a worker that read a list ended with ${code}`)))
  })
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

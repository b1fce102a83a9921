import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Refused } from '#core/refused.ts'

/** The parts of a zipped document, by name in lower case. */
export interface Archive {
  readonly names: ReadonlySet<string>
  /** The unpacked bytes of a part, or null where there is none. */
  part(name: string): AsyncIterable<Uint8Array> | null
}

/** No office document has so many; a zip made to exhaust us may. */
const maxParts = 10_000
/** Deflate packs at most 1:1032; real sheets, which repeat themselves a lot, stay below 1:100. */
const maxRatio = 250
/** Under this many bytes the ratio says nothing: 1,000 empty styled rows may well pack 1:300. */
const ratioMattersFrom = 32_000_000

/**
 * Opens a zip by its central directory and refuses a bomb by the sizes promised there, before anything is
 * unpacked. Unpacking counts again, for promises may lie.
 *
 * @throws Refused `import.zip_bomb`, `import.damaged`, `import.encrypted`
 */
export async function openArchive(bytes: Buffer, maxUnzippedBytes: number): Promise<Archive> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch(() => {
    throw damaged()
  })
  const entries = await listEntries(zip)
  refuseBomb([...entries.values()], maxUnzippedBytes)
  const budget = { left: maxUnzippedBytes, limit: maxUnzippedBytes }
  return {
    names: new Set(entries.keys()),
    part: (name) => {
      const entry = entries.get(name.toLowerCase())
      return entry === undefined ? null : unpack(zip, entry, budget)
    },
  }
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > maxParts)
    throw new Refused('import.zip_bomb', { limit: maxParts, found: zip.entryCount })
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
  } catch {
    throw damaged()
  }
  return entries
}

function refuseBomb(entries: readonly Entry[], limit: number): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > limit) throw new Refused('import.zip_bomb', { limit, found: unpacked })
  for (const { compressedSize, uncompressedSize } of entries) {
    if (uncompressedSize > ratioMattersFrom && uncompressedSize > compressedSize * maxRatio) {
      throw new Refused('import.zip_bomb', {
        limit: maxRatio,
        found: Math.round(uncompressedSize / compressedSize),
      })
    }
  }
}

interface Budget {
  left: number
  readonly limit: number
}

async function* unpack(zip: ZipFile, entry: Entry, budget: Budget): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new Refused('import.encrypted')
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry)
    // A Readable of bytes, never in object mode or with an encoding.
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      budget.left -= chunk.length
      if (budget.left < 0) throw new Refused('import.zip_bomb', { limit: budget.limit })
      yield chunk
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    throw liesAboutItsSize(error) ? new Refused('import.zip_bomb', { limit: budget.limit }) : damaged()
  }
}

// yauzl's own words when a part unpacks to more than the directory promised.
function liesAboutItsSize(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('too many bytes in the stream')
}

function damaged(): Refused {
  return new Refused('import.damaged', { part: 'zip' })
}

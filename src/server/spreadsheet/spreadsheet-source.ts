import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Refused } from '#core/refused.ts'

/** The bytes of a file, its path, or the bytes as they arrive over the wire. */
export type SpreadsheetSource = Uint8Array | string | AsyncIterable<Uint8Array>

/**
 * All bytes of a source, never more than `maxBytes` of them: a file on disk is refused by its size before
 * it is opened, a stream as soon as it has brought too much.
 *
 * @throws Refused `import.too_large`, `import.empty`, `import.not_found`
 */
export async function bytesOf(source: SpreadsheetSource, maxBytes: number): Promise<Buffer> {
  const bytes = await allBytes(source, maxBytes)
  if (bytes.length === 0) throw new Refused('import.empty')
  return bytes
}

async function allBytes(source: SpreadsheetSource, maxBytes: number): Promise<Buffer> {
  if (source instanceof Uint8Array) {
    refuseOver(source.length, maxBytes)
    return Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  }
  if (typeof source !== 'string') return collect(source, maxBytes)
  const facts = await stat(source).catch(() => null)
  // A device or a pipe has no size to be refused by, and may never end.
  if (facts === null || !facts.isFile()) throw new Refused('import.not_found')
  refuseOver(facts.size, maxBytes)
  return collect(createReadStream(source), maxBytes)
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    refuseOver(size, maxBytes)
    kept.push(chunk)
  }
  return Buffer.concat(kept, size)
}

function refuseOver(size: number, maxBytes: number): void {
  if (size > maxBytes) throw new Refused('import.too_large', { limit: maxBytes, found: size })
}

// Reads the archive of a backup, and believes nothing of it before every checksum has been compared.

import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { BackupError, type Manifest, readManifest, sha256Of, tallying } from './backup-manifest.ts'

export interface BackupArchive {
  readonly manifest: Manifest
  /** The content of a part. */
  read(part: string): Promise<Readable>
  close(): void
}

/** A manifest names every table and file and stays far below; a larger one is not ours. */
const manifestLimit = 64 * 1_048_576

/** @throws BackupError when it is no backup, is damaged, or was made by a later version */
export async function openBackup(file: string): Promise<BackupArchive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) throw error
    throw damaged(file, 'it is no archive, or its end is missing')
  })
  try {
    const entries = await entriesOf(zip, file)
    const read = async (part: string) => {
      const entry = entries.get(part)
      if (!entry) throw damaged(file, `${part} is missing`)
      return zip.openReadStreamPromise(entry)
    }
    const manifest = await manifestOf(file, entries, read)
    return { manifest, read, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** Reads every part to its end. @throws BackupError naming the first that is not what was backed up */
export async function verifyBackup(archive: BackupArchive, file: string): Promise<void> {
  const { tables, files } = archive.manifest
  for (const { part, bytes, sha256 } of [...tables, ...files]) {
    const tally = tallying()
    try {
      await pipeline(await archive.read(part), tally.through.resume())
    } catch (error) {
      if (error instanceof BackupError) throw error
      throw damaged(file, `${part} cannot be unpacked`)
    }
    const found = tally.done()
    if (found.bytes !== bytes || found.sha256 !== sha256) throw damaged(file, `${part} was changed`)
  }
}

async function entriesOf(zip: ZipFile, file: string): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch {
    throw damaged(file, 'its list of parts cannot be read')
  }
  return entries
}

async function manifestOf(
  file: string,
  entries: ReadonlyMap<string, Entry>,
  read: (part: string) => Promise<Readable>,
): Promise<Manifest> {
  const size = entries.get('manifest.json')?.uncompressedSize ?? 0
  if (!entries.has('manifest.sha256') || size === 0 || size > manifestLimit) {
    throw new BackupError(`${file} is no backup of Rapport.`)
  }
  const [source, sum] = await Promise.all([
    textOf(read, 'manifest.json'),
    textOf(read, 'manifest.sha256'),
  ]).catch(() => {
    throw damaged(file, 'its manifest cannot be unpacked')
  })
  if (sha256Of(source) !== sum) throw damaged(file, 'its manifest was changed')
  try {
    return readManifest(source)
  } catch {
    throw new BackupError(`${file} was made by another version of Rapport. Restore it with that version.`)
  }
}

async function textOf(read: (part: string) => Promise<Readable>, part: string): Promise<string> {
  const chunks: Buffer[] = []
  // A stream of bytes without an encoding.
  for await (const chunk of (await read(part)) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function damaged(file: string, what: string): BackupError {
  return new BackupError(
    `${file} is damaged: ${what}. Nothing was restored; take another copy of the backup.`,
  )
}

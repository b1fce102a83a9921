// What a backup says of itself: where the database stood, what is in each part, and how to tell that it is whole.
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { checkFields } from '#core/check.ts'
import { type Field, flag, instant, integer, listOf, shape, text, type ValueOf } from '#core/field.ts'

/** A backup cannot be made or used; the message says why and what to do. */
export class BackupError extends Error {
  override name = 'BackupError'
}

/** Raised when older programs could not read the archive any more. */
export const backupFormat = 1

const name = text({ max: 1000 })
const sha256 = text({ min: 64, max: 64 })
const figure = integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const many = { max: 1_000_000 }

const part = { part: name, bytes: figure, sha256 }

const manifestFields = {
  format: integer({ min: backupFormat, max: backupFormat }),
  createdAt: instant(),
  postgres: name,
  migrations: listOf(shape({ name, checksum: sha256 }), many),
  tables: listOf(
    shape({ ...part, schema: name, table: name, columns: listOf(name, many), rows: figure }),
    many,
  ),
  files: listOf(shape(part), many),
  hasSecret: flag(),
  organisations: listOf(
    shape({ orgId: name, name, auditEntries: figure, auditHead: sha256, seq: figure }),
    many,
  ),
}

export type Manifest = { readonly [K in keyof typeof manifestFields]: ValueOf<(typeof manifestFields)[K]> }
export type TablePart = Manifest['tables'][number]
export type FilePart = Manifest['files'][number]

/** @throws Refused `input.invalid` when it is not one of this format */
export function readManifest(source: string): Manifest {
  // Named so that the compiler sees the fields one by one.
  const fields: { readonly [K in keyof typeof manifestFields]: Field } = manifestFields
  // checkFields gives exactly these fields, each of its kind.
  return checkFields(fields, JSON.parse(source)) as Manifest
}

/** Hashes and counts what passes through. */
export function tallying(): { readonly through: Transform; done(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { through, done: () => ({ bytes, sha256: hash.digest('hex') }) }
}

export function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

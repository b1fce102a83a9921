// Lists that were handed in and not yet brought in: the file, whose it is, and what is wrong with it. For a day.
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { notFound } from '#core/refused.ts'
import type { Principal } from '#sync/server/principal.ts'
import type { FaultyRows, ImportTargetName } from './import-view.rules.ts'

export interface Draft {
  readonly id: string
  readonly orgId: string
  readonly userId: string
  readonly fileName: string
  readonly target: ImportTargetName
}

const dayMs = 86_400_000

export class DraftFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Where the draft's file is. */
  fileOf({ id }: Pick<Draft, 'id'>): string {
    return join(this.#folder, id, 'list')
  }

  /** Keeps the file under a name of our own; what its owner calls it never becomes a path. */
  async keep(draft: Draft, content: Readable): Promise<void> {
    await this.#sweep()
    await mkdir(join(this.#folder, draft.id), { recursive: true, mode: 0o700 })
    await writeFile(join(this.#folder, draft.id, 'draft.json'), JSON.stringify(draft), { mode: 0o600 })
    await pipeline(content, createWriteStream(this.fileOf(draft), { mode: 0o600 }))
  }

  /** @throws Refused `not_found` for one that is gone or another's */
  async open(id: string, { orgId, userId }: Principal): Promise<Draft> {
    const draft = await this.#read<Draft>(id, 'draft.json')
    if (draft === null || draft.orgId !== orgId || draft.userId !== userId) throw notFound('import_run')
    return draft
  }

  async keepFaulty({ id }: Pick<Draft, 'id'>, faulty: FaultyRows): Promise<void> {
    await writeFile(join(this.#folder, id, 'faulty.json'), JSON.stringify(faulty), { mode: 0o600 })
  }

  /** The rows that could not come in, as they were last looked at. @throws Refused `not_found` */
  async faulty(draft: Draft): Promise<FaultyRows> {
    const faulty = await this.#read<FaultyRows>(draft.id, 'faulty.json')
    if (faulty === null) throw notFound('import_run')
    return faulty
  }

  async remove({ id }: Pick<Draft, 'id'>): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true })
  }

  async #read<T>(id: string, name: string): Promise<T | null> {
    try {
      // Written by this class only.
      return JSON.parse(await readFile(join(this.#folder, id, name), 'utf8')) as T
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async #sweep(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    for (const id of await readdir(this.#folder)) {
      const { mtimeMs } = await stat(join(this.#folder, id)).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > dayMs) await this.remove({ id })
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

// What somebody is still writing: kept like rows and acts, sealed, so that it outlives the tab it was written in.
import type { Json } from '#core/json.ts'
import type { DraftRecord } from './disk.ts'
import type { Parts } from './parts.ts'

/** The newest text under one key, and all records that there are of it. */
export interface Draft {
  readonly ids: readonly string[]
  readonly value: Json
}

interface Content {
  readonly key: string
  readonly value: Json
}

/** Puts a draft on the disk in place of the one before; null takes it away. */
export async function keepDraft(parts: Parts, key: string, value: Json | null): Promise<void> {
  const { disk, vault, memory, outside } = parts
  const content: Content = { key, value }
  const id = outside.surroundings.newId()
  const blob = value === null ? null : await vault.sealJson(content)
  const before = memory.drafts.get(key)?.ids ?? []
  await disk.write(['draft'], async (tx) => {
    const store = tx.objectStore('draft')
    for (const old of before) await store.delete(old)
    if (blob) await store.put({ id, blob })
  })
  const drafts = new Map(memory.drafts)
  if (value === null) drafts.delete(key)
  else drafts.set(key, { ids: [id], value })
  memory.drafts = drafts
  outside.channel.post('changed')
}

/** The drafts in these records, which come in the order in which they were written: the last one of a key counts. */
export async function readDrafts(
  { memory, vault }: Parts,
  records: readonly DraftRecord[],
): Promise<ReadonlyMap<string, Draft>> {
  const known = new Map<string, Content>()
  for (const [key, { ids, value }] of memory.drafts) {
    const last = ids.at(-1)
    if (last !== undefined) known.set(last, { key, value })
  }
  const drafts = new Map<string, Draft>()
  for (const { id, blob } of records) {
    const { key, value } = known.get(id) ?? (await vault.openJson<Content>(blob))
    drafts.set(key, { ids: [...(drafts.get(key)?.ids ?? []), id], value })
  }
  return drafts
}

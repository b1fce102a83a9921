// Rows that are on this device and not at the server yet, and rows of which the server refused something.
import { useMemo } from 'react'
import type { Json, JsonObject } from '#core/json.ts'
import type { DeviceStatus } from '#sync/device/device.ts'
import { useWords } from './language.tsx'
import { useDeviceStatus } from './live.tsx'
import { kitWords } from './ui/kit.words.ts'
import { StatusMark } from './ui/mark.tsx'

export type Unsent = 'waiting' | 'refused'

/** What a row still lacks on its way to the server; null when it has arrived. */
export function useUnsent(): (id: string) => Unsent | null {
  const { pending, refused } = useDeviceStatus()
  const marks = useMemo(() => unsentRows({ pending, refused }), [pending, refused])
  return (id) => marks.get(id) ?? null
}

/** 待上传 or 需处理, in words; nothing for a row that has arrived. */
export function UnsentMark({ unsent }: { readonly unsent: Unsent | null }) {
  const t = useWords(kitWords)
  if (unsent === null) return null
  return unsent === 'refused' ? (
    <StatusMark tone="late">{t('unsent.refused')}</StatusMark>
  ) : (
    <StatusMark icon="sync" tone="calm">
      {t('unsent.waiting')}
    </StatusMark>
  )
}

/** The rows that unsent and refused acts write: by `id` and `ids` anywhere in their arguments. */
export function unsentRows({
  pending,
  refused,
}: Pick<DeviceStatus, 'pending' | 'refused'>): ReadonlyMap<string, Unsent> {
  const marks = new Map<string, Unsent>()
  for (const { args, state } of pending) {
    if (state !== 'accepted') for (const id of idsIn(args)) marks.set(id, 'waiting')
  }
  for (const { args } of refused) for (const id of idsIn(args)) marks.set(id, 'refused')
  return marks
}

function idsIn(args: JsonObject): readonly string[] {
  return Object.entries(args).flatMap(([key, value]) => {
    if (key === 'id' || key === 'ids') return [value].flat().filter((id) => typeof id === 'string')
    return nested(value).flatMap(idsIn)
  })
}

function nested(value: Json): readonly JsonObject[] {
  const items: readonly Json[] = Array.isArray(value) ? value : [value]
  return items.filter(
    (each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each),
  )
}

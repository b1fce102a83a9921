// Reports that were begun and not saved. In memory only, because what is written about a customer may not lie
// on the disk unsealed; with the device they belong to, so that signing out forgets them.
import type { ReportDraft } from '#features/visits/visit-draft.rules.ts'
import type { Device } from '#sync/device/device.ts'

export interface KeptDraft {
  /** The id that the visit will have, chosen once, so that saving twice makes one visit. */
  readonly visitId: string
  readonly draft: ReportDraft
}

const kept = new WeakMap<Device, Map<string, KeptDraft>>()

/** `key` is the visit, or the customer of a visit that was not planned. */
export function keptDraft(device: Device, key: string): KeptDraft | undefined {
  return kept.get(device)?.get(key)
}

export function keepDraft(device: Device, key: string, draft: KeptDraft): void {
  const drafts = kept.get(device) ?? new Map<string, KeptDraft>()
  kept.set(device, drafts.set(key, draft))
}

export function forgetDraft(device: Device, key: string): void {
  kept.get(device)?.delete(key)
}

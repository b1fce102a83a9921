// Reports that were begun and not saved: kept on the device, sealed, so that neither a reload nor a phone that ends the
// app in the background loses a word. Signing out forgets them with everything else.
import type { ReportDraft } from '#features/visits/visit-draft.rules.ts'
import type { Device } from '#sync/device/device.ts'

export interface KeptDraft {
  /** The id that the visit will have, chosen once, so that saving twice makes one visit. */
  readonly visitId: string
  readonly draft: ReportDraft
}

/** Milliseconds without a letter after which a draft is kept. */
const pause = 300

interface Unkept {
  readonly draft: KeptDraft
  readonly stop: () => void
}

/** By device and key: what the disk does not have yet. */
const unkept = new WeakMap<Device, Map<string, Unkept>>()

function waitingOn(device: Device): Map<string, Unkept> {
  const waiting = unkept.get(device) ?? new Map<string, Unkept>()
  unkept.set(device, waiting)
  return waiting
}

/** `key` is the visit, or the customer of a visit that was not planned. `begun` fills what an older app did not write. */
export function keptDraft(device: Device, key: string, begun: ReportDraft): KeptDraft | null {
  const waiting = waitingOn(device).get(key)
  if (waiting) return waiting.draft
  // Nobody else writes under these keys.
  const kept = device.draft(nameOf(key)) as KeptDraft | null
  return kept && { visitId: kept.visitId, draft: { ...begun, ...kept.draft } }
}

/** Keeps it at the next pause in writing, or when the page is about to go. */
export function keepDraft(device: Device, key: string, draft: KeptDraft): void {
  const waiting = waitingOn(device)
  waiting.get(key)?.stop()
  const timer = setTimeout(() => void write(device, key, draft), pause)
  waiting.set(key, { draft, stop: () => clearTimeout(timer) })
}

/** Keeps at once what still waits for a pause. */
export async function keepDraftsNow(device: Device): Promise<void> {
  await Promise.all([...waitingOn(device)].map(([key, { draft }]) => write(device, key, draft)))
}

export async function forgetDraft(device: Device, key: string): Promise<void> {
  waitingOn(device).get(key)?.stop()
  waitingOn(device).delete(key)
  // A device that was locked meanwhile keeps it: it is offered again, and saving it twice makes one visit.
  await device.keepDraft(nameOf(key), null).catch(() => undefined)
}

async function write(device: Device, key: string, { visitId, draft }: KeptDraft): Promise<void> {
  const waiting = waitingOn(device)
  const own = waiting.get(key)
  own?.stop()
  try {
    await device.keepDraft(nameOf(key), { visitId, draft: { ...draft, commitments: [...draft.commitments] } })
    // Unless more has been written while this was put on the disk.
    if (waiting.get(key) === own) waiting.delete(key)
  } catch {
    // The disk fails or the device is locked: it stays in memory and goes with the next letter.
  }
}

function nameOf(key: string): string {
  return `visit-report ${key}`
}

// The key of what is on the disk. While the lease runs it lies there too, so that the app opens offline. When the lease
// has run out only the wrapped key stays, and what unwraps it is given by the server after a sign-in.
import { Refused } from '#core/refused.ts'
import type { Lease } from '../protocol.ts'
import { type Disk, readMeta, writeMeta } from './disk.ts'
import { type Grant, GrantClock, newGrant } from './grant.ts'
import type { Outside } from './surroundings.ts'
import type { Sealed } from './vault.ts'

const algorithm = { name: 'AES-GCM', length: 256 } as const

export function databaseName({ orgId, userId }: Pick<Lease, 'orgId' | 'userId'>): string {
  return `rapport-${orgId}-${userId}`
}

export interface Entrance {
  readonly lease: Lease
  /** 64 hexadecimal digits: what the server gives to whoever has just proven who he is; null without its word. */
  readonly unlock: string | null
}

/** Key and grant of a device that may be read. */
export interface Opened {
  readonly key: CryptoKey
  readonly clock: GrantClock
}

/**
 * Opens the disk of this member: with the server's word anew, without it as long as the lease runs. The first time the
 * disk is made empty and given a key and a name.
 *
 * @throws Refused `device.locked` where a sign-in is needed first; DiskFailure
 */
export async function enter(disk: Disk, outside: Outside, entrance: Entrance): Promise<Opened> {
  const { lease, unlock } = entrance
  const kept = await disk.read(['meta'], async (tx) => ({
    key: await readMeta(tx, 'key'),
    wrapped: await readMeta(tx, 'wrapped'),
    grant: await readMeta(tx, 'grant'),
  }))
  const clock = new GrantClock(outside.surroundings, newGrant(lease, outside.surroundings))
  if (unlock === null) {
    if (!kept.key || !kept.grant) throw new Refused('device.locked')
    const old = new GrantClock(outside.surroundings, kept.grant)
    if (old.count() > 0) return { key: kept.key, clock: old }
    await lockDisk(disk, old.grant)
    throw new Refused('device.locked')
  }
  const key = kept.key ?? (kept.wrapped && (await unwrapped(outside, kept.wrapped, unlock))) ?? null
  if (key === null) return { key: await settleIn(disk, outside, { unlock, grant: clock.grant }), clock }
  await disk.write(['meta'], async (tx) => {
    await writeMeta(tx, 'key', key)
    await writeMeta(tx, 'grant', clock.grant)
  })
  return { key, clock }
}

/** Takes the key from the disk. False when another tab has been given a newer lease meanwhile. */
export function lockDisk(disk: Disk, own: Grant): Promise<boolean> {
  return disk.write(
    ['meta'],
    async (tx) => {
      const kept = await readMeta(tx, 'grant')
      if (kept && kept.until > own.until) return false
      await tx.objectStore('meta').delete('key')
      await writeMeta(tx, 'grant', own)
      return true
    },
    'strict',
  )
}

/** Without a key in any form everything on the disk is noise, whatever becomes of its deletion. */
export function eraseKeys(disk: Disk): Promise<void> {
  return disk.write(
    ['meta'],
    async (tx) => {
      for (const name of ['key', 'wrapped'] as const) await tx.objectStore('meta').delete(name)
    },
    'strict',
  )
}

/** A new key and name, and an empty disk; those of another tab that was quicker. */
async function settleIn(
  disk: Disk,
  { crypto, surroundings }: Outside,
  { unlock, grant }: { readonly unlock: string; readonly grant: Grant },
): Promise<CryptoKey> {
  const { key, wrapped } = await newKey(crypto, unlock)
  const device = surroundings.newId()
  const stores = ['chunk', 'journal', 'outbox', 'needs', 'draft', 'meta'] as const
  return disk.write([...stores, 'identity'], async (tx) => {
    const other = await readMeta(tx, 'key')
    if (other) return other
    for (const store of stores) await tx.objectStore(store).clear()
    await writeMeta(tx, 'key', key)
    await writeMeta(tx, 'wrapped', wrapped)
    await writeMeta(tx, 'grant', grant)
    await tx.objectStore('identity').put({ device, next: 1 }, 'identity')
    return key
  })
}

/** A key that no script can take out of the browser, and the same key wrapped. */
async function newKey(crypto: Crypto, unlock: string): Promise<{ key: CryptoKey; wrapped: Sealed }> {
  const { subtle } = crypto
  const bare = await subtle.generateKey(algorithm, true, ['encrypt', 'decrypt'])
  const wrapping = await wrappingKey(crypto, unlock)
  const wrapped = new Uint8Array(await subtle.wrapKey('raw', bare, wrapping, 'AES-KW'))
  return { key: await unwrap(crypto, wrapped, wrapping), wrapped }
}

/** Null when it was wrapped with something else: the server has lost its secret, and nobody can open this any more. */
async function unwrapped(
  { crypto, report }: Outside,
  wrapped: Sealed,
  unlock: string,
): Promise<CryptoKey | null> {
  try {
    return await unwrap(crypto, wrapped, await wrappingKey(crypto, unlock))
  } catch (error) {
    report?.(error)
    return null
  }
}

function unwrap({ subtle }: Crypto, wrapped: Sealed, wrapping: CryptoKey): Promise<CryptoKey> {
  return subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', algorithm, false, ['encrypt', 'decrypt'])
}

function wrappingKey({ subtle }: Crypto, unlock: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(unlock.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  return subtle.importKey('raw', bytes, 'AES-KW', false, ['wrapKey', 'unwrapKey'])
}

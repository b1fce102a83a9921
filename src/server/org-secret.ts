// Secrets that we hand out once and know only by their hash: API tokens, invitations. A secret begins with its
// organisation, so that it can be looked up under the leading key of its table.
import { createHash, randomBytes } from 'node:crypto'

const orgBytes = 16
const chanceBytes = 32
/** 48 bytes are 64 letters without padding. */
const shape = /^[\w-]{64}$/

/** A new secret of this organisation, and what is kept of it. */
export function newSecret(orgId: string): { readonly secret: string; readonly hash: Buffer } {
  const org = Buffer.from(orgId.replaceAll('-', ''), 'hex')
  const secret = Buffer.concat([org, randomBytes(chanceBytes)]).toString('base64url')
  return { secret, hash: hashOf(secret) }
}

/** The organisation and hash of a secret that somebody presents; null when it has not the shape of one. */
export function readSecret(secret: string): { readonly orgId: string; readonly hash: Buffer } | null {
  if (!shape.test(secret)) return null
  const hex = Buffer.from(secret, 'base64url').subarray(0, orgBytes).toString('hex')
  const orgId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { orgId, hash: hashOf(secret) }
}

/** Fast on purpose: 256 bits of chance cannot be guessed however fast. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

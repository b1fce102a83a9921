// Values sealed with a key of one person, so that forgetting the key forgets the values.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceLength = 12
const tagLength = 16

/** A new key for AES-256-GCM. */
export function newKey(): Buffer {
  return randomBytes(32)
}

/** Base64 of nonce, tag and ciphertext. `place` is bound to it: a box cannot be moved elsewhere. */
export function seal(key: Buffer, text: string, place: string): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** The text of a box. Throws when key, place or box are not those of `seal`. */
export function unseal(key: Buffer, box: string, place: string): string {
  const bytes = Buffer.from(box, 'base64')
  const nonce = bytes.subarray(0, nonceLength)
  const tag = bytes.subarray(nonceLength, nonceLength + tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag)
  const text = Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()])
  return text.toString('utf8')
}

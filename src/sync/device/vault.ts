// All rows and acts on the disk are sealed with AES-GCM. The key cannot be taken out of the browser by a
// script; destroying it makes everything on the disk unreadable at once.
import { Refused } from '#core/refused.ts'

const ivLength = 12

export type Sealed = Uint8Array<ArrayBuffer>

export class Vault {
  readonly #crypto: Crypto
  #key: CryptoKey | null

  constructor(crypto: Crypto, key: CryptoKey) {
    this.#crypto = crypto
    this.#key = key
  }

  /** From now on nothing can be sealed or opened here. */
  forget(): void {
    this.#key = null
  }

  /** @throws Refused `device.locked` */
  async seal(content: Uint8Array<ArrayBuffer>): Promise<Sealed> {
    const iv = this.#crypto.getRandomValues(new Uint8Array(ivLength))
    const sealed = await this.#crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#own(), content)
    const whole = new Uint8Array(ivLength + sealed.byteLength)
    whole.set(iv)
    whole.set(new Uint8Array(sealed), ivLength)
    return whole
  }

  /** @throws when it was sealed with another key or has been tampered with; Refused `device.locked` */
  async open(sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
    const algorithm = { name: 'AES-GCM', iv: sealed.subarray(0, ivLength) }
    return new Uint8Array(
      await this.#crypto.subtle.decrypt(algorithm, this.#own(), sealed.subarray(ivLength)),
    )
  }

  sealJson(value: unknown): Promise<Sealed> {
    return this.seal(new TextEncoder().encode(JSON.stringify(value)))
  }

  #own(): CryptoKey {
    if (!this.#key) throw new Refused('device.locked')
    return this.#key
  }

  /** What `sealJson` sealed; the caller says what that was. */
  async openJson<T>(sealed: Sealed): Promise<T> {
    return readJson<T>(await this.open(sealed))
  }
}

/** JSON as bytes. The caller says what it holds: nothing but this program and its server wrote it. */
export function readJson<T>(bytes: Uint8Array<ArrayBuffer>): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T
}

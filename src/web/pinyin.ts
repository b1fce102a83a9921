// The dictionary of pinyin is large, so it is fetched only when a name is about to be written on this device.
import type { PinyinOf } from '#core/search-text.ts'

let dictionary: PinyinOf | null = null

/** Fetches the dictionary once. Failing is fine: the server works the pinyin out when the name arrives there. */
export async function loadPinyin(): Promise<void> {
  try {
    dictionary ??= (await import('#core/pinyin.ts')).pinyinOf
  } catch {
    dictionary = null
  }
}

/** The dictionary where it has been loaded. What the device's `pinyin` answers. */
export function pinyinAtHand(): PinyinOf | null {
  return dictionary
}

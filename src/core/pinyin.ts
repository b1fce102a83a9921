import { pinyin } from 'pinyin-pro'
import type { PinyinOf } from './search-text.ts'

/**
 * Pinyin by the dictionary of `pinyin-pro`, which is large (about 140 kB compressed): the server imports this
 * file, a device loads it only when a customer is created on it. A leading surname is read as one.
 */
export const pinyinOf: PinyinOf = (name) =>
  pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true })

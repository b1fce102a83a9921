/** Syllables of a Chinese text without tones, lower case, one element a character; a surname first is read as one (曾 zeng, 单 shan). */
export type PinyinOf = (name: string) => readonly string[]

/** What a name is found and ordered by. Null throughout where the dictionary is not at hand. */
export interface NameKeys {
  /** Order of the list and, by its first letter, its index: `li ming hua`. Names in Latin letters as they are. */
  readonly sortKey: string | null
  /** `limingHua` typed without spaces: `liminghua`. */
  readonly pinyin: string | null
  /** First letters: `lmh`. */
  readonly initials: string | null
}

/** One spelling for what people type in many: NFKC (full width to half), lower case, no spaces or separators. */
export function searchForm(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '')
}

/** The keys of one name. */
export function nameKeys(name: string, pinyinOf: PinyinOf | null): NameKeys {
  if (pinyinOf === null) return { sortKey: null, pinyin: null, initials: null }
  const syllables = pinyinOf(name.normalize('NFKC'))
    .map((syllable) => searchForm(syllable))
    .filter(Boolean)
  return {
    sortKey: syllables.join(' '),
    pinyin: syllables.join(''),
    // By characters: a rare one that the dictionary leaves as it is takes two units, and half of it is no text.
    initials: syllables.map((syllable) => [...syllable][0] ?? '').join(''),
  }
}

/**
 * All pairs of neighbouring characters of a name, and each character by itself, so that a fragment of one,
 * two or more characters is found through an array index: 李明华 → 李 明 华 李明 明华.
 */
export function bigramsOf(value: string): readonly string[] {
  const characters = [...searchForm(value)]
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
  return [...new Set([...characters, ...pairs])]
}

/** The fewest bigrams that a name must have to contain this fragment. */
export function bigramsToFind(fragment: string): readonly string[] {
  const characters = [...searchForm(fragment)]
  if (characters.length < 2) return characters
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`))]
}

// Finding people and places as they are typed in Chinese input: a fragment, full pinyin, initials, or a
// mixture of the two, from any syllable on.
import { searchForm } from '#core/search-text.ts'

/** A name made ready for being looked for. Made once, asked at every key. */
export interface Findable {
  /** The name in its search form. */
  readonly form: string
  /** Pinyin, one element a syllable; empty while it is not known. */
  readonly syllables: readonly string[]
  /** All syllables in one, and their first letters: what is most often typed. */
  readonly whole: readonly [pinyin: string, initials: string]
}

interface Keyed {
  readonly name: string
  readonly sortKey: string | null
}

export function findable({ name, sortKey }: Keyed): Findable {
  const syllables = sortKey === null ? [] : sortKey.split(' ')
  const initials = syllables.map((each) => each[0] ?? '').join('')
  return { form: searchForm(name), syllables, whole: [syllables.join(''), initials] }
}

/** How well a name fits; smaller is better. */
export const fit = { exact: 0, start: 1, within: 2, none: 3 } as const
export type Fit = (typeof fit)[keyof typeof fit]

/** What is looked for: words that must all fit, each in its search form. 李 协和 are two. */
export function soughtIn(text: string): readonly string[] {
  return text.split(/\s+/).map(searchForm).filter(Boolean)
}

/** How a name fits one word of `soughtIn`. */
export function fitOf({ form, syllables, whole }: Findable, sought: string): Fit {
  if (form === sought || whole.includes(sought)) return fit.exact
  if (form.startsWith(sought)) return fit.start
  if (form.includes(sought)) return fit.within
  if (!latin.test(sought)) return fit.none
  const at = syllables.findIndex((_, first) => spells(syllables, sought, first))
  if (at < 0) return fit.none
  return at === 0 ? fit.start : fit.within
}

const latin = /^[a-z0-9]+$/

/**
 * Whether `sought` is made of a beginning of each syllable in turn, from the one at `at` on: `limh`, `lmh` and
 * `liminghua` spell li ming hua.
 */
function spells(syllables: readonly string[], sought: string, at: number): boolean {
  if (sought === '') return true
  const syllable = syllables[at]
  if (syllable === undefined) return false
  let shared = 0
  while (shared < syllable.length && shared < sought.length && syllable[shared] === sought[shared])
    shared += 1
  // The longest beginning first: it is nearly always the right one.
  for (let used = shared; used > 0; used -= 1) {
    if (spells(syllables, sought.slice(used), at + 1)) return true
  }
  return false
}

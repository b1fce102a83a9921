import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pinyinOf } from '#core/pinyin.ts'
import { nameKeys, searchForm } from '#core/search-text.ts'
import { findable, fit, fitOf, soughtIn } from './name-match.rules.ts'

const ready = (name: string) => findable({ name, ...nameKeys(name, pinyinOf) })
const liMinghua = ready('李明华')

describe('李明华 is found', () => {
  test.each([
    ['李明华', fit.exact],
    ['liminghua', fit.exact],
    ['lmh', fit.exact],
    ['李', fit.start],
    ['李明', fit.start],
    ['li', fit.start],
    ['limi', fit.start],
    ['limh', fit.start],
    ['lmhua', fit.start],
    ['明', fit.within],
    ['明华', fit.within],
    ['minghua', fit.within],
    ['mh', fit.within],
    ['hua', fit.within],
    ['王', fit.none],
    ['iming', fit.none],
    ['lh', fit.none],
    ['lmhx', fit.none],
    ['华李', fit.none],
  ])('by %s with fit %i', (text, expected) => {
    const [sought = ''] = soughtIn(text)
    expect(fitOf(liMinghua, sought)).toBe(expected)
  })
})

test('a surname is spelled as a surname', () => {
  expect(fitOf(ready('曾小凡'), 'zengxiaofan')).toBe(fit.exact)
  expect(fitOf(ready('单丽'), 'shanli')).toBe(fit.exact)
})

test('full width letters, capitals and stops are one spelling', () => {
  expect(soughtIn(' ＬＭＨ　李·明 ')).toEqual(['lmh', '李明'])
})

test('a name without pinyin is still found by its characters', () => {
  const unkeyed = findable({ name: '李明华', sortKey: null })
  expect(fitOf(unkeyed, '明')).toBe(fit.within)
  expect(fitOf(unkeyed, 'lmh')).toBe(fit.none)
})

/** All texts that spell the syllables from one of them on: every choice of a beginning of each. */
function spellings(syllables: readonly string[]): Set<string> {
  const found = new Set<string>()
  const extend = (text: string, at: number) => {
    const syllable = syllables[at]
    if (syllable === undefined) return
    for (let used = 1; used <= syllable.length; used += 1) {
      found.add(text + syllable.slice(0, used))
      extend(text + syllable.slice(0, used), at + 1)
    }
  }
  syllables.forEach((_, at) => {
    extend('', at)
  })
  return found
}

test('exactly the spellings that begin each syllable in turn fit', () => {
  const syllable = fc.constantFrom('li', 'ming', 'hua', 'ai', 'a', 'xian', 'xi', 'an')
  fc.assert(
    fc.property(
      fc.array(syllable, { minLength: 1, maxLength: 3 }),
      fc.stringMatching(/^[aghilmnux]{1,6}$/),
      (syllables, text) => {
        const name = findable({ name: '某', sortKey: syllables.join(' ') })
        const all = spellings(syllables)
        expect(fitOf(name, text) !== fit.none).toBe(all.has(text))
        for (const spelling of all) expect(fitOf(name, spelling)).not.toBe(fit.none)
      },
    ),
  )
})

test('every fragment of a Chinese name fits', () => {
  const name = fc.stringMatching(/^[\u4e00-\u9fa5]{2,4}$/)
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
      const start = from % text.length
      const fragment = text.slice(start, start + 1 + (length % (text.length - start)))
      expect(fitOf(ready(text), searchForm(fragment))).not.toBe(fit.none)
    }),
  )
})

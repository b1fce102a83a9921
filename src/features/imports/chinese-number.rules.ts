const digits = new Map(
  [...'〇零一二三四五六七八九'].map((character, index) => [character, Math.max(0, index - 1)]),
)
digits.set('两', 2).set('壹', 1).set('贰', 2).set('叁', 3).set('○', 0)

/** A number below 1,000 in Chinese or Arabic figures: 二十三, 一百零二, 〇九, 23. Null when it is none. */
export function chineseNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text)
  if (text === '' || [...text].some((character) => !digits.has(character) && !'十百'.includes(character)))
    return null
  if (!/[十百]/.test(text)) return Number([...text].map((character) => digits.get(character) ?? 0).join(''))
  const [, hundreds = '', rest = text] = /^(.)百零?(.*)$/.exec(text) ?? []
  const [, tens, ones = ''] = /^(.?)十(.?)$/.exec(rest) ?? []
  const small = tens === undefined ? digitOf(rest, 0) : digitOf(tens, 1) * 10 + digitOf(ones, 0)
  return digitOf(hundreds, 0) * 100 + small
}

function digitOf(character: string, absent: number): number {
  return character === '' ? absent : (digits.get(character) ?? absent)
}

/** Each Chinese figure of a text as Arabic, one by one: 二〇二四年 → 2024年. */
export function figuresToArabic(text: string): string {
  return text.replace(/[〇○零一二三四五六七八九]/g, (character) => String(digits.get(character) ?? character))
}

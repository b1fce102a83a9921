const digits = new Map(
  [...'〇零一二三四五六七八九'].map((character, index) => [character, Math.max(0, index - 1)]),
)
digits.set('两', 2).set('壹', 1).set('贰', 2).set('叁', 3).set('○', 0)

const figure = '[一二三四五六七八九两壹贰叁]'
const counted = new RegExp(`^(?:(${figure})百)?零?(?:(${figure})?(十))?(${figure})?$`)

/** A number below 1,000 in Chinese or Arabic figures: 二十三, 一百零二, 〇九, 23. Null when it is none. */
export function chineseNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text)
  const spelt = [...text].map((character) => digits.get(character))
  if (spelt.length > 0 && spelt.every((digit) => digit !== undefined)) return Number(spelt.join(''))
  const match = text === '' ? null : counted.exec(text)
  if (match === null) return null
  const [, hundreds = '', tens = '', ten, ones = ''] = match
  const count = ten === undefined ? 0 : (digits.get(tens) ?? 1)
  return (digits.get(hundreds) ?? 0) * 100 + count * 10 + (digits.get(ones) ?? 0)
}

/** Each Chinese figure of a text as Arabic, one by one: 二〇二四年 → 2024年. */
export function figuresToArabic(text: string): string {
  return text.replace(/[〇○零一二三四五六七八九]/g, (character) => String(digits.get(character) ?? character))
}

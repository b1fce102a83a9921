import type { JsonObject } from '#core/json.ts'
import { fill, type Language } from '#core/words.ts'
import { catalogue } from './words.ts'

/** The text of a code in a language, filled with what is simple among its details. The code itself where it has none. */
export function refusalIn(language: Language, code: string, details: JsonObject = {}): string {
  const text = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
  if (text === undefined) return code
  const simple = Object.entries(details).filter(([, value]) => ['string', 'number'].includes(typeof value))
  // The filter has left only texts and numbers.
  return fill(text[language], Object.fromEntries(simple) as { [name: string]: string | number })
}

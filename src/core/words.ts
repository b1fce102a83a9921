/** The languages of the product; Chinese is the first. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** What can stand in a text: `{name}`. */
export type WordParams = { readonly [name: string]: string | number }

/** The texts of one subject: key → text in each language. Keys that are refusal codes carry the refusal's text. */
export type Words = { readonly [key: string]: { readonly [L in Language]: string } }

/** Declares the texts of a subject; every key has both languages or it does not compile. */
export function words<const W extends Words>(all: W): W {
  return all
}

/** Puts parameters into a text. A parameter that is missing stays visible as `{name}`, so that it is noticed. */
export function fill(text: string, params: WordParams = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    return value === undefined ? whole : String(value)
  })
}

// The language of the screens, the texts of a subject (`useWords`) and the text of a refusal (`useRefusalText`).
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { fill, type Language, languages, type WordParams, type Words } from '#core/words.ts'
import { type RefusalLike, refusalText } from './refusal-text.ts'

const storageKey = 'rapport-language'

interface LanguageValue {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  /** The texts of all subjects, for what is known only by its code. */
  readonly catalogue: Words
}

const LanguageContext = createContext<LanguageValue | null>(null)

interface LanguageProviderProps {
  readonly catalogue: Words
  readonly children: ReactNode
}

export function LanguageProvider({ catalogue, children }: LanguageProviderProps) {
  const [language, choose] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const setLanguage = useCallback((next: Language) => {
    choose(next)
    remember(next)
  }, [])
  const value = useMemo(() => ({ language, setLanguage, catalogue }), [language, setLanguage, catalogue])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export function useLanguage(): LanguageValue {
  const value = useContext(LanguageContext)
  if (value === null) throw new Error('LanguageProvider is missing')
  return value
}

export type Say<W extends Words> = (key: keyof W & string, params?: WordParams) => string

/** `t(key, params)` over the texts of one subject, in the language of the moment. */
export function useWords<const W extends Words>(words: W): Say<W> {
  const { language } = useLanguage()
  return useCallback(
    (key, params) => {
      const text = words[key]
      // Keys are typed, so only a composed key can miss; it stays visible, so that it is noticed.
      return text === undefined ? key : fill(text[language], params)
    },
    [words, language],
  )
}

/** The text of a refusal: what, why, what now. */
export function useRefusalText(): (refusal: RefusalLike) => string {
  const { language, catalogue } = useLanguage()
  return useCallback((refusal) => refusalText(refusal, { language, catalogue }), [language, catalogue])
}

function firstLanguage(): Language {
  const chosen = remembered() ?? navigator.language
  return languages.find((each) => each === chosen) ?? (chosen.startsWith('en') ? 'en' : 'zh-CN')
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage is closed to us (private mode): the choice holds until the tab is closed.
  }
}

import type { Json, JsonObject } from '#core/json.ts'
import { fill, type Language, type WordParams, type Words } from '#core/words.ts'
import { problemWords } from './problem.words.ts'

export interface RefusalLike {
  readonly code: string
  readonly details: JsonObject
  /** `visit.complete`: names the subject whose labels the fields have. */
  readonly name?: string
}

interface Speech {
  readonly language: Language
  readonly catalogue: Words
}

/** The text of a refusal; for invalid input, each field with what is wrong and how to mend it. */
export function refusalText(refusal: RefusalLike, speech: Speech): string {
  if (refusal.code === 'input.invalid') return invalidText(refusal, speech)
  const { language, catalogue } = speech
  const text = own(catalogue, refusal.code) ?? problemWords['refusal.unknown']
  return fill(text[language], { ...shown(refusal.details), code: refusal.code })
}

/** The label of a field as a problem's path names it: `commitments.0.dueOn` under `visit.complete`. */
export function fieldLabel(path: string, name: string | undefined, { language, catalogue }: Speech): string {
  const steps = path.split('.').filter((step) => !/^\d+$/.test(step))
  const field = steps.at(-1) ?? path
  const parent = steps.at(-2)?.replace(/s$/, '')
  const subject = name?.split('.')[0]
  const keys = [`${subject}.${parent}.${field}`, `${parent}.${field}`, `${subject}.${field}`]
  for (const key of keys) {
    const text = own(catalogue, key)
    if (text !== undefined) return text[language]
  }
  return field
}

/** What is wrong with each field of a refusal for invalid input: path → text. */
export function problemsByPath(details: JsonObject, language: Language): ReadonlyMap<string, string> {
  const { problems } = details
  const list = isList(problems) ? problems : []
  const named = list.flatMap((problem): (readonly [string, string])[] =>
    problem === null || typeof problem !== 'object' || isList(problem)
      ? []
      : [[String(problem.path ?? ''), problemText(problem, language)]],
  )
  return new Map(named)
}

function invalidText({ details, name }: RefusalLike, speech: Speech): string {
  const { language } = speech
  const lines = [...problemsByPath(details, language)].map(
    ([path, problem]) => `${fieldLabel(path, name, speech)}${language === 'zh-CN' ? '：' : ': '}${problem}`,
  )
  if (lines.length === 0) return problemWords['input.invalid'][language]
  return lines.join(language === 'zh-CN' ? '；' : '; ')
}

/** What is wrong with one value and how to mend it, without the name of its field. */
export function problemText(problem: JsonObject, language: Language): string {
  const { code, params } = problem
  const text = own(problemWords, `problem.${String(code)}`) ?? problemWords['problem.other']
  return fill(
    text[language],
    shown(params !== null && typeof params === 'object' && !isList(params) ? params : {}),
  )
}

function own(words: Words, key: string): Words[string] | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}

function shown(details: JsonObject): WordParams {
  const simple = Object.entries(details).filter(([, value]) => ['string', 'number'].includes(typeof value))
  // The filter has left only texts and numbers.
  return Object.fromEntries(simple) as WordParams
}

// Array.isArray does not narrow readonly arrays.
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

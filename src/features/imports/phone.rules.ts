import { areaCodeOf, isAreaCode } from './area-code.rules.ts'
import { type Parsed, parsed, unreadable, type ValueProblem, warning } from './import-problem.rules.ts'
import { isNothing, tidyText } from './import-text.rules.ts'

/** One telephone number of a cell. */
interface PhoneNumber {
  /** `010-83211441`, `13800138000`, `400-810-1234`, `120`. */
  readonly number: string
  readonly extension: string | null
  /** What the cell says about it: 白天, 急诊科. */
  readonly label: string | null
}

interface OneNumber {
  readonly phone: PhoneNumber
  readonly problem: ValueProblem | null
}

/**
 * All telephone numbers of a cell in one spelling: `0592-5911111转8120（白天）; 0592-8570120（晚间）`.
 * A number without area code gets that of the city; a leading zero that a spreadsheet has eaten comes back.
 *
 * @param city of the row, null when it is not known
 * @param max characters of the field
 */
export function parsePhones(cell: string, city: string | null, max: number): Parsed<string> {
  const text = tidyText(cell).replace(/[‐‑‒–—―−ー~]+/g, '-')
  if (isNothing(text)) return parsed<string>(null)
  const problems: ValueProblem[] = []
  const phones: PhoneNumber[] = []
  for (const token of tokensOf(text)) {
    const previous = phones.at(-1)
    const found = readNumber(token, previous, city)
    if (found === null)
      return unreadable('import.phone_unreadable', { found: token.digits || text.slice(0, 40) })
    if (found.problem !== null) problems.push(found.problem)
    if (!phones.some(({ number }) => number === found.phone.number)) phones.push(found.phone)
  }
  if (phones.length === 0) return unreadable('import.phone_unreadable', { found: text.slice(0, 40) })
  const value = phones.map(phoneText).join('; ')
  return value.length > max
    ? unreadable('import.text_too_long', { limit: max, found: value.length })
    : parsed(value, problems)
}

function phoneText({ number, extension, label }: PhoneNumber): string {
  return `${number}${extension === null ? '' : `转${extension}`}${label === null ? '' : `（${label}）`}`
}

interface Token {
  /** Figures, with the hyphens and spaces between them. */
  readonly digits: string
  readonly extension: string | null
  readonly label: string | null
}

const number = String.raw`((?:\+|\(\+?\d{2,4}\))?[\d][\d\s-]*)`
const extension = String.raw`(?:\s*(?:转|ext\.?|分机号?|#|x)[:\s]*(\d{1,6}))?`
const tokenPattern = new RegExp(
  String.raw`\(([^()\d]{1,12})\)\s*:?\s*${number}${extension}|(?:([^()\d\s:]{1,8}):)?\s*${number}${extension}(?:\s*\(([^()\d]{1,12})\))?`,
  'gi',
)

function tokensOf(text: string): readonly Token[] {
  return text.split(/[;,、|]|或|\/|\s和\s/).flatMap((piece) =>
    [...piece.matchAll(tokenPattern)].flatMap((match) => {
      const [, before, first, firstExtension, lead, second, secondExtension, after] = match
      const digits = (first ?? second ?? '').trim()
      const label = before ?? after ?? lead ?? null
      const ext = firstExtension ?? secondExtension ?? null
      return splitGlued(digits).map((each) => ({ digits: each, extension: ext, label: meaningful(label) }))
    }),
  )
}

/** 电话 before a telephone number says nothing. */
function meaningful(label: string | null): string | null {
  const text = label?.trim() ?? ''
  return text === '' || /^(?:电话|手机|联系电话|座机|tel|phone|mobile|t|m)$/i.test(text) ? null : text
}

/** `0592-5911111 0592-8570120` are two; `138 0013 8000` is one. */
function splitGlued(digits: string): readonly string[] {
  const count = digits.replace(/\D/g, '').length
  return count > 13 && /\s/.test(digits) ? digits.split(/\s+/) : [digits]
}

function readNumber(token: Token, previous: PhoneNumber | undefined, city: string | null): OneNumber | null {
  const digits = token.digits
    .replace(/^\(?(?:\+|00)?86\)?[-\s]*(?=[\d\s-]{10,})/, '')
    .replace(/[()]/g, ' ')
    .trim()
  const bare = digits.replace(/\D/g, '')
  const whole = wholeNumber(bare)
  if (whole !== null) return { phone: phoneOf(token, whole), problem: null }
  const groups = /^(0\d{2,3})[-\s]*(\d{7,8}|\d{3,4}[-\s]\d{4})(?:[-\s]+(\d{1,6}))?$/.exec(digits)
  if (groups !== null) {
    const [, code = '', local = '', extra = null] = groups
    return landline(code, local.replace(/\D/g, ''), token, extra)
  }
  return lostZero(bare, token) ?? withoutArea(digits, token, { previous, city })
}

function phoneOf(token: Token, number: string, extra: string | null = null): PhoneNumber {
  return { number, extension: token.extension ?? extra, label: token.label }
}

/** Numbers that need no area code: mobiles, 400 and 800, emergency and service numbers. */
function wholeNumber(digits: string): string | null {
  const mobile = /^0?(1[3-9]\d{9})$/.exec(digits)
  if (mobile?.[1] !== undefined) return mobile[1]
  const service = /^([48]00)(\d{3})(\d{4})$/.exec(digits)
  if (service !== null) return service.slice(1).join('-')
  if (/^(?:1[12]\d|12\d{3}|9[56]\d{3,4})$/.test(digits)) return digits
  const glued = /^(010|02\d|0[3-9]\d{2})(\d{7,8})$/.exec(digits)
  const [, code = '', local = ''] = glued ?? []
  return glued !== null && fits(code, local) ? `${code}-${local}` : null
}

/** Three-figure codes have eight figures behind them everywhere. */
function fits(code: string, local: string): boolean {
  return (
    /^[2-9]/.test(local) && (/^0(?:10|2\d)$/.test(code) ? local.length === 8 : /^0[3-9]\d{2}$/.test(code))
  )
}

function landline(code: string, local: string, token: Token, extra: string | null): OneNumber | null {
  if (!fits(code, local)) return null
  return { phone: phoneOf(token, `${code}-${local}`, extra), problem: null }
}

/** `1083211441`: a spreadsheet took 010-83211441 for a number and dropped its zero. */
function lostZero(digits: string, token: Token): OneNumber | null {
  const match = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/.exec(digits)
  if (match === null || digits.length < 10) return null
  const [, short = '', local = ''] = match
  const found = isAreaCode(`0${short}`) ? landline(`0${short}`, local, token, null) : null
  if (found === null) return null
  return {
    ...found,
    problem: warning('import.phone_zero_restored', { found: digits, mended: found.phone.number }),
  }
}

function withoutArea(
  digits: string,
  token: Token,
  { previous, city }: { readonly previous: PhoneNumber | undefined; readonly city: string | null },
): OneNumber | null {
  const lastFigures = /^\d{1,4}$/.test(digits) ? previous?.number : undefined
  // `0592-5911111/2` is a second line whose last figure is 2.
  if (lastFigures !== undefined) {
    const number = lastFigures.slice(0, -digits.length) + digits
    return { phone: phoneOf(token, number), problem: null }
  }
  const match = /^([2-9]\d{6,7}|[2-9]\d{2,3}[-\s]\d{4})(?:-(\d{1,6}))?$/.exec(digits)
  if (match === null) return null
  const [, written = '', extra = null] = match
  const local = written.replace(/\D/g, '')
  const phone = phoneOf(token, local, extra)
  const before = /^(0\d{2,3})-/.exec(previous?.number ?? '')?.[1]
  const code = before ?? (city === null ? null : areaCodeOf(city))
  if (code === null) return { phone, problem: warning('import.phone_without_area', { found: local }) }
  const found = landline(code, local, token, extra)
  if (found === null || before !== undefined) return found
  const params = { found: local, mended: found.phone.number, city: city ?? '' }
  return { ...found, problem: warning('import.phone_area_added', params) }
}

// Where an unfinished series of pages goes on. It travels to the device and back as an opaque text; whoever forges
// one asks for other pages of what he may see anyway.
import { checkFields } from '#core/check.ts'
import { day, flag, id, integer, listOf, maybe, text, type ValuesOf } from '#core/field.ts'
import { Refused } from '#core/refused.ts'

const most = Number.MAX_SAFE_INTEGER

const fields = {
  epoch: text({ max: 80 }),
  /** A whole new picture, or what has changed since `from`. */
  isFresh: flag(),
  from: integer({ min: 0, max: most }),
  /** The number at which the series stands; changes after it come with the next one. */
  upTo: integer({ min: 0, max: most }),
  /** The Shanghai day by which early rows were chosen. */
  day: day(),
  /** The step it has come to, and the last row or line of it that was sent. */
  step: integer({ min: 0, max: 1000 }),
  after: maybe(listOf(text({ max: 80 }), { max: 4 })),
  afterId: maybe(id()),
}

export type Resume = ValuesOf<typeof fields>

export function resumeText(resume: Resume): string {
  return Buffer.from(JSON.stringify(resume)).toString('base64url')
}

/** @throws Refused `pull.unknown_resume` for a text that is none of ours */
export function readResume(text: string): Resume {
  try {
    return checkFields(fields, JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new Refused('pull.unknown_resume')
  }
}

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
  /** In a step the scope; in the feed number, entity and scope. */
  after: maybe(listOf(text({ max: 80 }), { max: 3 })),
  afterId: maybe(id()),
}

export type Resume = ValuesOf<typeof fields>

export function resumeText(resume: Resume): string {
  return Buffer.from(JSON.stringify(resume)).toString('base64url')
}

/** @throws Refused `pull.unknown_resume` for a text that is none of ours */
export function readResume(text: string): Resume {
  try {
    const resume = checkFields(fields, JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (resume.after !== null) checkPlace(resume.after)
    return resume
  } catch {
    throw new Refused('pull.unknown_resume')
  }
}

const inStep = { scope: id() }
const inFeed = { seq: text({ max: 16 }), entity: text({ max: 80 }), scope: id() }

/** Postgres would take them apart as an id and a number. @throws Refused `input.invalid` */
function checkPlace(after: readonly string[]): void {
  const [first, entity, scope] = after
  if (after.length === 1) checkFields(inStep, { scope: first })
  else checkFields(inFeed, { seq: /^\d+$/.test(first ?? '') ? first : null, entity, scope })
}

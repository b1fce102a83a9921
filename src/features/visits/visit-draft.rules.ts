// A report while it is being written: what it begins with, what it still needs, what becomes of it.
import { dayOf, instantAt, timeOf } from '#core/calendar.ts'
import type { NewRowOf, RowOf } from '#core/entity.ts'
import type { commitment } from '#features/commitments/commitment.entity.ts'
import type { visit } from './visit.entity.ts'
import { defaultMinutes } from './visit.rules.ts'

type Visit = RowOf<typeof visit>

export type DraftCommitment = Pick<NewRowOf<typeof commitment>, 'id' | 'promisedBy' | 'what' | 'dueOn'>

export interface ReportDraft {
  readonly channel: Visit['channel']
  /** Shanghai day and time (`HH:mm`) at which it began. */
  readonly day: string
  readonly time: string
  readonly minutes: number
  readonly objective: string
  readonly result: Visit['result']
  readonly note: string
  readonly commitments: readonly DraftCommitment[]
}

/** Times are offered in steps of so many minutes. */
const step = 5

/**
 * What a report begins with: the plan as far as it has come true. A visit reported before its planned time
 * took place earlier than planned, so it begins now.
 */
export function draftOf(planned: Visit | null, now: string): ReportDraft {
  const startsAt = planned !== null && planned.startsAt <= now ? planned.startsAt : roundedDown(now)
  return {
    channel: planned?.channel ?? 'face_to_face',
    day: dayOf(startsAt),
    time: timeOf(startsAt),
    minutes: planned?.minutes ?? defaultMinutes,
    objective: planned?.objective ?? '',
    result: planned?.result ?? null,
    note: planned?.note ?? '',
    commitments: [],
  }
}

/** What is still to be done before a report can be saved. */
export type Lack = 'time' | 'result' | 'note'

/**
 * A visit with an objective says whether it was reached; one without says what was talked about. That makes
 * four things to fill in (channel, time, length, and one of these), three of them filled in already.
 */
export function lackOf(draft: ReportDraft): Lack | null {
  if (draft.day === '' || draft.time === '') return 'time'
  const hasObjective = draft.objective.trim() !== ''
  if (hasObjective && draft.result === null) return 'result'
  if (!hasObjective && draft.result === null && draft.note.trim() === '') return 'note'
  return null
}

/** Whether somebody has written something that would be missed. */
export function isWritten(draft: ReportDraft, begun: ReportDraft): boolean {
  return (
    draft.commitments.length > 0 ||
    draft.result !== begun.result ||
    draft.note.trim() !== begun.note.trim() ||
    draft.objective.trim() !== begun.objective.trim()
  )
}

/** The moment at which the reported visit began. */
export function startOf({ day, time }: Pick<ReportDraft, 'day' | 'time'>): string {
  return instantAt(day, time)
}

/** The arguments of `visit.complete` and, with the objective, `visit.record`. */
export function reportOf(draft: ReportDraft) {
  const { channel, minutes, result, note, commitments } = draft
  return { channel, startsAt: startOf(draft), minutes, result, note: textOrNull(note), commitments }
}

/** What a correction changes of the visit as it stands; empty when nothing. */
export function correctionOf(draft: ReportDraft, standing: Visit) {
  const { channel, minutes, result } = draft
  const now = {
    channel,
    minutes,
    result,
    startsAt: startOf(draft),
    objective: textOrNull(draft.objective),
    note: textOrNull(draft.note),
  }
  return {
    ...(now.channel === standing.channel ? {} : { channel: now.channel }),
    ...(now.minutes === standing.minutes ? {} : { minutes: now.minutes }),
    ...(now.result === standing.result ? {} : { result: now.result }),
    ...(now.startsAt === standing.startsAt ? {} : { startsAt: now.startsAt }),
    ...(now.objective === standing.objective ? {} : { objective: now.objective }),
    ...(now.note === standing.note ? {} : { note: now.note }),
  }
}

/** What was written, or null for nothing. */
export function textOrNull(value: string): string | null {
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

function roundedDown(now: string): string {
  const length = step * 60_000
  return new Date(Math.floor(Date.parse(now) / length) * length).toISOString()
}

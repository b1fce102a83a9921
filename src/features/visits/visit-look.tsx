// How a visit looks wherever it is drawn: the icon of its channel, the mark of where it stands.
import type { IconName } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import type { Standing, Visit } from './visit.queries.ts'
import { visitWords } from './visit.words.ts'

export const channelIcons: { readonly [C in Visit['channel']]: IconName } = {
  face_to_face: 'face',
  phone: 'phone',
  wechat: 'chat',
  online: 'video',
  meeting: 'meeting',
}

/** Each standing has a shape of its own besides its tone. */
export const standingLooks: {
  readonly [S in Standing]: { readonly tone: Tone; readonly icon: IconName }
} = {
  planned: { tone: 'act', icon: 'planned' },
  unreported: { tone: 'watch', icon: 'edit' },
  completed: { tone: 'done', icon: 'done' },
  missed: { tone: 'late', icon: 'late' },
  cancelled: { tone: 'calm', icon: 'cancelled' },
}

/** Icon and word: 待写报告, 已完成. */
export function StandingMark({ standing }: { readonly standing: Standing }) {
  const t = useWords(visitWords)
  const { tone, icon } = standingLooks[standing]
  return (
    <StatusMark icon={icon} tone={tone}>
      {t(`visit.standing.${standing}`)}
    </StatusMark>
  )
}

export const resultIcons: { readonly [R in NonNullable<Visit['result']>]: IconName } = {
  reached: 'done',
  partly: 'half',
  not_reached: 'planned',
}

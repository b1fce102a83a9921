// How, when and how long: the same for a plan and for a report.
import { useWords } from '#web/language.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { DayField, FieldPair, TimeField } from '#web/ui/fields.tsx'
import { visitChannels } from './visit.entity.ts'
import { visitWords } from './visit.words.ts'
import type { ReportDraft } from './visit-draft.rules.ts'
import { visitFormWords } from './visit-form.words.ts'

export type When = Pick<ReportDraft, 'channel' | 'day' | 'time' | 'minutes'>

interface VisitWhenFieldsProps {
  readonly value: When
  readonly onChange: (changes: Partial<When>) => void
  /** The last day that may be chosen: a report is not about tomorrow. */
  readonly max?: string
}

const lengths = [10, 15, 30, 60] as const

export function VisitWhenFields({ value, onChange, max }: VisitWhenFieldsProps) {
  const t = useWords(visitWords)
  const f = useWords(visitFormWords)
  const offered = [...new Set([...lengths, value.minutes])].sort((a, b) => a - b)
  return (
    <>
      <SegmentedField
        label={t('visit.channel')}
        onChange={(channel) => channel !== null && onChange({ channel })}
        options={visitChannels.map((channel) => ({ value: channel, label: t(`visit.channel.${channel}`) }))}
        value={value.channel}
      />
      <FieldPair>
        <DayField
          label={f('day')}
          onChange={(day) => onChange({ day })}
          value={value.day}
          {...(max === undefined ? {} : { max })}
        />
        <TimeField label={f('time')} onChange={(time) => onChange({ time })} value={value.time} />
      </FieldPair>
      <SegmentedField
        label={t('visit.minutes')}
        onChange={(minutes) => onChange({ minutes: Number(minutes) })}
        options={offered.map((count) => ({ value: String(count), label: f('minutes', { count }) }))}
        value={String(value.minutes)}
      />
    </>
  )
}

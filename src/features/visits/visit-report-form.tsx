// What is written about one visit. Prefilled from the plan, so that most of it is only looked at.
import { useState } from 'react'
import { cx } from '#web/class-names.ts'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayRange } from '#web/dates.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { LongTextField, ProblemText, TextField } from '#web/ui/fields.tsx'
import { visit, visitResults } from './visit.entity.ts'
import { visitWords } from './visit.words.ts'
import { type Lack, type ReportDraft, startOf } from './visit-draft.rules.ts'
import { visitFormWords } from './visit-form.words.ts'
import { channelIcons, resultIcons } from './visit-look.tsx'
import css from './visit-report-form.module.css'
import { VisitWhenFields } from './visit-when-fields.tsx'

interface VisitReportFormProps {
  readonly draft: ReportDraft
  readonly onChange: (changes: Partial<ReportDraft>) => void
  /** What is missing, once somebody has tried to save; null while there is nothing to say. */
  readonly lack: Lack | null
  /** The objective was planned and is only shown. */
  readonly isObjectiveFixed: boolean
}

export function VisitReportForm({ draft, onChange, lack, isObjectiveFixed }: VisitReportFormProps) {
  const f = useWords(visitFormWords)
  return (
    <>
      <WhenLine draft={draft} isOpen={lack === 'time'} onChange={onChange} />
      {isObjectiveFixed ? (
        <p className={css.objective}>
          <span className={css.caption}>{f('objective')}</span>
          {draft.objective}
        </p>
      ) : (
        <TextField
          hint={f('objective_hint')}
          isOptional
          label={f('objective')}
          maxLength={visit.fields.objective.max ?? 0}
          onChange={(objective) => onChange({ objective })}
          value={draft.objective}
        />
      )}
      {(draft.objective.trim() !== '' || draft.result !== null) && (
        <ResultChoice
          onChange={(result) => onChange({ result })}
          problem={lack === 'result' ? f('lack.result') : null}
          value={draft.result}
        />
      )}
      <div className={css.note}>
        <LongTextField
          hint={f('note_hint')}
          label={f('note')}
          max={visit.fields.note.max ?? 0}
          onChange={(note) => onChange({ note })}
          problem={lack === 'note' ? f('lack.note') : null}
          rows={4}
          value={draft.note}
        />
        <Phrases onAdd={(phrase) => onChange({ note: withPhrase(draft.note, phrase) })} />
      </div>
    </>
  )
}

interface WhenLineProps {
  readonly draft: ReportDraft
  readonly isOpen: boolean
  readonly onChange: (changes: Partial<ReportDraft>) => void
}

/** 面对面 · 今天 15:00–15:15, opened only when it was otherwise. */
function WhenLine({ draft, isOpen, onChange }: WhenLineProps) {
  const t = useWords(visitWords)
  const f = useWords(visitFormWords)
  const saying = useSaying()
  const [isWanted, want] = useState(false)
  const hasTime = draft.day !== '' && draft.time !== ''
  if (isWanted || isOpen || !hasTime) {
    return (
      <div className={css.when}>
        <VisitWhenFields max={saying.today} onChange={onChange} value={draft} />
        {(isOpen || !hasTime) && (
          <p className={css.problem}>
            <ProblemText>{f('lack.time')}</ProblemText>
          </p>
        )}
      </div>
    )
  }
  const startsAt = startOf(draft)
  return (
    <button aria-expanded="false" className={css.line} onClick={() => want(true)} type="button">
      <Icon name={channelIcons[draft.channel]} />
      <span>{t(`visit.channel.${draft.channel}`)}</span>
      <span className={css.dot}>·</span>
      <span title={exactMoment(startsAt, saying.language)}>{sayRange(startsAt, draft.minutes, saying)}</span>
      <span className={css.edit}>
        <span className={css.hidden}>{f('change_when')}</span>
        <Icon name="down" size={16} />
      </span>
    </button>
  )
}

interface ResultChoiceProps {
  readonly value: ReportDraft['result']
  readonly onChange: (result: ReportDraft['result']) => void
  readonly problem: string | null
}

/** Three large choices, each with a shape of its own: a full circle, a half one, an empty one. */
function ResultChoice({ value, onChange, problem }: ResultChoiceProps) {
  const t = useWords(visitWords)
  const f = useWords(visitFormWords)
  return (
    <fieldset className={css.result}>
      <legend className={css.caption}>{f('result')}</legend>
      <div className={css.choices}>
        {visitResults.map((result) => (
          <label className={cx(css.choice, css[result])} key={result}>
            <input
              checked={value === result}
              name="result"
              onChange={() => onChange(result)}
              type="radio"
              value={result}
            />
            <Icon name={resultIcons[result]} size={24} />
            {t(`visit.result.${result}`)}
          </label>
        ))}
      </div>
      {problem !== null && (
        <p className={css.problem} role="alert">
          <ProblemText>{problem}</ProblemText>
        </p>
      )}
    </fieldset>
  )
}

const phrases = ['guideline', 'safety', 'inquiry', 'next'] as const

function Phrases({ onAdd }: { readonly onAdd: (phrase: string) => void }) {
  const f = useWords(visitFormWords)
  return (
    <fieldset aria-label={f('phrases')} className={css.phrases}>
      {phrases.map((each) => (
        <button
          className={css.phrase}
          key={each}
          onClick={() => onAdd(f(`phrase.${each}`))}
          title={f(`phrase.${each}`)}
          type="button"
        >
          {f(`label.${each}`)}
        </button>
      ))}
    </fieldset>
  )
}

function withPhrase(note: string, phrase: string): string {
  if (note.includes(phrase)) return note
  if (note === '' || /\n$/.test(note)) return note + phrase
  return /[\p{Script=Han}。！？；]$/u.test(note) ? note + phrase : `${note} ${phrase}`
}

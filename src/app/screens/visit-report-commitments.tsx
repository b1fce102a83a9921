// Promises inside a report: what it is, then the day it is due, and it is noted.
import { type ReactNode, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { addDays } from '#core/calendar.ts'
import { commitment, promisers } from '#features/commitments/commitment.entity.ts'
import type { DraftCommitment } from '#features/visits/visit-draft.rules.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayDay, sayDue } from '#web/dates.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { DayField, TextField } from '#web/ui/fields.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { Tag } from '#web/ui/mark.tsx'
import { visitReportWords } from './visit-report.words.ts'
import css from './visit-report-commitments.module.css'
import { usualDueDays } from './visit-report-due.ts'

interface ReportCommitmentsProps {
  readonly commitments: readonly DraftCommitment[]
  readonly onChange: (commitments: readonly DraftCommitment[]) => void
}

/** As many as the mutation takes. */
const most = 10

const usual = {
  us: ['ours.guideline', 'ours.paper', 'ours.medical', 'ours.talk'],
  customer: ['theirs.date', 'theirs.colleague', 'theirs.opinion'],
} as const

export function ReportCommitments({ commitments, onChange }: ReportCommitmentsProps) {
  const t = useWords(visitReportWords)
  const saying = useSaying()
  return (
    <div className={css.bleed}>
      <Section title={t('promises')} {...(commitments.length > 0 ? { count: commitments.length } : {})}>
        <List label={t('promises')}>
          {commitments.map((each) => (
            <ListRow
              aside={
                <IconButton
                  icon="remove"
                  label={t('promise.remove', { what: each.what })}
                  onClick={() => onChange(commitments.filter(({ id }) => id !== each.id))}
                />
              }
              detail={sayDue(each.dueOn, saying)}
              key={each.id}
              lead={<Icon name="promise" />}
              title={
                <>
                  {each.what} {each.promisedBy === 'customer' && <Tag>{t('promise.customer')}</Tag>}
                </>
              }
            />
          ))}
        </List>
        <div className={css.adder}>
          {commitments.length < most ? (
            <Adder onAdd={(added) => onChange([...commitments, added])} />
          ) : (
            <p className={css.hint}>{t('promise.many')}</p>
          )}
        </div>
      </Section>
    </div>
  )
}

function Adder({ onAdd }: { readonly onAdd: (added: DraftCommitment) => void }) {
  const t = useWords(visitReportWords)
  const [promisedBy, choose] = useState<DraftCommitment['promisedBy']>('us')
  const [what, write] = useState('')
  const add = (dueOn: string | null) => {
    onAdd({ id: uuidv7(), promisedBy, what: what.trim(), dueOn })
    write('')
  }
  return (
    <>
      <SegmentedField
        label={t('promise.who')}
        onChange={(chosen) => chosen !== null && choose(chosen)}
        options={promisers.map((value) => ({ value, label: t(`promise.${value}`) }))}
        value={promisedBy}
      />
      <TextField
        label={t(`promise.what_${promisedBy}`)}
        maxLength={commitment.fields.what.max ?? 0}
        onChange={write}
        value={what}
      />
      <div className={css.usual}>
        {usual[promisedBy].map((key) => (
          <Press isOn={what === t(key)} key={key} onPress={() => write(t(key))}>
            {t(key)}
          </Press>
        ))}
      </div>
      {what.trim() === '' ? <p className={css.hint}>{t('promise.hint')}</p> : <DueChoice onChoose={add} />}
    </>
  )
}

/** A tap on a day notes the promise. */
function DueChoice({ onChoose }: { readonly onChoose: (dueOn: string | null) => void }) {
  const t = useWords(visitReportWords)
  const saying = useSaying()
  const { today, language } = saying
  const [other, setOther] = useState<string | null>(null)
  const inAWeek = addDays(today, 7)
  return (
    <fieldset className={css.due}>
      <legend className={css.caption}>{t('promise.due')}</legend>
      <div className={css.usual}>
        {usualDueDays(today).map((day) => (
          <Press key={day} onPress={() => onChoose(day)} title={exactDay(day, language)}>
            {day === inAWeek ? t('promise.week') : sayDay(day, saying)}
          </Press>
        ))}
        <Press onPress={() => onChoose(null)}>{t('promise.soon')}</Press>
        <Press isOn={other !== null} onPress={() => setOther(other === null ? '' : null)}>
          {t('promise.other_day')}
        </Press>
      </div>
      {other !== null && (
        <div className={css.other}>
          <DayField label={t('promise.due')} min={today} onChange={setOther} value={other} />
          <Press isOff={other === ''} onPress={() => onChoose(other)}>
            {t('promise.add')}
          </Press>
        </div>
      )}
    </fieldset>
  )
}

interface PressProps {
  readonly onPress: () => void
  readonly isOn?: boolean
  readonly isOff?: boolean
  readonly title?: string
  readonly children: ReactNode
}

function Press({ onPress, isOn = false, isOff = false, title, children }: PressProps) {
  return (
    <button
      aria-pressed={isOn}
      className={css.press}
      disabled={isOff}
      onClick={onPress}
      title={title}
      type="button"
    >
      {children}
    </button>
  )
}

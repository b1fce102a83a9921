// A saved report, as it is read and corrected.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { makeCommitment } from '#features/commitments/commitment.mutations.ts'
import { commitmentWords } from '#features/commitments/commitment.words.ts'
import { editVisit } from '#features/visits/visit.mutations.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { correctionOf, draftOf, isWritten, lackOf } from '#features/visits/visit-draft.rules.ts'
import { channelIcons, resultIcons } from '#features/visits/visit-look.tsx'
import { VisitReportForm } from '#features/visits/visit-report-form.tsx'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayDue, sayMoment, sayRange } from '#web/dates.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keyboard.ts'
import { Facts, List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './visit-report.module.css'
import { visitReportWords } from './visit-report.words.ts'
import { ReportCommitments } from './visit-report-commitments.tsx'
import { useAskBeforeClosing } from './visit-report-editor.tsx'
import { ReportFrame } from './visit-report-frame.tsx'

interface CompletedReportProps {
  readonly visit: Visit
  readonly isOwn: boolean
}

export function CompletedReport({ visit, isOwn }: CompletedReportProps) {
  const t = useWords(visitReportWords)
  const [isCorrecting, setCorrecting] = useState(false)
  useKeys(isOwn && !isCorrecting ? { e: () => setCorrecting(true) } : {})
  if (isCorrecting) return <Correction onDone={() => setCorrecting(false)} visit={visit} />
  return (
    <ReportFrame
      action={
        <>
          <ButtonLink to={`/customers/${visit.customerId}`}>{t('customer')}</ButtonLink>
          {isOwn && (
            <Button icon="edit" look="primary" onClick={() => setCorrecting(true)}>
              {t('correct')}
            </Button>
          )}
        </>
      }
      customerId={visit.customerId}
    >
      <ReportFacts visit={visit} />
      <section className={css.section}>
        <h2 className={css.caption}>{t('said')}</h2>
        <p className={visit.note === null ? css.quiet : css.note}>{visit.note ?? t('nothing_said')}</p>
      </section>
      <PromisesMade visitId={visit.id} />
    </ReportFrame>
  )
}

const resultTones = { reached: 'done', partly: 'watch', not_reached: 'calm' } as const

function ReportFacts({ visit }: { readonly visit: Visit }) {
  const t = useWords(visitReportWords)
  const v = useWords(visitWords)
  const saying = useSaying()
  const { ownerId, result, completedAt } = visit
  const owner = useLive(useCallback((view: View) => view.get(member, ownerId)?.name, [ownerId]))
  const reached = result !== null && (
    <StatusMark icon={resultIcons[result]} tone={resultTones[result]}>
      {v(`visit.result.${result}`)}
    </StatusMark>
  )
  return (
    <div className={css.bleed}>
      <Facts
        facts={[
          [
            t('when'),
            <span key="when" title={exactMoment(visit.startsAt, saying.language)}>
              {sayRange(visit.startsAt, visit.minutes, saying)}
            </span>,
          ],
          [
            v('visit.channel'),
            <StatusMark icon={channelIcons[visit.channel]} key="channel" tone="calm">
              {v(`visit.channel.${visit.channel}`)}
            </StatusMark>,
          ],
          [
            t('objective'),
            <span key="objective">
              {visit.objective} {reached}
            </span>,
          ],
          [t('by'), owner ?? t('somebody')],
          [t('reported_at'), completedAt === null ? '' : sayMoment(completedAt, saying)],
        ]}
      />
    </div>
  )
}

/** The promises that were written down with this report, as they stand now. */
function PromisesMade({ visitId }: { readonly visitId: string }) {
  const t = useWords(visitReportWords)
  const c = useWords(commitmentWords)
  const saying = useSaying()
  const made = useLive(useCallback((view: View) => view.where(commitment, 'visitId', visitId), [visitId]))
  if (made.length === 0) return null
  return (
    <div className={css.bleed}>
      <Section count={made.length} title={t('promises')}>
        <List label={t('promises')}>
          {made.map(({ id, what, status, dueOn, promisedBy }) => (
            <ListRow
              aside={c(`commitment.status.${status}`)}
              detail={[promisedBy === 'customer' && t('promise.customer'), sayDue(dueOn, saying)]
                .filter(Boolean)
                .join(' · ')}
              key={id}
              lead={<Icon name="promise" />}
              title={what}
            />
          ))}
        </List>
      </Section>
    </div>
  )
}

interface CorrectionProps {
  readonly visit: Visit
  readonly onDone: () => void
}

function Correction({ visit, onDone }: CorrectionProps) {
  const t = useWords(visitReportWords)
  const mutate = useMutate()
  const act = useAct()
  const [begun] = useState(() => draftOf(visit, visit.startsAt))
  const [draft, setDraft] = useState(begun)
  const [isSaving, setSaving] = useState(false)
  const lack = lackOf(draft)
  useAskBeforeClosing(isWritten(draft, begun))
  const save = async () => {
    if (lack !== null || isSaving) return
    setSaving(true)
    const isSaved = await act(
      async () => {
        const changes = correctionOf(draft, visit)
        if (Object.keys(changes).length > 0) await mutate(editVisit, { id: visit.id, changes })
        for (const promised of draft.commitments) {
          await mutate(makeCommitment, { ...promised, customerId: visit.customerId, visitId: visit.id })
        }
      },
      { text: t('saved') },
    )
    setSaving(false)
    if (isSaved) onDone()
  }
  useKeys({ 'mod+enter': () => void save() })
  return (
    <ReportFrame
      action={
        <>
          <Button onClick={onDone}>{t('leave_correction')}</Button>
          <Button busy={isSaving} look="primary" onClick={() => void save()}>
            {t('save_correction')}
          </Button>
        </>
      }
      customerId={visit.customerId}
    >
      <VisitReportForm
        draft={draft}
        isObjectiveFixed={false}
        lack={lack}
        onChange={(changes) => setDraft((current) => ({ ...current, ...changes }))}
      />
      <ReportCommitments
        commitments={draft.commitments}
        onChange={(commitments) => setDraft((current) => ({ ...current, commitments }))}
      />
    </ReportFrame>
  )
}

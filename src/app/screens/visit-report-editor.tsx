// Writing a report: one form for a planned visit, an unplanned one and a correction.
import { type ReactNode, useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { uuidv7 } from 'uuidv7'
import { completeVisit, recordVisit } from '#features/visits/visit.mutations.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import {
  draftOf,
  isWritten,
  lackOf,
  type ReportDraft,
  reportOf,
  textOrNull,
} from '#features/visits/visit-draft.rules.ts'
import { VisitReasonSheet } from '#features/visits/visit-reason-sheet.tsx'
import { VisitReportForm } from '#features/visits/visit-report-form.tsx'
import type { Device } from '#sync/device/device.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keyboard.ts'
import { useAct } from '#web/ui/toast.tsx'
import css from './visit-report.module.css'
import { visitReportWords } from './visit-report.words.ts'
import { ReportCommitments } from './visit-report-commitments.tsx'
import { forgetDraft, keepDraft, keepDraftsNow, keptDraft } from './visit-report-drafts.ts'
import { ReportFrame } from './visit-report-frame.tsx'

export function PlannedReport({ visit }: { readonly visit: Visit }) {
  const t = useWords(visitReportWords)
  const mutate = useMutate()
  const leave = useLeave(visit.customerId)
  const [isMissed, setMissed] = useState(false)
  return (
    <>
      <Editor
        customerId={visit.customerId}
        draftKey={visit.id}
        planned={visit}
        save={(id, draft) => mutate(completeVisit, { id, ...reportOf(draft) })}
        secondary={<Button onClick={() => setMissed(true)}>{t('missed')}</Button>}
      />
      {isMissed && (
        <VisitReasonSheet kind="miss" onClose={() => setMissed(false)} onDone={leave} visitId={visit.id} />
      )}
    </>
  )
}

export function NewReport({ customerId }: { readonly customerId: string }) {
  const mutate = useMutate()
  return (
    <Editor
      customerId={customerId}
      draftKey={customerId}
      planned={null}
      save={(id, draft) =>
        mutate(recordVisit, {
          id,
          customerId,
          institutionId: null,
          objective: textOrNull(draft.objective),
          ...reportOf(draft),
        })
      }
    />
  )
}

interface EditorProps {
  readonly customerId: string
  readonly draftKey: string
  readonly planned: Visit | null
  readonly save: (visitId: string, draft: ReportDraft) => Promise<void>
  readonly secondary?: ReactNode
}

function Editor({ customerId, draftKey, planned, save, secondary }: EditorProps) {
  const t = useWords(visitReportWords)
  const { visitId, draft, change, forget, startOver, isFromBefore } = useDraft(draftKey, planned)
  const act = useAct()
  const navigate = useNavigate()
  const leave = useLeave(customerId)
  const [hasTried, setTried] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const lack = lackOf(draft)
  const tryToSave = async () => {
    setTried(true)
    if (lack !== null || isSaving) return
    setSaving(true)
    const correct = { label: t('correct'), run: () => void navigate(`/visits/${visitId}/report`) }
    const isSaved = await act(() => save(visitId, draft), { text: t('saved'), action: correct })
    setSaving(false)
    if (!isSaved) return
    void forget()
    leave()
  }
  useKeys({ 'mod+enter': () => void tryToSave() })
  return (
    <ReportFrame
      action={
        <>
          {secondary}
          <Button busy={isSaving} look="primary" onClick={() => void tryToSave()}>
            {t('save')}
          </Button>
        </>
      }
      customerId={customerId}
    >
      {isFromBefore && (
        <p className={css.draftBack}>
          {t('draft_back')}
          <Button look="quiet" onClick={startOver} small>
            {t('draft_anew')}
          </Button>
        </p>
      )}
      <VisitReportForm
        draft={draft}
        isObjectiveFixed={planned !== null && planned.objective !== null}
        lack={hasTried ? lack : null}
        onChange={change}
      />
      <ReportCommitments
        commitments={draft.commitments}
        onChange={(commitments) => change({ commitments })}
      />
    </ReportFrame>
  )
}

/** The draft as it is written, and as it was left when the app was closed or ended by the phone. */
function useDraft(key: string, planned: Visit | null) {
  const device = useDevice()
  const [begun] = useState(() => draftOf(planned, new Date().toISOString()))
  const [before, setBefore] = useState(() => keptDraft(device, key, begun))
  const [visitId] = useState(() => before?.visitId ?? planned?.id ?? uuidv7())
  const [draft, setDraft] = useState(before?.draft ?? begun)
  useKeepWhenHidden(device)
  const forget = () => forgetDraft(device, key)
  return {
    visitId,
    draft,
    isFromBefore: before !== null && isWritten(before.draft, begun),
    startOver: () => {
      setBefore(null)
      setDraft(begun)
      void forget()
    },
    change: (changes: Partial<ReportDraft>) => {
      const next = { ...draft, ...changes }
      setDraft(next)
      keepDraft(device, key, { visitId, draft: next })
    },
    forget,
  }
}

/** A page that is hidden may be ended without another word. */
function useKeepWhenHidden(device: Device): void {
  useEffect(() => {
    const keep = () => void keepDraftsNow(device)
    document.addEventListener('visibilitychange', keep)
    addEventListener('pagehide', keep)
    return () => {
      keep()
      document.removeEventListener('visibilitychange', keep)
      removeEventListener('pagehide', keep)
    }
  }, [device])
}

/** The browser's own question; it is asked only when the page is closed or loaded anew. */
export function useAskBeforeClosing(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isNeeded])
}

/** Back to where one came from; to the customer when the report was opened by its address. */
function useLeave(customerId: string): () => void {
  const navigate = useNavigate()
  const { key } = useLocation()
  return () =>
    void (key === 'default' ? navigate(`/customers/${customerId}`, { replace: true }) : navigate(-1))
}

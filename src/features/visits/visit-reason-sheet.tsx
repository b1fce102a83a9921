// Why a visit did not take place or is called off: one tap for the usual reasons, a line for others.
import { useState } from 'react'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { visit } from './visit.entity.ts'
import { cancelVisit, missVisit, replanVisit } from './visit.mutations.ts'
import { textOrNull } from './visit-draft.rules.ts'
import { visitFormWords } from './visit-form.words.ts'
import css from './visit-report-form.module.css'

interface VisitReasonSheetProps {
  readonly visitId: string
  /** `miss`: it should have been. `cancel`: it will not be. */
  readonly kind: 'miss' | 'cancel'
  readonly onClose: () => void
  readonly onDone: () => void
}

const reasons = {
  miss: ['reason.meeting', 'reason.surgery', 'reason.away', 'reason.rules'],
  cancel: ['reason.postponed', 'reason.rules', 'reason.own'],
} as const

export function VisitReasonSheet({ visitId, kind, onClose, onDone }: VisitReasonSheetProps) {
  const f = useWords(visitFormWords)
  const k = useWords(kitWords)
  const mutate = useMutate()
  const act = useAct()
  const [reason, write] = useState('')
  const given = textOrNull(reason)
  const save = async () => {
    const undo = { label: k('undo'), run: () => void act(() => mutate(replanVisit, { id: visitId })) }
    const settle = () =>
      kind === 'miss'
        ? mutate(missVisit, { id: visitId, reason: given ?? '' })
        : mutate(cancelVisit, { id: visitId, reason: given })
    if (await act(settle, { text: f(`${kind}.done`), action: undo })) onDone()
  }
  return (
    <Sheet
      foot={
        <Button disabled={kind === 'miss' && given === null} full look="danger" onClick={save}>
          {f(`${kind}.act`)}
        </Button>
      }
      onClose={onClose}
      place="middle"
      title={f(`${kind}.title`)}
    >
      <fieldset aria-label={f('reason')} className={css.reasons}>
        {reasons[kind].map((key) => (
          <button
            aria-pressed={reason === f(key)}
            className={css.phrase}
            key={key}
            onClick={() => write(f(key))}
            type="button"
          >
            {f(key)}
          </button>
        ))}
      </fieldset>
      <TextField
        isOptional={kind === 'cancel'}
        label={f('reason')}
        maxLength={visit.fields.reason.max ?? 0}
        onChange={write}
        value={reason}
      />
    </Sheet>
  )
}

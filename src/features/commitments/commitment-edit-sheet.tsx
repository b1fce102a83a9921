// Writing a promise down, and correcting one that is open.
import { useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { useSaying } from '#web/clock.ts'
import { sayDay } from '#web/dates.ts'
import { useFormProblems } from '#web/form-problems.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Chip, SegmentedField } from '#web/ui/choices.tsx'
import { DayField, TextField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { commitment as entity, promisers } from './commitment.entity.ts'
import { editCommitment, makeCommitment } from './commitment.mutations.ts'
import { commitmentWords } from './commitment.words.ts'
import type { Commitment } from './commitment-row.tsx'
import css from './commitment-sheet.module.css'

interface MakeSheetProps {
  readonly customerId: string
  /** Days offered, `YYYY-MM-DD`. */
  readonly quickDays: readonly string[]
  readonly onClose: () => void
}

/** A new promise outside of a visit. */
export function CommitmentMakeSheet({ customerId, quickDays, onClose }: MakeSheetProps) {
  const t = useWords(commitmentWords)
  const mutate = useMutate()
  const act = useAct()
  const [id] = useState(() => uuidv7())
  const save = async ({ promisedBy, what, dueOn }: Draft) => {
    const made = { id, customerId, visitId: null, promisedBy, what, dueOn }
    if (await act(() => mutate(makeCommitment, made), { text: t('commitment.made_toast') })) onClose()
  }
  return (
    <DraftSheet
      before={{ promisedBy: 'us', what: '', dueOn: null }}
      isNew
      onClose={onClose}
      onSave={save}
      quickDays={quickDays}
      title={t('do.commitment.make')}
      verb={t('do.commitment.make')}
    />
  )
}

interface EditSheetProps {
  readonly commitment: Commitment
  readonly quickDays: readonly string[]
  readonly onClose: () => void
  readonly onSaved: () => void
}

export function CommitmentEditSheet({ commitment, quickDays, onClose, onSaved }: EditSheetProps) {
  const t = useWords(commitmentWords)
  const mutate = useMutate()
  const act = useAct()
  const save = async ({ what, dueOn }: Draft) => {
    const edit = { id: commitment.id, changes: { what, dueOn } }
    if (await act(() => mutate(editCommitment, edit), { text: t('commitment.saved_toast') })) onSaved()
  }
  return (
    <DraftSheet
      before={commitment}
      onClose={onClose}
      onSave={save}
      quickDays={quickDays}
      title={t('do.commitment.edit')}
      verb={t('commitment.save')}
    />
  )
}

type Draft = Pick<Commitment, 'promisedBy' | 'what' | 'dueOn'>

interface DraftSheetProps {
  readonly title: string
  readonly verb: string
  readonly before: Draft
  /** Whose promise it is can be said only once. */
  readonly isNew?: boolean
  readonly quickDays: readonly string[]
  readonly onSave: (draft: Draft) => Promise<void>
  readonly onClose: () => void
}

const { what: whatField, dueOn: dueField } = entity.fields

function DraftSheet({ title, verb, before, isNew = false, quickDays, onSave, onClose }: DraftSheetProps) {
  const t = useWords(commitmentWords)
  const kit = useWords(kitWords)
  const saying = useSaying()
  const [draft, set] = useState<Draft>({
    promisedBy: before.promisedBy,
    what: before.what,
    dueOn: before.dueOn,
  })
  const { problem, check } = useFormProblems({ what: whatField, dueOn: dueField }, draft)
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button look="primary" onClick={() => check() && void onSave(draft)}>
            {verb}
          </Button>
        </>
      }
      onClose={onClose}
      title={title}
    >
      {isNew && (
        <SegmentedField
          label={t('commitment.promisedBy')}
          onChange={(promisedBy) => promisedBy !== null && set({ ...draft, promisedBy })}
          options={promisers.map((value) => ({ value, label: t(`commitment.promisedBy.${value}`) }))}
          value={draft.promisedBy}
        />
      )}
      <TextField
        autoFocus
        label={t('commitment.what')}
        onChange={(what) => set({ ...draft, what })}
        placeholder={t('commitment.what_placeholder')}
        problem={problem('what')}
        value={draft.what}
      />
      <DayField
        hint={t('commitment.due_hint')}
        isOptional
        label={t('commitment.dueOn')}
        onChange={(day) => set({ ...draft, dueOn: day === '' ? null : day })}
        problem={problem('dueOn')}
        value={draft.dueOn ?? ''}
      />
      <fieldset aria-label={t('commitment.quick_days')} className={css.quick}>
        {quickDays.map((day) => (
          <Chip
            isOn={draft.dueOn === day}
            key={day}
            label={sayDay(day, saying)}
            onToggle={() => set({ ...draft, dueOn: draft.dueOn === day ? null : day })}
          />
        ))}
      </fieldset>
    </Sheet>
  )
}

// How a promise came out: kept with its proof, not kept or released with a reason.
import { useState } from 'react'
import { useFormProblems } from '#web/form-problems.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { LongTextField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { commitment as entity } from './commitment.entity.ts'
import { breakCommitment, keepCommitment, releaseCommitment } from './commitment.mutations.ts'
import { commitmentWords } from './commitment.words.ts'
import { type Commitment, useKeep, useUndo } from './commitment-row.tsx'
import css from './commitment-sheet.module.css'

export type Settling = 'keep' | 'break' | 'release'

interface SettleSheetProps {
  readonly commitment: Commitment
  readonly how: Settling
  readonly onClose: () => void
  readonly onSettled: () => void
}

export function CommitmentSettleSheet({ commitment, how, onClose, onSettled }: SettleSheetProps) {
  const t = useWords(commitmentWords)
  const kit = useWords(kitWords)
  const settle = useSettle(commitment, how)
  const [text, write] = useState(how === 'keep' ? (commitment.proof ?? '') : '')
  const field = how === 'keep' ? keepCommitment.args.proof : breakCommitment.args.reason
  const { problem, check } = useFormProblems({ text: field }, { text })
  const save = async () => {
    if (check() && (await settle(text.trim()))) onSettled()
  }
  const isKeeping = how === 'keep'
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button icon={isKeeping ? 'check' : undefined} look={isKeeping ? 'keep' : 'danger'} onClick={save}>
            {isKeeping ? t('commitment.keep_now') : t(`do.commitment.${how}`)}
          </Button>
        </>
      }
      onClose={onClose}
      title={commitment.what}
    >
      {how !== 'keep' && <p className={css.lead}>{t(`commitment.${how}_lead`)}</p>}
      <LongTextField
        autoFocus
        hint={t(isKeeping ? 'commitment.proof_hint' : 'commitment.reason_hint')}
        isOptional={isKeeping}
        label={t(isKeeping ? 'commitment.proof' : 'commitment.reason')}
        max={(isKeeping ? entity.fields.proof : entity.fields.reason).max ?? 0}
        onChange={write}
        problem={problem('text')}
        value={text}
      />
    </Sheet>
  )
}

function useSettle(commitment: Commitment, how: Settling): (text: string) => Promise<boolean> {
  const t = useWords(commitmentWords)
  const act = useAct()
  const mutate = useMutate()
  const keep = useKeep()
  const undo = useUndo()
  const { id } = commitment
  return (text) => {
    if (how === 'keep') return keep(commitment, text === '' ? null : text)
    const settling = how === 'break' ? breakCommitment : releaseCommitment
    const done = t(how === 'break' ? 'commitment.broken_toast' : 'commitment.released_toast')
    return act(() => mutate(settling, { id, reason: text }), { text: done, action: undo(id) })
  }
}

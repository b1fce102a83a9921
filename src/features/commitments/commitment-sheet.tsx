// One promise opened: what is known of it and everything that can become of it.
import { useState } from 'react'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { confirmCommitment, reopenCommitment } from './commitment.mutations.ts'
import type { Due } from './commitment.rules.ts'
import { commitmentWords } from './commitment.words.ts'
import { CommitmentEditSheet } from './commitment-edit-sheet.tsx'
import { type Commitment, DueMark, useMaySettle } from './commitment-row.tsx'
import { CommitmentSettleSheet, type Settling } from './commitment-settle-sheet.tsx'
import css from './commitment-sheet.module.css'

interface CommitmentSheetProps {
  readonly commitment: Commitment
  readonly due: Due
  readonly ownerName: string
  /** Days offered for a new due day, `YYYY-MM-DD`. */
  readonly quickDays: readonly string[]
  readonly onClose: () => void
}

export function CommitmentSheet(props: CommitmentSheetProps) {
  const { commitment, quickDays, onClose } = props
  const [mode, go] = useState<'look' | 'edit' | Settling>('look')
  const back = () => go('look')
  if (mode === 'edit') {
    return (
      <CommitmentEditSheet commitment={commitment} onClose={back} onSaved={onClose} quickDays={quickDays} />
    )
  }
  if (mode !== 'look') {
    return <CommitmentSettleSheet commitment={commitment} how={mode} onClose={back} onSettled={onClose} />
  }
  return <Look {...props} go={go} />
}

interface LookProps extends CommitmentSheetProps {
  readonly go: (mode: 'edit' | Settling) => void
}

function Look({ commitment, due, ownerName, onClose, go }: LookProps) {
  const t = useWords(commitmentWords)
  const mayAct = useMaySettle()
  return (
    <Sheet
      foot={mayAct ? <Foot commitment={commitment} go={go} onClose={onClose} /> : undefined}
      onClose={onClose}
      title={commitment.what}
    >
      <div className={css.facts}>
        <Known commitment={commitment} due={due} ownerName={ownerName} />
      </div>
      {mayAct && commitment.status === 'open' && (
        <div className={css.others}>
          <Button icon="edit" look="quiet" onClick={() => go('edit')}>
            {t('do.commitment.edit')}
          </Button>
          <Button icon="cancelled" look="quiet" onClick={() => go('break')}>
            {t('do.commitment.break')}
          </Button>
          <Button icon="leave" look="quiet" onClick={() => go('release')}>
            {t('do.commitment.release')}
          </Button>
        </div>
      )}
    </Sheet>
  )
}

function Known({
  commitment,
  due,
  ownerName,
}: Pick<CommitmentSheetProps, 'commitment' | 'due' | 'ownerName'>) {
  const t = useWords(commitmentWords)
  const saying = useSaying()
  const { status, dueOn, promisedBy, settledAt, proof, reason, confirmedAt } = commitment
  const moment = (at: string) => <span title={exactMoment(at, saying.language)}>{sayMoment(at, saying)}</span>
  const proofText = <span className={css.long}>{proof}</span>
  const state =
    status === 'open' ? (
      <DueMark due={due} dueOn={dueOn} />
    ) : (
      <StatusMark icon={settledIcon[status]} tone={status === 'kept' ? 'done' : 'calm'}>
        {t(`commitment.status.${status}`)}
      </StatusMark>
    )
  return (
    <Facts
      facts={[
        [t('commitment.status'), state],
        [t('commitment.promisedBy'), t(`commitment.promisedBy.${promisedBy}`)],
        [t('commitment.ownerId'), ownerName],
        ...(settledAt === null ? [] : [[t('commitment.settledAt'), moment(settledAt)] as const]),
        ...(proof === null ? [] : [[t('commitment.proof'), proofText] as const]),
        ...(reason === null ? [] : [[t('commitment.reason'), reason] as const]),
        ...(confirmedAt === null ? [] : [[t('commitment.confirmedAt'), moment(confirmedAt)] as const]),
      ]}
    />
  )
}

const settledIcon = { kept: 'done', broken: 'cancelled', released: 'leave' } as const

function Foot({ commitment, go, onClose }: Pick<LookProps, 'commitment' | 'go' | 'onClose'>) {
  const t = useWords(commitmentWords)
  const act = useAct()
  const mutate = useMutate()
  const { id, status, confirmedAt } = commitment
  if (status === 'open') {
    return (
      <Button icon="check" look="keep" onClick={() => go('keep')}>
        {t('commitment.keep_now')}
      </Button>
    )
  }
  const reopen = async () => {
    if (await act(() => mutate(reopenCommitment, { id }), { text: t('commitment.reopened_toast') })) onClose()
  }
  const confirm = async () => {
    if (await act(() => mutate(confirmCommitment, { id }), { text: t('commitment.confirmed_toast') }))
      onClose()
  }
  return (
    <>
      <Button icon="undo" onClick={reopen}>
        {t('do.commitment.reopen')}
      </Button>
      {status === 'kept' && confirmedAt === null && (
        <Button icon="check" look="primary" onClick={confirm}>
          {t('do.commitment.confirm')}
        </Button>
      )}
    </>
  )
}

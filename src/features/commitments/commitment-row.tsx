// One promise in a list: what, by when, whose; kept with one tap that can be taken back.
import type { RowOf } from '#core/entity.ts'
import { reachOf } from '#core/role.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayDue } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { ListRow } from '#web/ui/list.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { type Unsent, UnsentMark } from '#web/unsent.tsx'
import type { commitment } from './commitment.entity.ts'
import { keepCommitment, reopenCommitment } from './commitment.mutations.ts'
import type { Due } from './commitment.rules.ts'
import { commitmentWords } from './commitment.words.ts'

export type Commitment = RowOf<typeof commitment>

interface CommitmentRowProps {
  readonly commitment: Commitment
  readonly due: Due
  readonly unsent: Unsent | null
  /** Who sees to it; absent where everybody knows. */
  readonly ownerName?: string | undefined
  readonly onOpen: () => void
}

export function CommitmentRow({ commitment, due, unsent, ownerName, onOpen }: CommitmentRowProps) {
  const t = useWords(commitmentWords)
  const keep = useKeep()
  const mayAct = useMaySettle()
  const { what } = commitment
  return (
    <ListRow
      aside={
        mayAct && (
          <Button
            aria-label={t('commitment.keep_named', { what })}
            icon="check"
            look="keep"
            onClick={() => keep(commitment)}
            small
          >
            {t('do.commitment.keep')}
          </Button>
        )
      }
      detail={
        <>
          <DueMark due={due} dueOn={commitment.dueOn} />
          {ownerName !== undefined && ` · ${t('commitment.owner_of', { name: ownerName })}`}
          {unsent !== null && (
            <>
              {' · '}
              <UnsentMark unsent={unsent} />
            </>
          )}
        </>
      }
      onPress={onOpen}
      title={what}
    />
  )
}

/** 逾期 2 天, 今天到期, 周三前, with the exact day behind it. */
export function DueMark({ due, dueOn }: { readonly due: Due; readonly dueOn: string | null }) {
  const saying = useSaying()
  const title = dueOn === null ? {} : { title: exactDay(dueOn, saying.language) }
  return (
    <StatusMark tone={toneOf[due]} {...title}>
      {sayDue(dueOn, saying)}
    </StatusMark>
  )
}

const toneOf: { readonly [D in Due]: Tone } = {
  overdue: 'late',
  today: 'watch',
  soon: 'watch',
  later: 'calm',
  undated: 'calm',
  settled: 'done',
}

/** Whether this member may settle and change promises at all. */
export function useMaySettle(): boolean {
  const { lease } = useDevice()
  return reachOf(fieldWork, lease.roles) !== null
}

/** Keeps a promise and offers to take that back. */
export function useKeep(): (commitment: Commitment, proof?: string | null) => Promise<boolean> {
  const t = useWords(commitmentWords)
  const act = useAct()
  const mutate = useMutate()
  const undo = useUndo()
  return ({ id, what, proof: known }, proof = known) =>
    act(() => mutate(keepCommitment, { id, proof }), {
      text: t('commitment.kept_toast', { what }),
      action: undo(id),
    })
}

/** 撤销 for a promise that has just been settled. */
export function useUndo(): (id: string) => { readonly label: string; readonly run: () => void } {
  const kit = useWords(kitWords)
  const act = useAct()
  const mutate = useMutate()
  return (id) => ({ label: kit('undo'), run: () => void act(() => mutate(reopenCommitment, { id })) })
}

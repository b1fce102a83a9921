// Promises that are due, each kept with one tap that can be taken back.
import { keepCommitment, reopenCommitment } from '#features/commitments/commitment.mutations.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayDue } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { List, ListRow } from '#web/ui/list.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import type { PromiseItem } from './today.queries.ts'
import { todayWords } from './today.words.ts'
import css from './today-promises.module.css'
import { useWhomText } from './today-whom.ts'

export function PromiseRows({ promises }: { readonly promises: readonly PromiseItem[] }) {
  const t = useWords(todayWords)
  return (
    <List label={t('today.promises')}>
      {promises.map((item) => (
        <PromiseRow item={item} key={item.commitment.id} />
      ))}
    </List>
  )
}

function PromiseRow({ item }: { readonly item: PromiseItem }) {
  const t = useWords(todayWords)
  const whomText = useWhomText()
  const keep = useKeep(item)
  const { commitment } = item
  return (
    <ListRow
      aside={
        <Button
          aria-label={`${t('today.keep')} ${commitment.what}`}
          icon="check"
          look="keep"
          onClick={keep}
          small
        >
          {t('today.keep')}
        </Button>
      }
      detail={
        <span className={css.detail}>
          <DueMark item={item} />
          <span className={css.whom}>{whomText(item.whom)}</span>
        </span>
      }
      title={commitment.what}
      to={`/customers/${commitment.customerId}`}
    />
  )
}

/** 逾期 2 天, 今天到期, with the exact day behind it. */
function DueMark({ item: { commitment, due } }: { readonly item: PromiseItem }) {
  const saying = useSaying()
  const title = commitment.dueOn === null ? {} : { title: exactDay(commitment.dueOn, saying.language) }
  return (
    <StatusMark tone={toneOf[due]} {...title}>
      {sayDue(commitment.dueOn, saying)}
    </StatusMark>
  )
}

const toneOf: { readonly [D in PromiseItem['due']]: Tone } = {
  overdue: 'late',
  today: 'watch',
  soon: 'calm',
  later: 'calm',
  undated: 'calm',
  settled: 'done',
}

function useKeep({ commitment: { id, what, proof } }: PromiseItem): () => void {
  const t = useWords(todayWords)
  const kit = useWords(kitWords)
  const mutate = useMutate()
  const act = useAct()
  const reopen = () => act(() => mutate(reopenCommitment, { id }))
  return () =>
    void act(() => mutate(keepCommitment, { id, proof }), {
      text: t('today.kept', { what }),
      action: { label: kit('undo'), run: reopen },
    })
}

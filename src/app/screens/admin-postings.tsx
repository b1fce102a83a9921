// Who works where and from which day to which, seen from the colleague or from the territory.
import { useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { assignMember, editAssignment, removeAssignment } from '#features/territories/territory.mutations.ts'
import type { Posting } from '#features/territories/territory.queries.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, sayMonthDay } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { ChoiceField, DayField, FieldPair, type Option } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { useMayChange } from './admin-rights.ts'

interface PostingsProps {
  readonly postings: readonly Posting[]
  /** The side that is given; the other is chosen. */
  readonly fixed: { readonly memberId: string } | { readonly territoryId: string }
  /** What is chosen: 辖区 or 同事. */
  readonly what: string
  readonly options: readonly Option<string>[]
  readonly nameOf: (posting: Posting) => string
}

export function Postings({ postings, fixed, what, options, nameOf }: PostingsProps) {
  const t = useWords(adminWords)
  const mayChange = useMayChange()
  const [isAdding, add] = useState(false)
  return (
    <div className={css.bleed}>
      <Section
        title={t('postings')}
        {...(mayChange && !isAdding
          ? {
              action: (
                <Button look="quiet" onClick={() => add(true)} small>
                  {t('post')}
                </Button>
              ),
            }
          : {})}
      >
        {isAdding && <Adder fixed={fixed} onDone={() => add(false)} options={options} what={what} />}
        {postings.length === 0 && !isAdding && <p className={css.adder}>{t('no_postings')}</p>}
        <List label={t('postings')}>
          {postings.map((posting) => (
            <PostingRow key={posting.assignment.id} name={nameOf(posting)} posting={posting} />
          ))}
        </List>
      </Section>
    </div>
  )
}

function PostingRow({ posting, name }: { readonly posting: Posting; readonly name: string }) {
  const t = useWords(adminWords)
  const k = useWords(kitWords)
  const mayChange = useMayChange()
  const saying = useSaying()
  const mutate = useMutate()
  const act = useAct()
  const { assignment, isCurrent } = posting
  const { id, memberId, territoryId, sinceOn, untilOn } = assignment
  const since = sayMonthDay(sinceOn, saying)
  const end = () =>
    act(() => mutate(editAssignment, { id, changes: { untilOn: saying.today } }), {
      text: t('ended'),
      action: {
        label: k('undo'),
        run: () => void act(() => mutate(editAssignment, { id, changes: { untilOn } })),
      },
    })
  const remove = () =>
    act(() => mutate(removeAssignment, { id }), {
      text: t('posting_removed'),
      action: {
        label: k('undo'),
        run: () =>
          void act(() => mutate(assignMember, { id: uuidv7(), memberId, territoryId, sinceOn, untilOn })),
      },
    })
  return (
    <ListRow
      aside={
        <>
          {!isCurrent && <StatusMark tone="calm">{t('past')}</StatusMark>}
          {mayChange && isCurrent && untilOn === null && (
            <Button onClick={() => void end()} small>
              {t('end_today')}
            </Button>
          )}
          {mayChange && (
            <IconButton icon="remove" label={t('posting_remove', { name })} onClick={() => void remove()} />
          )}
        </>
      }
      detail={
        <span title={exactDay(sinceOn, saying.language)}>
          {untilOn === null
            ? t('span_open', { since })
            : t('span', { since, until: sayMonthDay(untilOn, saying) })}
        </span>
      }
      title={name}
    />
  )
}

function Adder({
  fixed,
  what,
  options,
  onDone,
}: Omit<PostingsProps, 'postings' | 'nameOf'> & { onDone: () => void }) {
  const t = useWords(adminWords)
  const k = useWords(kitWords)
  const { today } = useSaying()
  const mutate = useMutate()
  const act = useAct()
  const [other, choose] = useState<string | null>(null)
  const [sinceOn, setSince] = useState(today)
  const [untilOn, setUntil] = useState('')
  const save = async () => {
    if (other === null) return
    const pair =
      'memberId' in fixed
        ? { memberId: fixed.memberId, territoryId: other }
        : { memberId: other, territoryId: fixed.territoryId }
    const days = { sinceOn, untilOn: untilOn === '' ? null : untilOn }
    if (await act(() => mutate(assignMember, { id: uuidv7(), ...pair, ...days }), { text: t('saved') }))
      onDone()
  }
  return (
    <div className={css.adder}>
      <ChoiceField label={what} none={t('choose')} onChange={choose} options={options} value={other} />
      <FieldPair>
        <DayField label={t('since')} onChange={setSince} value={sinceOn} />
        <DayField isOptional label={t('until')} min={sinceOn} onChange={setUntil} value={untilOn} />
      </FieldPair>
      <Button disabled={other === null || sinceOn === ''} look="primary" onClick={() => void save()} small>
        {t('save')}
      </Button>{' '}
      <Button look="quiet" onClick={onDone} small>
        {k('cancel')}
      </Button>
    </div>
  )
}

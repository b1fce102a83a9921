// 我们的承诺 and 客户的承诺, the most urgent first.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { commitment as entity } from '#features/commitments/commitment.entity.ts'
import { dueOf } from '#features/commitments/commitment.rules.ts'
import { commitmentWords } from '#features/commitments/commitment.words.ts'
import { CommitmentMakeSheet } from '#features/commitments/commitment-edit-sheet.tsx'
import { CommitmentRow, useMaySettle } from '#features/commitments/commitment-row.tsx'
import { CommitmentSheet } from '#features/commitments/commitment-sheet.tsx'
import type { CustomerPage, OpenPromise } from '#features/customers/customer-page.queries.ts'
import { useMinute, useToday } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { List, Section } from '#web/ui/list.tsx'
import { useUnsent } from '#web/unsent.tsx'
import css from './customer.module.css'
import { customerPageWords } from './customer.words.ts'
import { usualDueDays } from './visit-report-due.ts'

export function CustomerPromises({ page }: { readonly page: CustomerPage }) {
  const t = useWords(commitmentWords)
  const mayAct = useMaySettle()
  const quickDays = usualDueDays(useToday())
  const [isMaking, make] = useState(false)
  const [openId, open] = useState<string | null>(null)
  return (
    <>
      <Section
        action={
          mayAct && (
            <Button icon="plus" look="quiet" onClick={() => make(true)} small>
              {t('do.commitment.make')}
            </Button>
          )
        }
        title={t('commitment.ours')}
        {...(page.ours.length > 0 ? { count: page.ours.length } : {})}
      >
        {page.ours.length > 0 ? (
          <Promises onOpen={open} promises={page.ours} />
        ) : (
          <p className={css.ruled}>{t('commitment.none_open')}</p>
        )}
      </Section>
      {page.theirs.length > 0 && (
        <Section count={page.theirs.length} title={t('commitment.theirs')}>
          <Promises onOpen={open} promises={page.theirs} />
        </Section>
      )}
      {isMaking && (
        <CommitmentMakeSheet
          customerId={page.customer.id}
          onClose={() => make(false)}
          quickDays={quickDays}
        />
      )}
      {openId !== null && <OneCommitment id={openId} onClose={() => open(null)} />}
    </>
  )
}

interface PromisesProps {
  readonly promises: readonly OpenPromise[]
  readonly onOpen: (id: string) => void
}

function Promises({ promises, onOpen }: PromisesProps) {
  const { view, lease } = useDevice()
  const t = useWords(customerPageWords)
  const unsent = useUnsent()
  return (
    <List>
      {promises.map(({ commitment, due }) => {
        const { id, ownerId } = commitment
        const owner = view.get(member, ownerId)?.name ?? t('customer_page.colleague')
        return (
          <CommitmentRow
            commitment={commitment}
            due={due}
            key={id}
            onOpen={() => onOpen(id)}
            ownerName={ownerId === lease.userId ? undefined : owner}
            unsent={unsent(id)}
          />
        )
      })}
    </List>
  )
}

/** The sheet of one promise by its id, so that it shows what has become of it while it is open. */
export function OneCommitment({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useWords(customerPageWords)
  const now = useMinute()
  const quickDays = usualDueDays(useToday())
  const { view } = useDevice()
  const commitment = useLive(useCallback((live: View) => live.get(entity, id), [id]))
  if (!commitment) return null
  return (
    <CommitmentSheet
      commitment={commitment}
      due={dueOf(commitment, now)}
      onClose={onClose}
      ownerName={view.get(member, commitment.ownerId)?.name ?? t('customer_page.colleague')}
      quickDays={quickDays}
    />
  )
}

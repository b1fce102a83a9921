// The records behind a figure, each leading to its customer.
import { useCallback } from 'react'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { commitmentWords } from '#features/commitments/commitment.words.ts'
import { standingOf } from '#features/visits/visit.queries.ts'
import { StandingMark } from '#features/visits/visit-look.tsx'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactDay, exactMoment, sayDue, sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import css from './team.module.css'
import type { Records } from './team.queries.ts'
import { teamWords } from './team.words.ts'
import { type Whom, whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'

interface RecordsSheetProps {
  readonly records: Records
  readonly onClose: () => void
}

/** A longer list is read at the customers' own page. */
const most = 200

export function RecordsSheet({ records, onClose }: RecordsSheetProps) {
  const t = useWords(teamWords)
  const count = countOf(records)
  return (
    <Sheet onClose={onClose} title={`${records.title} ${count}`}>
      <div className={css.checks}>
        {count === 0 ? <EmptyState>{t('none')}</EmptyState> : <Rows records={records} />}
        {count > most && <p className={css.more}>{t('more', { count: most })}</p>}
      </div>
    </Sheet>
  )
}

function countOf(records: Records): number {
  if (records.kind === 'visits') return records.visits.length
  return records.kind === 'customers' ? records.customers.length : records.promises.length
}

function Rows({ records }: { readonly records: Records }) {
  if (records.kind === 'visits') return <VisitRows visits={records.visits.slice(0, most)} />
  if (records.kind === 'customers') return <CustomerRows customers={records.customers.slice(0, most)} />
  return <PromiseRows promises={records.promises.slice(0, most)} />
}

type Of<K extends Records['kind']> = Extract<Records, { readonly kind: K }>

function VisitRows({ visits }: Pick<Of<'visits'>, 'visits'>) {
  const t = useWords(teamWords)
  const saying = useSaying()
  const now = useMinute()
  const rows = useWhoms(visits)
  const nameOf = useMemberName()
  return (
    <List>
      {visits.map((each, index) => (
        <ListRow
          aside={<StandingMark standing={standingOf(each, now)} />}
          detail={
            <span title={exactMoment(each.startsAt, saying.language)}>
              {[sayMoment(each.startsAt, saying), nameOf(each.ownerId), each.objective]
                .filter(Boolean)
                .join(' · ')}
            </span>
          }
          key={each.id}
          title={rows[index]?.name ?? t('customer_gone')}
          to={each.status === 'completed' ? `/visits/${each.id}/report` : `/customers/${each.customerId}`}
        />
      ))}
    </List>
  )
}

function CustomerRows({ customers }: Pick<Of<'customers'>, 'customers'>) {
  const rows = useLive(useCallback((view: View) => customers.map(({ id }) => whomOf(view, id)), [customers]))
  return (
    <List>
      {customers.map(({ id, name }, index) => {
        const whom = rows[index]
        return (
          <ListRow
            key={id}
            title={name}
            to={`/customers/${id}`}
            {...(whom ? { detail: placeText(whom) } : {})}
          />
        )
      })}
    </List>
  )
}

function PromiseRows({ promises }: Pick<Of<'promises'>, 'promises'>) {
  const t = useWords(teamWords)
  const c = useWords(commitmentWords)
  const saying = useSaying()
  const rows = useWhoms(promises)
  const nameOf = useMemberName()
  return (
    <List>
      {promises.map((each, index) => (
        <ListRow
          aside={each.status === 'open' ? sayDue(each.dueOn, saying) : c(`commitment.status.${each.status}`)}
          detail={
            <span title={each.dueOn === null ? '' : exactDay(each.dueOn, saying.language)}>
              {[rows[index]?.name ?? t('customer_gone'), nameOf(each.ownerId)].filter(Boolean).join(' · ')}
            </span>
          }
          key={each.id}
          title={each.what}
          to={`/customers/${each.customerId}`}
        />
      ))}
    </List>
  )
}

function useWhoms(of: readonly { readonly customerId: string }[]): readonly (Whom | null)[] {
  return useLive(useCallback((view: View) => of.map((each) => whomOf(view, each.customerId)), [of]))
}

function useMemberName(): (id: string) => string | undefined {
  const { view } = useDevice()
  return (id) => view.get(member, id)?.name
}

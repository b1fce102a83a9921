// What one does with a customer in the first place, when he was seen and will be seen, what needs attention.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { reachOf } from '#core/role.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import type { Customer } from '#features/customers/customer-facts.queries.ts'
import type { CustomerPage } from '#features/customers/customer-page.queries.ts'
import { useSaying } from '#web/clock.ts'
import { exactDay, exactMoment, sayDay, sayDaysAgo, sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { useUnsent } from '#web/unsent.tsx'
import css from './customer.module.css'
import { customerPageWords } from './customer.words.ts'

export function CustomerActs({ customer }: { readonly customer: Customer }) {
  const t = useWords(customerPageWords)
  const { lease } = useDevice()
  const mayVisit = reachOf(fieldWork, lease.roles) !== null
  if (!mayVisit && customer.phone === null) return null
  return (
    <nav aria-label={t('customer_page.acts')} className={css.acts}>
      {mayVisit && (
        <>
          <ButtonLink icon="note" look="primary" to={`/visits/new/report?customer=${customer.id}`}>
            {t('customer_page.report')}
          </ButtonLink>
          <ButtonLink icon="plan" to={`/plan?customer=${customer.id}`}>
            {t('customer_page.plan')}
          </ButtonLink>
        </>
      )}
      {customer.phone !== null && (
        <ButtonLink icon="phone" to={`tel:${customer.phone.replace(/[^\d+]/g, '')}`}>
          {t('customer_page.call')}
        </ButtonLink>
      )}
    </nav>
  )
}

/** 上次见面 and 下次拜访, each leading to its visit. */
export function Meetings({ page: { lastVisitOn, next } }: { readonly page: CustomerPage }) {
  const t = useWords(customerPageWords)
  const saying = useSaying()
  const isAllHere = useDeviceStatus().loading === 'complete'
  const none = (text: string) => <span className={css.empty}>{isAllHere ? text : '…'}</span>
  return (
    <dl className={css.meetings}>
      <Meeting label={t('customer_page.last')}>
        {lastVisitOn === null ? (
          none(t('customer_page.never'))
        ) : (
          <span title={exactDay(lastVisitOn, saying.language)}>{sayDaysAgo(lastVisitOn, saying)}</span>
        )}
      </Meeting>
      <Meeting label={t('customer_page.next')}>
        {next === null ? (
          none(t('customer_page.nothing_planned'))
        ) : (
          <Link title={exactMoment(next.startsAt, saying.language)} to={`/visits/${next.id}/report`}>
            {sayMoment(next.startsAt, saying)}
          </Link>
        )}
      </Meeting>
    </dl>
  )
}

function Meeting({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={css.meeting}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Reports that are owed, and what has not reached the server. */
export function CustomerNotices({ page }: { readonly page: CustomerPage }) {
  const t = useWords(customerPageWords)
  const saying = useSaying()
  const { lease } = useDevice()
  const refused = useRefusedAbout(page)
  const isWaiting = useUnsent()(page.customer.id) === 'waiting'
  const owed = page.unreported.find(({ ownerId }) => ownerId === lease.userId)
  return (
    <>
      {refused > 0 && (
        <div className={css.notice}>
          <Banner
            action={
              <ButtonLink look="quiet" small to="/me">
                {t('customer_page.mend')}
              </ButtonLink>
            }
            tone="late"
          >
            {t('customer_page.refused', { count: refused })}
          </Banner>
        </div>
      )}
      {isWaiting && refused === 0 && (
        <div className={css.notice}>
          <Banner icon="sync">{t('customer_page.waiting')}</Banner>
        </div>
      )}
      {owed && (
        <div className={css.notice}>
          <Banner
            action={
              <ButtonLink look="quiet" small to={`/visits/${owed.id}/report`}>
                {t('customer_page.write_report')}
              </ButtonLink>
            }
            tone="watch"
          >
            {t('customer_page.unreported', { when: sayDay(owed.visitOn, saying) })}
          </Banner>
        </div>
      )}
    </>
  )
}

/** How many refused acts are about this customer, his visits, promises or workplaces. */
function useRefusedAbout({
  customer,
  workplaces,
  ours,
  theirs,
  timeline,
  unreported,
  next,
}: CustomerPage): number {
  const { refused } = useDeviceStatus()
  if (refused.length === 0) return 0
  const entries = timeline.flatMap((month) => month.entries)
  const ids = new Set<unknown>([
    customer.id,
    next?.id,
    ...workplaces.map(({ affiliation }) => affiliation.id),
    ...[...ours, ...theirs].map(({ commitment }) => commitment.id),
    ...unreported.map(({ id }) => id),
    ...entries.map((entry) => (entry.kind === 'visit' ? entry.visit.id : entry.commitment.id)),
  ])
  return refused.filter(({ args }) => ids.has(args.id) || args.customerId === customer.id).length
}

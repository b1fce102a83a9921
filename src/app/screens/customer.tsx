// One customer: who he is, what is next, what was promised, what has been.
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import type { View } from '#core/view.ts'
import { customerListWords } from '#features/customers/customer-list.words.ts'
import { type CustomerPage, customerPage } from '#features/customers/customer-page.queries.ts'
import { useTitleText } from '#features/customers/customer-row.tsx'
import { useMinute } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus, useLive } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import css from './customer.module.css'
import { customerPageWords } from './customer.words.ts'
import { CustomerActs, CustomerNotices, Meetings } from './customer-acts.tsx'
import { CustomerEditSheet } from './customer-edit.tsx'
import { CustomerFacts } from './customer-facts.tsx'
import { CustomerMenu } from './customer-menu.tsx'
import { CustomerPromises } from './customer-promises.tsx'
import { CustomerTimeline } from './customer-timeline.tsx'
import { CustomerWorkplaces } from './customer-workplaces.tsx'

interface CustomerDetailProps {
  readonly id: string
  /** The list with its conditions, for the way back. */
  readonly listPath: string
}

export function CustomerDetail({ id, listPath }: CustomerDetailProps) {
  const device = useDevice()
  const now = useMinute()
  const page = useLive(useCallback((view: View) => customerPage(view, id, now), [id, now]))
  useEffect(() => {
    // The rest of what is known of him may still be on the disk; he is read before the others.
    void device.hasten(id)
  }, [device, id])
  const [seenId, see] = useState<string | null>(null)
  if (page !== null && seenId !== id) see(id)
  return page === null ? (
    <Gone hasLeft={seenId === id} listPath={listPath} />
  ) : (
    <Known listPath={listPath} page={page} />
  )
}

function Known({ page, listPath }: { readonly page: CustomerPage; readonly listPath: string }) {
  const isWide = useIsWide()
  const titleText = useTitleText()
  const back = useBack(listPath)
  const [isEditing, edit] = useState(false)
  const { customer } = page
  return (
    <Page
      aside={<CustomerMenu customer={customer} listPath={listPath} onEdit={() => edit(true)} />}
      {...(isWide ? {} : { back })}
      heading={
        <span className={css.name}>
          {customer.name}
          <span className={css.title}>{titleText(customer)}</span>
        </span>
      }
      lead={placeOf(page)}
      title={customer.name}
      width="full"
    >
      <CustomerNotices page={page} />
      <CustomerActs customer={customer} />
      <Meetings page={page} />
      <div className={css.columns}>
        <div className={css.main}>
          <CustomerPromises page={page} />
          <CustomerTimeline timeline={page.timeline} />
        </div>
        <div className={css.side}>
          <CustomerWorkplaces customerId={customer.id} workplaces={page.workplaces} />
          <CustomerFacts customer={customer} onEdit={() => edit(true)} />
        </div>
      </div>
      {isEditing && <CustomerEditSheet customer={customer} onClose={() => edit(false)} />}
    </Page>
  )
}

function placeOf({ workplaces }: CustomerPage): string | undefined {
  const place = workplaces.find(({ affiliation }) => affiliation.isPrimary) ?? workplaces[0]
  if (!place || place.hasEnded) return undefined
  const parts = [place.institution?.name, place.department?.name]
  return parts.filter((part) => typeof part === 'string').join(' · ')
}

/** Back to where one came from, so that the list stands where one left it; else to the list. */
function useBack(listPath: string): string | true {
  const { state } = useLocation()
  // Only our own links write the state of a location.
  return (state as { readonly fromList?: boolean } | null)?.fromList === true ? true : listPath
}

interface GoneProps {
  readonly listPath: string
  /** He was here a moment ago. */
  readonly hasLeft: boolean
}

function Gone({ listPath, hasLeft }: GoneProps) {
  const t = useWords(customerPageWords)
  const tl = useWords(customerListWords)
  const { loading } = useDeviceStatus()
  const isReading = loading === 'first'
  return (
    <Page back={listPath} title={tl('customers.title')}>
      <EmptyState
        action={<ButtonLink to={listPath}>{t('customer_page.to_list')}</ButtonLink>}
        drawing={isReading ? 'notebook' : 'talk'}
      >
        {t(isReading ? 'customer_page.reading' : hasLeft ? 'customer_page.left' : 'customer_page.gone')}
      </EmptyState>
    </Page>
  )
}

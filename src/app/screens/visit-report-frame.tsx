// What the report, its editor and a visit that did not happen have in common: whom it is about.
import { type ReactNode, useCallback } from 'react'
import type { View } from '#core/view.ts'
import { customerWords } from '#features/customers/customer.words.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { Page } from '#web/ui/page.tsx'
import { Person } from '#web/ui/person.tsx'
import { whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'
import css from './visit-report.module.css'
import { visitReportWords } from './visit-report.words.ts'

interface ReportFrameProps {
  readonly customerId: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

export function ReportFrame({ customerId, action, children }: ReportFrameProps) {
  const t = useWords(visitReportWords)
  const c = useWords(customerWords)
  const whom = useLive(useCallback((view: View) => whomOf(view, customerId), [customerId]))
  const title = whom === null || whom.title === null ? null : c(`customer.title.${whom.title}`)
  return (
    <Page
      action={action}
      back={true}
      heading={
        <Person
          large
          name={whom?.name ?? t('customer_gone')}
          place={whom === null ? null : placeText(whom)}
          title={title}
        />
      }
      title={`${t('title')} · ${whom?.name ?? t('customer_gone')}`}
    >
      <div className={css.body}>{children}</div>
    </Page>
  )
}

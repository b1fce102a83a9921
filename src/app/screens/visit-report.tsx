// 拜访报告: for a planned visit, for one that was not planned, and the report itself once it is saved.
import { useCallback } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { View } from '#core/view.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { Page } from '#web/ui/page.tsx'
import { CustomerPicker } from './customer-picker.tsx'
import { visitReportWords } from './visit-report.words.ts'
import { NewReport, PlannedReport } from './visit-report-editor.tsx'
import { GoneReport } from './visit-report-gone.tsx'
import { SettledVisit } from './visit-report-settled.tsx'
import { CompletedReport } from './visit-report-view.tsx'

/** `/visits/:id/report`; `new` for a visit that was not planned, with `?customer=`. */
export function VisitReportScreen() {
  const { id = '' } = useParams()
  return id === 'new' ? <UnplannedReport /> : <KnownVisit id={id} key={id} />
}

function UnplannedReport() {
  const t = useWords(visitReportWords)
  const [params, setParams] = useSearchParams()
  const customerId = params.get('customer')
  const isHere = useLive(
    useCallback(
      (view: View) => customerId !== null && view.get(customer, customerId) !== undefined,
      [customerId],
    ),
  )
  if (customerId !== null && isHere) return <NewReport customerId={customerId} key={customerId} />
  if (customerId !== null) return <GoneReport draftKey={customerId} />
  return (
    <Page back={true} lead={t('pick')} title={t('title_new')}>
      <CustomerPicker onPick={(customer) => setParams({ customer }, { replace: true })} />
    </Page>
  )
}

function KnownVisit({ id }: { readonly id: string }) {
  const { lease } = useDevice()
  const found = useLive(useCallback((view: View) => view.get(visit, id), [id]))
  if (found === undefined) return <GoneReport draftKey={id} />
  const isOwn = found.ownerId === lease.userId || lease.roles.includes('manager')
  if (found.status === 'completed') return <CompletedReport isOwn={isOwn} visit={found} />
  if (found.status !== 'planned' || !isOwn) return <SettledVisit isOwn={isOwn} visit={found} />
  return <PlannedReport visit={found} />
}

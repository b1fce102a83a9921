// 拜访报告: for a planned visit, for one that was not planned, and the report itself once it is saved.
import { useCallback } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { View } from '#core/view.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus, useLive } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import { CustomerPicker } from './customer-picker.tsx'
import { visitReportWords } from './visit-report.words.ts'
import { NewReport, PlannedReport } from './visit-report-editor.tsx'
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
  if (customerId !== null) return <NewReport customerId={customerId} key={customerId} />
  return (
    <Page back={true} lead={t('pick')} title={t('title_new')}>
      <CustomerPicker onPick={(customer) => setParams({ customer }, { replace: true })} />
    </Page>
  )
}

function KnownVisit({ id }: { readonly id: string }) {
  const t = useWords(visitReportWords)
  const { loading } = useDeviceStatus()
  const { lease } = useDevice()
  const found = useLive(useCallback((view: View) => view.get(visit, id), [id]))
  if (found === undefined) {
    // What has not been read from the disk yet is not missing.
    if (loading !== 'complete') return null
    return (
      <Page back={true} title={t('title')}>
        <EmptyState action={<ButtonLink to="/plan">{t('to_plan')}</ButtonLink>} drawing="search">
          {t('gone')}
        </EmptyState>
      </Page>
    )
  }
  const isOwn = found.ownerId === lease.userId || lease.roles.includes('manager')
  if (found.status === 'completed') return <CompletedReport isOwn={isOwn} visit={found} />
  if (found.status !== 'planned' || !isOwn) return <SettledVisit isOwn={isOwn} visit={found} />
  return <PlannedReport visit={found} />
}

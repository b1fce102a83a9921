// A report whose visit or customer is not on this device: handed over, perhaps while it was being written.
import { draftOf } from '#features/visits/visit-draft.rules.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import css from './visit-report.module.css'
import { visitReportWords } from './visit-report.words.ts'
import { keptDraft } from './visit-report-drafts.ts'

/** `draftKey`: under which the report would have been kept. What was written can still be read and copied. */
export function GoneReport({ draftKey }: { readonly draftKey: string }) {
  const t = useWords(visitReportWords)
  const device = useDevice()
  const { loading } = useDeviceStatus()
  // What has not been read from the disk yet is not missing.
  if (loading !== 'complete') return null
  const note = keptDraft(device, draftKey, draftOf(null, new Date().toISOString()))?.draft.note ?? ''
  return (
    <Page back={true} title={t('title')}>
      <EmptyState action={<ButtonLink to="/plan">{t('to_plan')}</ButtonLink>} drawing="talk">
        {t('gone')}
      </EmptyState>
      {note !== '' && (
        <section className={css.section}>
          <h2 className={css.caption}>{t('gone_written')}</h2>
          <p className={css.note}>{note}</p>
        </section>
      )}
    </Page>
  )
}

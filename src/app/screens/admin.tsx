// 管理: who belongs to the organisation, and who works where.
import { useSearchParams } from 'react-router'
import { useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Page } from '#web/ui/page.tsx'
import { ViewSwitch } from '#web/ui/view-switch.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { AdminMembers } from './admin-members.tsx'
import { useMayChange } from './admin-rights.ts'
import { AdminTerritories } from './admin-territories.tsx'

const views = ['members', 'territories'] as const

export function AdminScreen() {
  const t = useWords(adminWords)
  const mayChange = useMayChange()
  const [params, setParams] = useSearchParams()
  const shown = views.find((each) => each === params.get('view')) ?? 'members'
  return (
    <Page title={t('title')} width="wide">
      <div className={css.switch}>
        <ViewSwitch
          label={t('view')}
          onChange={(view) => setParams({ view }, { replace: true })}
          options={views.map((value) => ({ value, label: t(value) }))}
          value={shown}
        />
      </div>
      {!mayChange && <Banner>{t('read_only')}</Banner>}
      {shown === 'members' ? <AdminMembers /> : <AdminTerritories />}
    </Page>
  )
}

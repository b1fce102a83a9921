// 我的: what needs a person, this device and its exchange, display, account safety, the way out.
import { memberWords } from '#features/access/member.words.ts'
import { useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { Page } from '#web/ui/page.tsx'
import { Person } from '#web/ui/person.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { Attention } from './me-attention.tsx'
import { DeviceSection } from './me-device.tsx'
import { Leave } from './me-leave.tsx'
import { LookSection } from './me-look.tsx'
import { SafetySection } from './me-safety.tsx'

export function MeScreen() {
  const t = useWords(meWords)
  const role = useWords(memberWords)
  const { lease } = useDevice()
  const place = [lease.roles.map((each) => role(`role.${each}`)).join('、'), lease.orgName].join(' · ')
  return (
    <Page
      aside={<SyncBadge only="phone" />}
      heading={<Person large name={lease.name} />}
      lead={place}
      title={t('me.title')}
      width="wide"
    >
      <Attention />
      <div className={css.columns}>
        <div>
          <DeviceSection />
          <LookSection />
        </div>
        <div>
          <SafetySection />
          <Leave />
        </div>
      </div>
    </Page>
  )
}

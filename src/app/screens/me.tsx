// 我的: what needs a person, this device and its exchange, display, account safety, the way out.
import { memberWords } from '#features/access/member.words.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { Page } from '#web/ui/page.tsx'
import { Person } from '#web/ui/person.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import { tabsOf, usePlaces } from '../shell-places.tsx'
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
          <OtherPlaces />
          <Leave />
        </div>
      </div>
    </Page>
  )
}

/** On the phone: the places for which the tabs have no room. */
function OtherPlaces() {
  const t = useWords(meWords)
  const isWide = useIsWide()
  const places = usePlaces()
  const tabs = tabsOf(places)
  const others = places.filter((place) => !tabs.includes(place))
  if (isWide || others.length === 0) return null
  return (
    <Section title={t('me.places')}>
      <List>
        {others.map(({ to, label, icon }) => (
          <ListRow key={to} lead={<Icon name={icon} />} title={label} to={to} />
        ))}
      </List>
    </Section>
  )
}

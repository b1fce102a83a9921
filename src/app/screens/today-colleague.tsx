// The first page of those who make no visits: what is theirs to do here, and what this version does not do yet.
import type { Role } from '#core/role.ts'
import { memberWords } from '#features/access/member.words.ts'
import { useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Section } from '#web/ui/list.tsx'
import { Page } from '#web/ui/page.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import { todayWords } from './today.words.ts'
import { DateHeading } from './today-date.tsx'

type Colleague = Exclude<Role, 'rep' | 'manager'>

interface Place {
  readonly to: string
  readonly label: 'today.see_customers' | 'today.see_imports' | 'today.see_admin' | 'today.see_me'
}

const customers: Place = { to: '/customers', label: 'today.see_customers' }

const account: Place = { to: '/me', label: 'today.see_me' }

/** Where each begins. */
const places: { readonly [R in Colleague]: Place } = {
  medical: customers,
  content: account,
  compliance: account,
  safety: customers,
  steward: { to: '/imports', label: 'today.see_imports' },
  admin: { to: '/admin', label: 'today.see_admin' },
  auditor: account,
}

export function ColleagueToday() {
  const t = useWords(todayWords)
  const role = useWords(memberWords)
  const { lease } = useDevice()
  const own = lease.roles.filter((each): each is Colleague => each in places)
  return (
    <Page
      aside={<SyncBadge only="phone" />}
      heading={<DateHeading />}
      lead={lease.orgName}
      title={t('today.title')}
      width="wide"
    >
      {own.map((each) => (
        <Section key={each} title={role(`role.${each}`)}>
          <EmptyState
            action={<ButtonLink to={places[each].to}>{t(places[each].label)}</ButtonLink>}
            drawing="notebook"
          >
            {t(`today.role.${each}`)}
          </EmptyState>
        </Section>
      ))}
    </Page>
  )
}

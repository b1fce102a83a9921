// 资料: what is known of a customer besides where he works. Only what is known is shown.
import type { ReactNode } from 'react'
import { reachOf } from '#core/role.ts'
import { masterData } from '#features/access/access.rules.ts'
import { customerWords } from '#features/customers/customer.words.ts'
import type { Customer } from '#features/customers/customer-facts.queries.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Facts, Section } from '#web/ui/list.tsx'
import css from './customer.module.css'
import { customerPageWords } from './customer.words.ts'

interface CustomerFactsProps {
  readonly customer: Customer
  readonly onEdit: () => void
}

export function CustomerFacts({ customer, onEdit }: CustomerFactsProps) {
  const t = useWords(customerPageWords)
  const tc = useWords(customerWords)
  const { view, lease } = useDevice()
  const mayEdit = reachOf(masterData, lease.roles) !== null
  const { role, title, sex, specialty, phone, email, note, territoryId } = customer
  const facts: readonly (readonly [string, ReactNode])[] = [
    [tc('customer.role'), tc(`customer.role.${role}`)],
    [tc('customer.title'), title && tc(`customer.title.${title}`)],
    [tc('customer.specialty'), specialty],
    [tc('customer.sex'), sex && tc(`customer.sex.${sex}`)],
    [tc('customer.phone'), phone && <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>],
    [tc('customer.email'), email && <a href={`mailto:${email}`}>{email}</a>],
    [tc('customer.territoryId'), view.get(territory, territoryId)?.name],
    [tc('customer.note'), note && <span className={css.long}>{note}</span>],
  ]
  return (
    <Section
      action={
        mayEdit && (
          <Button icon="edit" look="quiet" onClick={onEdit} small>
            {t('customer_page.edit')}
          </Button>
        )
      }
      title={t('customer_page.facts')}
    >
      <Facts facts={facts.filter(([, value]) => Boolean(value))} />
    </Section>
  )
}

// 任职: the institutions and departments where a customer works and worked.
import { useState } from 'react'
import { reachOf } from '#core/role.ts'
import { masterData } from '#features/access/access.rules.ts'
import type { Workplace } from '#features/customers/customer-page.queries.ts'
import { institutionWords } from '#features/institutions/institution.words.ts'
import { useSaying } from '#web/clock.ts'
import { sayMonthDay } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { Tag } from '#web/ui/mark.tsx'
import { UnsentMark, useUnsent } from '#web/unsent.tsx'
import css from './customer.module.css'
import { customerPageWords } from './customer.words.ts'
import { WorkplaceAddSheet, WorkplaceSheet } from './customer-workplace-sheet.tsx'

interface WorkplacesProps {
  readonly customerId: string
  readonly workplaces: readonly Workplace[]
}

export function CustomerWorkplaces({ customerId, workplaces }: WorkplacesProps) {
  const t = useWords(customerPageWords)
  const { lease } = useDevice()
  const mayEdit = reachOf(masterData, lease.roles) !== null
  const [isAdding, add] = useState(false)
  const [openId, open] = useState<string | null>(null)
  const chosen = workplaces.find(({ affiliation }) => affiliation.id === openId)
  return (
    <Section
      action={
        mayEdit && (
          <Button icon="plus" look="quiet" onClick={() => add(true)} small>
            {t('workplace.add')}
          </Button>
        )
      }
      title={t('customer_page.workplaces')}
    >
      {workplaces.length === 0 && <p className={css.ruled}>{t('customer_page.workplaces_none')}</p>}
      <List label={t('customer_page.workplaces')}>
        {workplaces.map((workplace) => (
          <WorkplaceRow
            isOnly={workplaces.length === 1}
            key={workplace.affiliation.id}
            onOpen={mayEdit ? () => open(workplace.affiliation.id) : undefined}
            workplace={workplace}
          />
        ))}
      </List>
      {isAdding && <WorkplaceAddSheet customerId={customerId} onClose={() => add(false)} />}
      {chosen && <WorkplaceSheet onClose={() => open(null)} workplace={chosen} />}
    </Section>
  )
}

interface WorkplaceRowProps {
  readonly workplace: Workplace
  readonly isOnly: boolean
  readonly onOpen: (() => void) | undefined
}

function WorkplaceRow({ workplace, isOnly, onOpen }: WorkplaceRowProps) {
  const { affiliation, institution, department, hasEnded } = workplace
  const t = useWords(customerPageWords)
  const ti = useWords(institutionWords)
  const unsent = useUnsent()(affiliation.id)
  const span = useSpan()(workplace)
  const name = institution?.name ?? t('customer_page.unknown')
  const level = institution?.level ?? null
  const detail = [
    department?.name,
    affiliation.position,
    level === null ? null : ti(`institution.level.${level}`),
    span,
  ].filter((part) => typeof part === 'string' && part !== '')
  return (
    <ListRow
      {...(onOpen ? { onPress: onOpen } : {})}
      {...(unsent !== null
        ? { aside: <UnsentMark unsent={unsent} /> }
        : affiliation.isPrimary && !isOnly && !hasEnded
          ? { aside: <Tag>{t('customer_page.primary')}</Tag> }
          : {})}
      detail={detail.join(' · ')}
      title={hasEnded ? <span className={css.ended}>{name}</span> : name}
    />
  )
}

/** 2021年3月1日起, 至2024年6月30日; empty where nothing is known. */
function useSpan(): (workplace: Workplace) => string {
  const t = useWords(customerPageWords)
  const saying = useSaying()
  return ({ affiliation: { sinceOn, untilOn } }) => {
    const parts = [
      sinceOn === null ? '' : t('customer_page.since', { day: sayMonthDay(sinceOn, saying) }),
      untilOn === null ? '' : t('customer_page.until', { day: sayMonthDay(untilOn, saying) }),
    ]
    return parts.filter(Boolean).join(saying.language === 'en' ? ' ' : '，')
  }
}

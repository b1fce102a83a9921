// One field, two values, side by side with who wrote each and when; one of them is chosen to stand.
import { checkFields } from '#core/check.ts'
import type { RowOf } from '#core/entity.ts'
import type { Fields } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import type { Mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { member } from '#features/access/member.entity.ts'
import { editCommitment } from '#features/commitments/commitment.mutations.ts'
import type { conflict } from '#features/conflicts/conflict.entity.ts'
import { settleConflict } from '#features/conflicts/conflict.mutations.ts'
import { editAffiliation } from '#features/customers/affiliation.mutations.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { editCustomer } from '#features/customers/customer.mutations.ts'
import { editDepartment, editInstitution } from '#features/institutions/institution.mutations.ts'
import { editVisit } from '#features/visits/visit.mutations.ts'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import { type Mutate, useDevice, useMutate } from '#web/live.tsx'
import { fieldLabel } from '#web/refusal-text.ts'
import { Button } from '#web/ui/button.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { fieldByName, useSayValue } from './me-values.ts'

type Conflict = RowOf<typeof conflict>

export function ConflictCard({ conflict: item }: { readonly conflict: Conflict }) {
  const t = useWords(meWords)
  const { view } = useDevice()
  const { language, catalogue } = useLanguage()
  const settle = useSettle(item)
  const field = fieldLabel(item.field, item.entity, { language, catalogue })
  const whom = item.customerId === null ? undefined : view.get(customer, item.customerId)
  const what = whom?.name ?? catalogue[item.entity]?.[language] ?? item.entity
  return (
    <div className={css.card}>
      <p className={css.cardTitle}>
        <StatusMark icon="half" tone="watch">
          {t('me.conflict_of', { what, field })}
        </StatusMark>
      </p>
      <p className={css.cardMeta}>{t('me.conflict_lead', { field })}</p>
      <div className={css.sides}>
        <Side at={item.keptAt} by={item.keptBy} item={item} label={t('me.conflict_stands')} value={item.kept}>
          <Button full onClick={() => settle('kept')} small>
            {t('me.leave_kept')}
          </Button>
        </Side>
        <Side at={item.lostAt} by={item.lostBy} item={item} label={t('me.conflict_other')} value={item.lost}>
          <Button full onClick={() => settle('lost')} small>
            {t('me.take_lost')}
          </Button>
        </Side>
      </div>
    </div>
  )
}

interface SideProps {
  readonly item: Conflict
  readonly label: string
  readonly value: Json
  readonly by: string | null
  readonly at: string
  readonly children: React.ReactNode
}

function Side({ item, label, value, by, at, children }: SideProps) {
  const t = useWords(meWords)
  const { view, lease } = useDevice()
  const saying = useSaying()
  const sayValue = useSayValue()
  const author = by === null ? undefined : view.get(member, by)
  const who = by === lease.userId ? t('me.oneself') : (author?.name ?? t('me.unknown_member'))
  return (
    <div className={css.side}>
      <span className={css.sideLabel}>{label}</span>
      <span className={css.sideValue}>
        {sayValue(item.entity, item.field, fieldByName(item.entity, item.field), value)}
      </span>
      <span className={css.sideBy} title={exactMoment(at, saying.language)}>
        {t('me.by_at', { who, when: sayMoment(at, saying) })}
      </span>
      {children}
    </div>
  )
}

function useSettle({ id, entity, rowId, field, lost }: Conflict) {
  const t = useWords(meWords)
  const mutate = useMutate()
  const act = useAct()
  return (choice: 'kept' | 'lost') =>
    act(
      async () => {
        if (choice === 'lost') await restore(mutate, { entity, rowId, field, value: lost })
        await mutate(settleConflict, { id, choice })
      },
      { text: t('me.settled') },
    )
}

interface Restored {
  readonly entity: string
  readonly rowId: string
  readonly field: string
  readonly value: Json
}

/** Writes the other value back by the entity's own edit. @throws Refused what the edit refuses */
function restore(mutate: Mutate, { entity, rowId, field, value }: Restored): Promise<void> {
  const input = { id: rowId, changes: { [field]: value } }
  const edit = <A extends Fields>(mutation: Mutation<A>) =>
    mutate(mutation, checkFields(mutation.args, input))
  switch (entity) {
    case 'affiliation':
      return edit(editAffiliation)
    case 'commitment':
      return edit(editCommitment)
    case 'customer':
      return edit(editCustomer)
    case 'department':
      return edit(editDepartment)
    case 'institution':
      return edit(editInstitution)
    case 'visit':
      return edit(editVisit)
    default:
      throw new Refused('not_allowed', { entity })
  }
}

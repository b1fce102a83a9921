// Planning a visit, or changing what was planned: whom, when, how, what for.
import { useCallback, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { dayOf, instantAt, timeOf } from '#core/calendar.ts'
import type { View } from '#core/view.ts'
import { visit as visitEntity } from '#features/visits/visit.entity.ts'
import { cancelVisit, editVisit, planVisit } from '#features/visits/visit.mutations.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import { defaultMinutes } from '#features/visits/visit.rules.ts'
import { textOrNull } from '#features/visits/visit-draft.rules.ts'
import { visitFormWords } from '#features/visits/visit-form.words.ts'
import { VisitWhenFields, type When } from '#features/visits/visit-when-fields.tsx'
import { useSaying } from '#web/clock.ts'
import { sayMoment } from '#web/dates.ts'
import { useDayMarks } from '#web/day-marks.ts'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { StatusMark } from '#web/ui/mark.tsx'
import { Person } from '#web/ui/person.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { CustomerPicker } from './customer-picker.tsx'
import css from './plan.module.css'
import { clashOf } from './plan.queries.ts'
import { planWords } from './plan.words.ts'
import { whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'

/** What a form begins with: a planned visit to change, or what is known of a new one. */
export type PlanFormStart =
  | { readonly visit: Visit }
  | { readonly customerId: string | null; readonly day: string; readonly time: string | null }

interface PlanFormSheetProps {
  readonly start: PlanFormStart
  readonly ownerId: string
  readonly onClose: () => void
}

/** When a visit on another day begins, unless somebody says otherwise. */
const usualTime = '10:00'

export function PlanFormSheet({ start, ownerId, onClose }: PlanFormSheetProps) {
  const t = useWords(planWords)
  const planned = 'visit' in start ? start.visit : null
  const [customerId, choose] = useState('visit' in start ? start.visit.customerId : start.customerId)
  if (customerId === null) {
    return (
      <Sheet onClose={onClose} title={t('sheet.whom')}>
        <div className={css.bleed}>
          <CustomerPicker onPick={choose} />
        </div>
      </Sheet>
    )
  }
  return (
    <PlanForm
      begun={begunWith(start)}
      customerId={customerId}
      onClose={onClose}
      ownerId={ownerId}
      planned={planned}
      {...(planned === null ? { onOther: () => choose(null) } : {})}
    />
  )
}

type Written = When & { readonly objective: string }

function begunWith(start: PlanFormStart): Written {
  if (!('visit' in start)) {
    const { day, time } = start
    return { channel: 'face_to_face', day, time: time ?? usualTime, minutes: defaultMinutes, objective: '' }
  }
  const { channel, startsAt, minutes, objective } = start.visit
  return { channel, day: dayOf(startsAt), time: timeOf(startsAt), minutes, objective: objective ?? '' }
}

interface PlanFormProps {
  readonly begun: Written
  readonly planned: Visit | null
  readonly customerId: string
  readonly ownerId: string
  readonly onOther?: () => void
  readonly onClose: () => void
}

function PlanForm({ begun, planned, customerId, ownerId, onOther, onClose }: PlanFormProps) {
  const t = useWords(planWords)
  const f = useWords(visitFormWords)
  const [written, write] = useState(begun)
  const [id] = useState(() => planned?.id ?? uuidv7())
  const save = useSave({ id, planned, customerId, ownerId })
  const whom = useLive(useCallback((view: View) => whomOf(view, customerId), [customerId]))
  const isReady = written.day !== '' && written.time !== ''
  return (
    <Sheet
      foot={
        <Button
          disabled={!isReady}
          look="primary"
          onClick={() => void save(written).then((isSaved) => isSaved && onClose())}
        >
          {t(planned === null ? 'sheet.save' : 'sheet.save_edit')}
        </Button>
      }
      onClose={onClose}
      title={t(planned === null ? 'sheet.new' : 'sheet.edit')}
    >
      <div className={css.whom}>
        <Person name={whom?.name ?? t('customer_gone')} place={whom && placeText(whom)} />
        {onOther && (
          <Button look="quiet" onClick={onOther} small>
            {t('sheet.other')}
          </Button>
        )}
      </div>
      <VisitWhenFields onChange={(changes) => write({ ...written, ...changes })} value={written} />
      {isReady && <Cautions id={id} ownerId={ownerId} written={written} />}
      <TextField
        hint={f('objective_hint')}
        isOptional
        label={f('objective')}
        maxLength={visitEntity.fields.objective.max ?? 0}
        onChange={(objective) => write({ ...written, objective })}
        value={written.objective}
      />
    </Sheet>
  )
}

interface CautionsProps {
  readonly id: string
  readonly ownerId: string
  readonly written: Written
}

/** Said quietly: the same hour twice, a day off. Both can be meant. */
function Cautions({ id, ownerId, written }: CautionsProps) {
  const t = useWords(planWords)
  const saying = useSaying()
  const marks = useDayMarks()
  const { day, time, minutes } = written
  const clash = useLive(
    useCallback(
      (view: View) => clashOf(view, ownerId, { id, startsAt: instantAt(day, time), minutes, visitOn: day }),
      [id, ownerId, day, time, minutes],
    ),
  )
  const mark = marks(day)
  if (clash === null && mark?.kind !== 'off') return null
  return (
    <div className={css.cautions} role="status">
      {clash !== null && (
        <StatusMark tone="watch">
          {t('sheet.busy', {
            when: sayMoment(clash.visit.startsAt, saying),
            name: clash.whom?.name ?? t('customer_gone'),
          })}
        </StatusMark>
      )}
      {mark?.kind === 'off' && (
        <StatusMark tone="watch">{t('sheet.holiday', { name: mark.name[saying.language] })}</StatusMark>
      )}
    </div>
  )
}

function useSave({
  id,
  planned,
  customerId,
  ownerId,
}: Omit<PlanFormProps, 'begun' | 'onClose'> & { id: string }) {
  const t = useWords(planWords)
  const k = useWords(kitWords)
  const saying = useSaying()
  const mutate = useMutate()
  const act = useAct()
  return ({ objective, day, time, channel, minutes }: Written): Promise<boolean> => {
    const plan = { channel, minutes, startsAt: instantAt(day, time), objective: textOrNull(objective) }
    if (planned === null) {
      const takeBack = () => void act(() => mutate(cancelVisit, { id, reason: null }))
      return act(() => mutate(planVisit, { id, customerId, ownerId, institutionId: null, ...plan }), {
        text: t('planned', { when: sayMoment(plan.startsAt, saying) }),
        action: { label: k('undo'), run: takeBack },
      })
    }
    const before = {
      channel: planned.channel,
      minutes: planned.minutes,
      startsAt: planned.startsAt,
      objective: planned.objective,
    }
    const takeBack = () => void act(() => mutate(editVisit, { id, changes: before }))
    return act(() => mutate(editVisit, { id, changes: plan }), {
      text: t('changed'),
      action: { label: k('undo'), run: takeBack },
    })
  }
}

// Customers who have no visit ahead, those not seen for longest first; dragged onto the calendar on a desktop.
import { useCallback, useEffect, useRef } from 'react'
import type { View } from '#core/view.ts'
import { customer as customerEntity } from '#features/customers/customer.entity.ts'
import { territoriesOf } from '#features/territories/territory.rules.ts'
import { longUnvisited } from '#features/visits/visit.queries.ts'
import { cx } from '#web/class-names.ts'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactDay, sayDaysAgo } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDeviceStatus, useLive } from '#web/live.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import css from './plan.module.css'
import { planWords } from './plan.words.ts'
import type { Carrying, PlanDrag } from './plan-drag.ts'
import { type Whom, whomOf } from './today.queries.ts'
import { placeText } from './today-whom.ts'

interface Waiting {
  readonly whom: Whom
  readonly lastOn: string | null
}

interface UnvisitedProps {
  readonly ownerId: string
  readonly onPlan: (customerId: string) => void
}

/** So many stand beside the calendar. */
const most = 30

export function UnvisitedRail({ ownerId, onPlan, drag }: UnvisitedProps & { readonly drag: PlanDrag }) {
  const t = useWords(planWords)
  const waiting = useWaiting(ownerId, most)
  const nobody = useNobodyText()
  return (
    <aside aria-label={t('unvisited')} className={css.rail}>
      <h2 className={css.railTitle}>{t('unvisited')}</h2>
      <p className={css.railHint}>{waiting.length > 0 ? t('unvisited_hint') : nobody}</p>
      <ul className={css.railList}>
        {waiting.map(({ whom, lastOn }) => (
          <li className={css.railItem} key={whom.id}>
            {/* The plus beside it is the keyboard's way. */}
            <div
              className={css.railGrip}
              {...pointerOnly(drag, { kind: 'customer', customerId: whom.id, name: whom.name })}
            >
              <span className={css.railName}>{whom.name}</span>
              <LastSeen lastOn={lastOn} />
              <span className={css.railPlace}>{placeText(whom)}</span>
            </div>
            <IconButton
              icon="plus"
              label={t('plan_for', { name: whom.name })}
              onClick={() => onPlan(whom.id)}
            />
          </li>
        ))}
      </ul>
    </aside>
  )
}

/** The same on the phone: a few rows with a plus. */
export function UnvisitedList({ ownerId, onPlan, limit }: UnvisitedProps & { readonly limit: number }) {
  const t = useWords(planWords)
  const waiting = useWaiting(ownerId, limit)
  const nobody = useNobodyText()
  if (waiting.length === 0) return <p className={css.none}>{nobody}</p>
  return (
    <List label={t('unvisited')}>
      {waiting.map(({ whom, lastOn }) => (
        <ListRow
          aside={
            <IconButton
              icon="plus"
              label={t('plan_for', { name: whom.name })}
              onClick={() => onPlan(whom.id)}
            />
          }
          detail={
            <>
              {placeText(whom)} · <LastSeen lastOn={lastOn} />
            </>
          }
          key={whom.id}
          title={whom.name}
          to={`/customers/${whom.id}`}
        />
      ))}
    </List>
  )
}

function LastSeen({ lastOn }: { readonly lastOn: string | null }) {
  const t = useWords(planWords)
  const saying = useSaying()
  const isAllHere = useDeviceStatus().loading === 'complete'
  // While older visits are still arriving nobody can say that there was none.
  if (lastOn === null) return isAllHere && <span className={cx(css.last, css.never)}>{t('never')}</span>
  return (
    <span className={css.last} title={exactDay(lastOn, saying.language)}>
      {t('last', { when: sayDaysAgo(lastOn, saying) })}
    </span>
  )
}

/** What is being carried, beside the pointer; and its place in words for those who do not see it. */
export function CarriedTag({ carrying }: { readonly carrying: Carrying | null }) {
  const t = useWords(planWords)
  const { language } = useSaying()
  const ref = useRef<HTMLDivElement>(null)
  const isByPointer = carrying?.by === 'pointer'
  useEffect(() => {
    if (!isByPointer) return
    const follow = ({ clientX, clientY }: PointerEvent) => {
      if (ref.current) ref.current.style.translate = `${clientX + 12}px ${clientY + 10}px`
    }
    addEventListener('pointermove', follow)
    return () => removeEventListener('pointermove', follow)
  }, [isByPointer])
  const place = carrying?.place
  const when = place ? [exactDay(place.day, language), place.time].filter(Boolean).join(' ') : ''
  return (
    <>
      {isByPointer && (
        <div aria-hidden="true" className={css.carried} ref={ref}>
          {carrying.carried.name}
          {place?.time != null && ` ${place.time}`}
        </div>
      )}
      <div aria-live="assertive" className={css.hidden}>
        {carrying?.by === 'keys' && t('moving', { name: carrying.carried.name, when })}
      </div>
    </>
  )
}

/** Why nobody waits: everybody has a visit ahead, or there is nobody at all. */
function useNobodyText(): string {
  const t = useWords(planWords)
  const hasCustomers = useLive(someCustomer)
  return t(hasCustomers ? 'unvisited_none' : 'no_customers')
}

function someCustomer(view: View): boolean {
  return view.all(customerEntity).length > 0
}

function pointerOnly(drag: PlanDrag, carried: Parameters<PlanDrag['handlersFor']>[0]) {
  const { onPointerDown, onClickCapture } = drag.handlersFor(carried)
  return { onPointerDown, onClickCapture }
}

function useWaiting(ownerId: string, limit: number): readonly Waiting[] {
  const now = useMinute()
  const { today } = useSaying()
  return useLive(
    useCallback(
      (view: View) =>
        longUnvisited(view, territoriesOf(view, ownerId, today), { now, limit }).flatMap(
          ({ customer, lastOn }) => {
            const whom = whomOf(view, customer.id)
            return whom === null ? [] : [{ whom, lastOn }]
          },
        ),
      [ownerId, today, now, limit],
    ),
  )
}

// Moving visits over the calendar, and customers onto it: with the pointer, or with the keys once picked up.
// A place to drop is an element with `data-day`; one with `data-hours` ("8-20") also says the time.
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import { addDays, dayOf, timeOf } from '#core/calendar.ts'
import type { Visit } from '#features/visits/visit.queries.ts'
import { minutesOf, step, timeAt, timeAtPart } from './plan-day.ts'

export type Carried =
  | { readonly kind: 'visit'; readonly visit: Visit; readonly name: string }
  | { readonly kind: 'customer'; readonly customerId: string; readonly name: string }

export interface DropPlace {
  readonly day: string
  /** Null where only the day is said. */
  readonly time: string | null
}

export interface Carrying {
  readonly carried: Carried
  /** Where it would land now; null over nothing. */
  readonly place: DropPlace | null
  readonly by: 'pointer' | 'keys'
}

/** What a draggable thing listens to. */
interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onClickCapture: (event: { preventDefault(): void; stopPropagation(): void }) => void
}

/** Pixels before a press becomes a drag. */
const slack = 5

export interface PlanDrag {
  readonly carrying: Carrying | null
  readonly handlersFor: (carried: Carried) => DragHandlers
}

export function usePlanDrag(onDrop: (carried: Carried, place: DropPlace) => void): PlanDrag {
  const [carrying, carry] = useState<Carrying | null>(null)
  const drop = useRef(onDrop)
  const hasDragged = useRef(false)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => {
    drop.current = onDrop
  })
  useEffect(() => () => stop.current?.(), [])

  const begin = useCallback((carried: Carried, event: PointerEvent<HTMLElement>) => {
    // A finger scrolls; on a phone visits are moved in their sheet.
    if (event.button !== 0 || event.pointerType === 'touch') return
    const { clientX, clientY } = event
    const grip = carried.kind === 'visit' ? clientY - event.currentTarget.getBoundingClientRect().top : 0
    hasDragged.current = false
    const move = (at: globalThis.PointerEvent) => {
      if (!hasDragged.current && Math.hypot(at.clientX - clientX, at.clientY - clientY) < slack) return
      hasDragged.current = true
      const place = placeAt(at.clientX, at.clientY, grip)
      carry((now) => (now !== null && samePlace(now.place, place) ? now : { carried, place, by: 'pointer' }))
    }
    const end = (place: DropPlace | null) => {
      stop.current?.()
      if (hasDragged.current && place !== null) drop.current(carried, place)
    }
    const up = (at: globalThis.PointerEvent) => end(placeAt(at.clientX, at.clientY, grip))
    const key = (pressed: globalThis.KeyboardEvent) => pressed.key === 'Escape' && end(null)
    stop.current = () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', up)
      removeEventListener('keydown', key)
      stop.current = null
      carry(null)
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', up)
    addEventListener('keydown', key)
  }, [])

  const handlersFor = (carried: Carried): DragHandlers => ({
    onPointerDown: (event) => begin(carried, event),
    onClickCapture: (event) => {
      // The click that ends a drag opens nothing.
      if (!hasDragged.current) return
      hasDragged.current = false
      event.preventDefault()
      event.stopPropagation()
    },
    onKeyDown: (event) => {
      const held = carrying?.by === 'keys' && isSame(carrying.carried, carried) ? carrying : null
      const next = byKey(event.key, carried, held)
      if (next === undefined) return
      event.preventDefault()
      event.stopPropagation()
      if (next === 'drop' && held?.place) drop.current(carried, held.place)
      carry(typeof next === 'object' ? next : null)
    },
  })
  return { carrying, handlersFor }
}

const days: { readonly [key: string]: number } = { ArrowLeft: -1, ArrowRight: 1 }
const halfHours: { readonly [key: string]: number } = { ArrowUp: -1, ArrowDown: 1 }

/** What a key does: begins or moves a carrying, `drop`, `leave`; undefined for nothing of ours. */
export function byKey(
  key: string,
  carried: Carried,
  held: Carrying | null,
): Carrying | 'drop' | 'leave' | undefined {
  if (carried.kind !== 'visit') return undefined
  const { startsAt } = carried.visit
  const place = held?.place ?? { day: dayOf(startsAt), time: timeOf(startsAt) }
  if (held === null) return key === ' ' ? { carried, place, by: 'keys' } : undefined
  if (key === 'Enter' || key === ' ') return 'drop'
  if (key === 'Escape' || key === 'Tab') return 'leave'
  const byDays = days[key]
  if (byDays !== undefined) return { ...held, place: { ...place, day: addDays(place.day, byDays) } }
  const byHalfHours = halfHours[key]
  if (byHalfHours === undefined) return undefined
  const time = timeAt(minutesOf(place.time ?? timeOf(startsAt)) + byHalfHours * step)
  return { ...held, place: { ...place, time } }
}

function placeAt(x: number, y: number, grip: number): DropPlace | null {
  const target = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]')
  const day = target?.dataset.day
  if (!target || day === undefined) return null
  const [from, until] = target.dataset.hours?.split('-').map(Number) ?? []
  if (from === undefined || until === undefined) return { day, time: null }
  const { top, height } = target.getBoundingClientRect()
  return { day, time: timeAtPart((y - grip + snapLead - top) / height, { from, until }) }
}

/** A block that is nearer to the next half hour than to this one goes to the next: half a step in pixels. */
const snapLead = 13

function samePlace(a: DropPlace | null, b: DropPlace | null): boolean {
  return a?.day === b?.day && a?.time === b?.time
}

function isSame(a: Carried, b: Carried): boolean {
  return a.kind === 'visit' && b.kind === 'visit' && a.visit.id === b.visit.id
}

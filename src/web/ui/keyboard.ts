// Keys of the desktop: single keys act on the screen, Ctrl or ⌘ with K opens the command palette.
import { useEffect, useRef, useState } from 'react'

/** Key as in `KeyboardEvent.key`, lower case; `mod+k` for ⌘K or Ctrl+K. */
export type Keys = { readonly [key: string]: (event: KeyboardEvent) => void }

/** What is listened for, the frame's first and what was opened last at the end. */
const listening: { readonly current: Keys }[] = []

/**
 * Listens while the screen is there; of several that know a key, the one that came last acts. Keys without `mod`
 * are left alone where somebody is writing or a sheet is open.
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (listening.length === 0) document.addEventListener('keydown', onKey)
    listening.push(latest)
    return () => {
      listening.splice(listening.indexOf(latest), 1)
      if (listening.length === 0) document.removeEventListener('keydown', onKey)
    }
  }, [])
}

function onKey(event: KeyboardEvent): void {
  const key = keyOf(event)
  if (key === null) return
  const act = listening.findLast(({ current }) => Object.hasOwn(current, key))?.current[key]
  if (!act) return
  event.preventDefault()
  act(event)
}

/** J and K move through `count` rows, Enter opens; returns the row that is marked, -1 before the first key. */
export function useListKeys(count: number, onOpen: (index: number) => void): number {
  const [marked, mark] = useState(-1)
  const step = (by: number) => mark((at) => Math.max(0, Math.min(count - 1, at + by)))
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ...(marked >= 0 && marked < count && !isPressable(document.activeElement)
      ? { enter: () => onOpen(marked) }
      : {}),
  })
  return Math.min(marked, count - 1)
}

function keyOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.altKey) return null
  const key = event.key.toLowerCase()
  if (event.metaKey || event.ctrlKey) return `mod+${key}`
  return isWriting(event.target) || document.querySelector('dialog[open]') ? null : key
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}

// Enter on a focused link or button is that one's own.
function isPressable(element: Element | null): boolean {
  return element !== null && ['A', 'BUTTON', 'SUMMARY'].includes(element.tagName)
}

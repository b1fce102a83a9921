// A sheet from below on the phone; at the side or in the middle of a desktop. The browser's own dialog keeps
// the focus inside, closes with Esc and makes what is behind inert.
import { type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { cx } from '../class-names.ts'
import { useWords } from '../language.tsx'
import { IconButton } from './button.tsx'
import { kitWords } from './kit.words.ts'
import css from './sheet.module.css'

interface SheetProps {
  readonly title: ReactNode
  /** Asked to close by Esc, the veil, a swipe down or ×. */
  readonly onClose: () => void
  readonly children: ReactNode
  /** The actions, the primary one last. */
  readonly foot?: ReactNode
  /** On a desktop: `side` (default) for forms, `middle` for a question. */
  readonly place?: 'side' | 'middle'
}

/** Open as long as it is drawn: `{isOpen && <Sheet …>}`. */
export function Sheet({ title, onClose, children, foot, place = 'side' }: SheetProps) {
  const t = useWords(kitWords)
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // The field that asks for it, else the title: nobody begins on the × that closes.
    const first = dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog?.querySelector('h2')
    first?.focus()
    return () => dialog?.close()
  }, [])
  const swipe = useSwipeDown(ref, onClose)
  return (
    // A press on the veil is a press on the dialog element itself; Esc is the keyboard's way.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc arrives as `cancel`
    <dialog
      aria-labelledby={titleId}
      className={cx(css.sheet, css[place])}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === ref.current && onClose()}
      ref={ref}
    >
      <div className={css.grip} {...swipe} />
      <header className={css.head}>
        <h2 className={css.title} id={titleId} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="close" label={t('close')} onClick={onClose} />
      </header>
      <div className={css.body}>{children}</div>
      {foot !== undefined && <footer className={css.foot}>{foot}</footer>}
    </dialog>
  )
}

/** Pixels a finger must draw the grip down to close the sheet. */
const enough = 80

function useSwipeDown(ref: { readonly current: HTMLDialogElement | null }, onClose: () => void) {
  const from = useRef<number | null>(null)
  const drawn = (event: PointerEvent) =>
    from.current === null ? 0 : Math.max(0, event.clientY - from.current)
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = event.clientY
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent) => {
      if (ref.current && from.current !== null) ref.current.style.translate = `0 ${drawn(event)}px`
    },
    onPointerUp: (event: PointerEvent) => {
      const closes = drawn(event) > enough
      from.current = null
      if (ref.current) ref.current.style.translate = ''
      if (closes) onClose()
    },
  }
}

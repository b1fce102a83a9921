// A line at the bottom that tells what has just been done, with a way to take it back.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { Refused } from '#core/refused.ts'
import { Icon } from '../icons.tsx'
import { useRefusalText } from '../language.tsx'
import css from './toast.module.css'

export interface ToastMessage {
  readonly text: string
  readonly tone?: 'calm' | 'late'
  /** 撤销 and what it does. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null)

/** Milliseconds a message stays; long enough to reach for 撤销. */
const stay = 6_000

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [message, show] = useState<ToastMessage | null>(null)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In the top layer, so that it is seen above an open sheet; put there anew for each message.
    if (message === null) region.current?.hidePopover()
    else region.current?.showPopover()
    const timer = setTimeout(() => show(null), stay)
    return () => {
      clearTimeout(timer)
      region.current?.hidePopover()
    }
  }, [message])
  return (
    <ToastContext value={show}>
      {children}
      <div aria-live="polite" className={css.region} popover="manual" ref={region} role="status">
        {message !== null && (
          <div className={css.toast}>
            {message.tone === 'late' && <Icon name="late" size={18} />}
            <span className={css.text}>{message.text}</span>
            {message.action && <ToastAction {...message.action} onDone={() => show(null)} />}
          </div>
        )}
      </div>
    </ToastContext>
  )
}

/** Shows a message; a new one takes the place of the last. */
export function useToast(): (message: ToastMessage) => void {
  const show = useContext(ToastContext)
  if (show === null) throw new Error('ToastProvider is missing')
  return show
}

/**
 * Runs an act and tells what became of it: `done` when it succeeded, the text of the refusal when it was
 * refused. Resolves to whether it succeeded. What is not a refusal is a bug and is thrown on.
 */
export function useAct(): (act: () => Promise<void>, done?: ToastMessage) => Promise<boolean> {
  const show = useToast()
  const refusalText = useRefusalText()
  return useCallback(
    async (act, done) => {
      try {
        await act()
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        show({ text: refusalText(error), tone: 'late' })
        return false
      }
      if (done) show(done)
      return true
    },
    [show, refusalText],
  )
}

interface ToastActionProps {
  readonly label: string
  readonly run: () => void
  readonly onDone: () => void
}

function ToastAction({ label, run, onDone }: ToastActionProps) {
  return (
    <button
      className={css.action}
      onClick={() => {
        onDone()
        run()
      }}
      type="button"
    >
      {label}
    </button>
  )
}

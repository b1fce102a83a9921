// Nothing here yet: one sentence that teaches and one thing to do, beside a quiet drawing.
import type { ReactNode } from 'react'
import css from './empty-state.module.css'

// Each drawing is ink with one azurite stroke: the last path.
const drawings = {
  /** An open notebook. */
  notebook: [
    'M10 18c16-5 30-4 40 3 10-7 24-8 40-3v40c-16-4-30-3-40 4-10-7-24-8-40-4V18ZM50 21v41M20 29c8-2 14-1.5 21 1M20 38c8-2 14-1.5 21 1',
    'M59 31c7-2.5 13-3 21-1',
  ],
  /** A circle with a step out of it: the mark, at rest. */
  circle: ['M62 17a25 25 0 1 0 12 19', 'M58 36 82 14'],
  /** Two people at a table. */
  talk: [
    'M28 30a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM72 30a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM14 60c0-13 5-20 14-20s14 7 14 20M58 60c0-13 5-20 14-20s14 7 14 20M6 60h88',
    'M44 22h12',
  ],
  /** A hill and the sun: a day off. */
  rest: ['M6 60h88M14 60c14-22 28-22 40-6 10-12 20-12 32 6', 'M72 30a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z'],
  /** A kept promise. */
  promise: ['M34 10h32v52L50 50 34 62V10Z', 'M42 30l6 6 11-12'],
  /** A lens over lines. */
  search: ['M14 20h40M14 32h26M14 44h20M14 56h28M79 60l9 8', 'M66 64a16 16 0 1 0 0-32 16 16 0 0 0 0 32Z'],
} as const

type DrawingName = keyof typeof drawings

interface EmptyStateProps {
  readonly drawing?: DrawingName
  readonly children: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ drawing = 'notebook', children, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <svg
        aria-hidden="true"
        className={css.drawing}
        fill="none"
        height="72"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="1.6"
        viewBox="0 0 100 72"
        width="100"
      >
        {drawings[drawing].map((path) => (
          <path d={path} key={path} />
        ))}
      </svg>
      <p className={css.text}>{children}</p>
      {action}
    </div>
  )
}

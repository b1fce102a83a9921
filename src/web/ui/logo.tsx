// The mark: a circle that is gone round again and again, and the step that leads out of it.

/** 知 is the circle, 行 the step. Drawn in the colour of the text with an azurite step. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" fill="none" focusable="false" height={size} viewBox="0 0 48 48" width={size}>
      <path d={circle} stroke="currentColor" strokeLinecap="round" strokeWidth="4.5" />
      <path d={step} stroke="var(--azurite)" strokeLinecap="round" strokeWidth="4.5" />
    </svg>
  )
}

const circle = 'M29 9.9A16 16 0 1 0 37.4 20.5'
const step = 'M23 26 41 8'

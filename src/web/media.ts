import { useSyncExternalStore } from 'react'

const wide = matchMedia('(min-width: 900px)')

/** Wide enough for the side navigation and two panes (900 px). */
export function useIsWide(): boolean {
  return useSyncExternalStore(onChange, () => wide.matches)
}

function onChange(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

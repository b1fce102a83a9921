// A new version of the app: fetched in the background, taken when somebody says so.
import { useSyncExternalStore } from 'react'

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

/** Registers the service worker of the built app and looks for new versions when the app is opened again. */
export async function watchForUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  // Refused in some private windows and by policy: the app then works with a network only.
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => null)
  if (registration === null) return
  if (navigator.serviceWorker.controller) found(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      // Without a controller this is the first installation, not an update.
      if (worker.state === 'installed' && navigator.serviceWorker.controller) found(worker)
    })
  })
  document.addEventListener('visibilitychange', () => {
    // Without network there is nothing to look for.
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined)
  })
}

/** Whether a new version waits. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(subscribe, () => waiting !== null)
}

/** Lets the new version take over and opens the page anew with it. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take-over')
}

/** Fetches the newest version, and opens the page anew where there is none to wait for. */
export async function lookForUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  // Without network there is nothing to look for.
  await registration?.update().catch(() => undefined)
  if (!registration?.installing && !registration?.waiting) location.reload()
}

function found(worker: ServiceWorker | null): void {
  waiting = worker
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// Keeps the files of the app on the device, so that it opens without a network. It knows nothing of rows:
// those are in IndexedDB, and /api always goes to the network.

// A worker's global object; the page's types are loaded as well and win by name.
const worker = self as unknown as ServiceWorkerGlobalScope

/** Put in front of this file by the build (`vite.service-worker.ts`). */
declare const builtFiles: { readonly version: string; readonly paths: readonly string[] }

const cacheName = `rapport-${builtFiles.version}`
const page = '/index.html'

worker.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()))
})

// The page has one thing to say to a waiting worker: take over.
worker.addEventListener('message', () => {
  void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.startsWith('/api/') || pathname === '/metrics' || pathname === '/healthz') return
  event.respondWith(answer(request, request.mode === 'navigate' ? page : pathname))
})

/** All or nothing: a version is taken only when every file of it is here. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName)
  // The browser's own cache may still hold an index.html of the version before.
  await cache.addAll(builtFiles.paths.map((path) => new Request(path, { cache: 'no-cache' })))
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith('rapport-') && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** The page and its files are of one version: from the cache, the network only for what is not in it. */
async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

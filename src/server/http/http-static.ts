// The built web app: files with a hash in their name are kept for ever, the page and the service worker never.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '#core/refused.ts'

const hashed = /\/assets\/[^/]+-[\w-]{8,}\.\w+(\.br|\.gz)?$/

/** Every address that is neither the API's nor a file's is a screen of the app. */
export async function serveWebApp(http: FastifyInstance, folder: string | null): Promise<void> {
  const isBuilt = folder !== null && existsSync(join(folder, 'index.html'))
  if (isBuilt) {
    await http.register(serveStatic, {
      root: folder,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const lasting = 'public, max-age=31536000, immutable'
        reply.header('cache-control', hashed.test(path.replaceAll('\\', '/')) ? lasting : 'no-cache')
      },
    })
  }
  http.setNotFoundHandler((request, reply) => {
    if (isBuilt && isScreen(request)) return sendApp(reply)
    throw notFound('route')
  })
}

function isScreen({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? ''
  const isPage = (method === 'GET' || method === 'HEAD') && !/^\/(api|assets)(\/|$)/.test(path)
  // A picture or script that is not there must not be answered with a page.
  return isPage && !/\.[a-z0-9]{2,5}$/i.test(path) && /text\/html|\*\/\*/.test(headers.accept ?? '*/*')
}

function sendApp(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html')
}

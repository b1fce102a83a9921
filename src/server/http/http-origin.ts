// Requests that change something and carry no bearer token must come from our own pages: a browser adds cookies
// to what foreign pages send, and a foreign page could sign somebody in to an account of its own.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#core/refused.ts'

// Names and passwords in an address are sent by browsers too, from wherever.
const isBearer = /^bearer /i

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses with `request.cross_site`. */
export function refuseForeignSites(http: FastifyInstance, publicUrl: string): void {
  http.addHook('onRequest', async (request) => {
    if (harmless.has(request.method) || isBearer.test(request.headers.authorization ?? '')) return
    if (!isOwnPage(request, publicUrl)) throw new Refused('request.cross_site', { header: 'X-Rapport: 1' })
  })
}

function isOwnPage({ headers }: FastifyRequest, publicUrl: string): boolean {
  // A foreign page cannot set this one without asking first (CORS), which is never granted.
  if (headers['x-rapport'] === '1') return true
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = headers
  return origin !== undefined && (origin === publicUrl || hostOf(origin) === headers.host)
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

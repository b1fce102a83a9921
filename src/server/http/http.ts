// The HTTP server without its routes: security headers, bodies, errors, compression, the static app, shutdown.
import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import { Refused } from '#core/refused.ts'
import { readJsonBodies } from './http-body.ts'
import { answerClientError, answerErrors, answerFrameworkError } from './http-errors.ts'
import { trackEvents } from './http-events.ts'
import { type LogOptions, logOptions, logRequests } from './http-log.ts'
import { refuseForeignSites } from './http-origin.ts'
import { serveWebApp } from './http-static.ts'

export type HttpOptions = {
  /** How people reach the server, scheme and host; https switches strict transport security on. */
  readonly publicUrl: string
  /** The built web app; null where there is none (tests, a server for the API alone). */
  readonly webFolder: string | null
  /** Whether the database answers; asked by `/healthz`. */
  readonly isHealthy: () => Promise<boolean>
  readonly log: LogOptions
}

/** Largest body of a request unless its route says otherwise, in bytes. */
const bodyLimit = 1_048_576

/**
 * A server that knows no feature: routes are added to what it returns, then it is told to listen.
 * Every answer that is not a success is `{ code, details }`.
 */
export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const http = fastify({
    bodyLimit,
    genReqId: () => randomUUID(),
    // A reverse proxy on the same machine is believed about the address of the caller, nobody else.
    trustProxy: 'loopback',
    // A body that trickles in must not hold a connection for ever.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    logger: logOptions(options.log),
    // One line a request, of our own making: the framework's has the address, which may hold a secret.
    logController: new fastify.LogController({ disableRequestLogging: true, requestIdLogLabel: 'trace' }),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  })
  await http.register(helmet, headersFor(options.publicUrl))
  await http.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    // A pull must not wait for the compressor: 4 of 11 is twice as fast as gzip's default at its size.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // A compressed request could be a bomb, and no client of ours sends one.
    globalDecompression: false,
  })
  logRequests(http)
  addCommonHeaders(http)
  readJsonBodies(http)
  refuseForeignSites(http, options.publicUrl)
  answerErrors(http)
  trackEvents(http)
  answerHealth(http, options.isHealthy)
  await serveWebApp(http, options.webFolder)
  return http
}

function headersFor(publicUrl: string): FastifyHelmetOptions {
  const isHttps = publicUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // Addresses of pages hold ids, and of invitations a secret.
    referrerPolicy: { policy: 'same-origin' },
    // Browsers remember it for a year: only where people really come by https.
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  }
}

function addCommonHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', 'camera=(), microphone=(), payment=(), usb=()')
    // What the API says is about people and for the caller only; files of the app say otherwise themselves.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}

function answerHealth(http: FastifyInstance, isHealthy: () => Promise<boolean>): void {
  http.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (await isHealthy()) return { status: 'ok' }
    throw new Refused('server.unavailable')
  })
}

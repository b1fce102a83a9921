// The log: one line a request, nothing that could open a door or tell about a person.
import type { FastifyInstance, FastifyServerOptions } from 'fastify'

export type LogOptions = {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Where lines go, one JSON object each; standard output unless said otherwise. */
  readonly stream?: { write(line: string): void }
}

/** For the framework's own logger. */
export function logOptions({
  level,
  stream,
}: LogOptions): Exclude<FastifyServerOptions['logger'], undefined> {
  if (level === 'silent') return false
  return {
    level,
    ...(stream ? { stream } : {}),
    base: null,
    redact: {
      paths: ['*.password', '*.token', '*.cookie', '*.authorization', '*.secret'],
      censor: '[redacted]',
    },
    // An error's message may quote what somebody typed, in `detail` of Postgres a whole row: kept is where it arose.
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? {
              type: error.name,
              message: error.message,
              stack: error.stack ?? '',
              ...('code' in error ? { code: String(error.code) } : {}),
            }
          : { type: typeof error, message: '', stack: '' },
    },
  }
}

/** Logs the route as it is declared: the address itself may hold the token of an invitation. */
export function logRequests(http: FastifyInstance): void {
  http.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? '-',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    if (reply.statusCode >= 500) request.log.warn(line, 'request')
    else request.log.debug(line, 'request')
  })
}

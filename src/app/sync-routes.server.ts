// The exchange with devices: what was done on them, what is new for them, and the wake-up in between.
import type { FastifyInstance } from 'fastify'
import type { Gate } from '#features/access/gate.server.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { pullText } from '#sync/server/pull.ts'
import { push } from '#sync/server/push.ts'

/** Fifty mutations with long texts and what their author saw. */
const pushBytes = 8 * 1_048_576

export interface SyncRoutes {
  readonly gate: Gate
  readonly sync: ServerDeps
}

export function routeSync(http: FastifyInstance, { gate, sync }: SyncRoutes): void {
  http.post('/api/sync/push', { bodyLimit: pushBytes }, async (request) =>
    push(sync, await gate.need(request), request.body),
  )

  http.post('/api/sync/pull', async (request, reply) => {
    const page = await pullText(sync, await gate.need(request), request.body)
    return reply.type('application/json; charset=utf-8').send(page)
  })
}

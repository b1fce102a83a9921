// The exchange with devices: what was done on them, what is new for them, and the wake-up in between.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#core/refused.ts'
import type { DeviceGate } from '#features/access/device-gate.server.ts'
import type { Gate } from '#features/access/gate.server.ts'
import { openEvents } from '#server/http/http-events.ts'
import { oldestProtocol } from '#sync/protocol.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { pullText } from '#sync/server/pull.ts'
import { push } from '#sync/server/push.ts'
import type { Wakes } from '#sync/server/wake.ts'

/** Fifty mutations with long texts and what their author saw. */
const pushBytes = 8 * 1_048_576

/** More than anybody has devices and tabs that look at the same time. */
const mostStreams = 20

export interface SyncRoutes {
  readonly gate: Gate
  readonly devices: DeviceGate
  readonly sync: ServerDeps
  readonly wakes: Wakes
}

export function routeSync(http: FastifyInstance, { gate, devices, sync, wakes }: SyncRoutes): void {
  http.post('/api/sync/push', { bodyLimit: pushBytes }, async (request) => {
    mustBeFollowed(request)
    return push(sync, await devices.needAuthor(request), request.body)
  })

  http.post('/api/sync/pull', async (request, reply) => {
    mustBeFollowed(request)
    const page = await pullText(sync, await devices.need(request), request.body)
    return reply.type('application/json; charset=utf-8').send(page)
  })

  const open = new Map<string, number>()
  // A request for the head alone would hold a connection that is never told anything.
  http.get('/api/sync/events', { exposeHeadRoute: false }, async (request, reply) => {
    const { orgId, userId } = await gate.need(request)
    const count = open.get(userId) ?? 0
    if (count >= mostStreams) throw new Refused('rate_limited', { retryAfterSeconds: 60 })
    open.set(userId, count + 1)
    const events = openEvents(reply)
    const stop = wakes.listen(orgId, () => {
      // Whoever was signed out in the meantime is told nothing any more.
      void gate.find(request).then((signedIn) => (signedIn === null ? events.end() : events.send('wake')))
    })
    await events.closed
    stop()
    const left = (open.get(userId) ?? 1) - 1
    if (left > 0) open.set(userId, left)
    else open.delete(userId)
  })
}

/** @throws Refused `app.outdated` to a program that speaks as this server no longer does */
function mustBeFollowed({ headers }: FastifyRequest): void {
  const spoken = Number(headers['x-rapport-protocol'] ?? oldestProtocol)
  if (!(spoken >= oldestProtocol)) throw new Refused('app.outdated', { oldest: oldestProtocol })
}

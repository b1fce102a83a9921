// REST: every mutation and every entity of the registry, with the caller's own rights.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkFields } from '#core/check.ts'
import { maybe, text } from '#core/field.ts'
import { notFound, Refused } from '#core/refused.ts'
import type { Gate } from '#features/access/gate.server.ts'
import { apply } from '#sync/server/apply.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { readListText, readOneText } from '#sync/server/read-rows.ts'
import { openApiText } from './openapi.server.ts'
import { listRequestOf } from './rest-query.server.ts'

export interface RestRoutes {
  readonly gate: Gate
  readonly sync: ServerDeps
  readonly publicUrl: string
}

const json = 'application/json; charset=utf-8'

const keyFields = { 'Idempotency-Key': maybe(text({ max: 200 })) }

export function routeRest(http: FastifyInstance, { gate, sync, publicUrl }: RestRoutes): void {
  http.post<{ Params: { name: string } }>('/api/mutations/:name', async (request) => {
    const principal = await gate.need(request)
    const act = { name: request.params.name, args: request.body ?? {}, ...keyOf(request) }
    const outcome = await apply(sync, principal, act)
    if (outcome.status === 'refused') throw new Refused(outcome.code, outcome.details)
    return { seq: outcome.seq }
  })

  http.get<{ Params: { entity: string }; Querystring: { readonly [name: string]: unknown } }>(
    '/api/:entity',
    async (request, reply) => {
      const principal = await gate.need(request)
      const entity = sync.registry.entities.get(request.params.entity)
      if (!entity) throw notFound('entity')
      const list = await readListText(sync, principal, entity.name, listRequestOf(entity, request.query))
      return reply.type(json).send(list)
    },
  )

  http.get<{ Params: { entity: string; id: string } }>('/api/:entity/:id', async (request, reply) => {
    const principal = await gate.need(request)
    return reply.type(json).send(await readOneText(sync, principal, request.params.entity, request.params.id))
  })

  // Nothing in it is secret, and tools that draw clients from it have no session.
  http.get('/api/openapi.json', async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return reply.type(json).send(openApiText(sync.registry, publicUrl))
  })
}

/** A repeat with one key takes effect once. */
function keyOf({ headers }: FastifyRequest): { readonly key?: string } {
  const given = headers['idempotency-key']
  const { 'Idempotency-Key': key } = checkFields(keyFields, { 'Idempotency-Key': given ?? null })
  return key === null ? {} : { key }
}

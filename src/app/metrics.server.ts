// Figures for Prometheus: the process, requests, pushes and their mutations, the feed, connections to the database.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Registry as Figures, Gauge, Histogram } from 'prom-client'
import { Refused } from '#core/refused.ts'
import type { Registry } from '#core/registry.ts'
import type { Role } from '#core/role.ts'
import type { Gate } from '#features/access/gate.server.ts'
import type { Outcome } from '#sync/protocol.ts'

export interface MetricsRoutes {
  readonly gate: Gate
  readonly owner: Pool
  readonly app: Pool
  readonly registry: Registry
}

/** Seconds; the promises that are made about answers lie between the third and the seventh. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Counts from now on and answers `/metrics`. */
export function routeMetrics(http: FastifyInstance, routes: MetricsRoutes): void {
  const figures = new Figures()
  collectDefaultMetrics({ register: figures })
  countRequests(http, figures)
  countMutations(http, figures, routes.registry)
  watchFeed(figures, routes.owner)
  watchPools(figures, routes)
  http.get('/metrics', async (request, reply) => {
    await mustMayRead(request, routes.gate)
    reply.header('cache-control', 'no-store')
    return reply.type(figures.contentType).send(await figures.metrics())
  })
  http.addHook('onClose', async () => figures.clear())
}

const readers: readonly Role[] = ['admin', 'auditor']

/** A request of this machine that no proxy has handed on, or one by somebody who may know. */
async function mustMayRead(request: FastifyRequest, gate: Gate): Promise<void> {
  if (isLocal(request)) return
  const { roles } = await gate.need(request)
  if (!roles.some((role) => readers.includes(role))) throw new Refused('not_allowed', { name: 'metrics' })
}

const proxyHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

function isLocal({ socket, headers }: FastifyRequest): boolean {
  const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
  return isLoopback && proxyHeaders.every((name) => headers[name] === undefined)
}

function countRequests(http: FastifyInstance, figures: Figures): void {
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [figures],
  })
  http.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'none'
    seconds.observe({ method, route, status: String(statusCode) }, elapsedTime / 1000)
  })
}

/** Reads them off the answers, so that what is counted is what callers were told. */
function countMutations(http: FastifyInstance, figures: Figures, { mutations }: Registry): void {
  const pushes = new Counter({
    name: 'rapport_pushes_total',
    help: 'Pushes of devices that were answered.',
    registers: [figures],
  })
  const counted = new Counter({
    name: 'rapport_mutations_total',
    help: 'Mutations by name, way in and outcome; a repeat counts each time it is answered.',
    labelNames: ['name', 'via', 'outcome'],
    registers: [figures],
  })
  const count = (name: unknown, via: 'push' | 'rest', outcome: 'accepted' | 'refused') => {
    // Names come from outside; only ours become labels, or anybody could make millions of them.
    const known = typeof name === 'string' && mutations.has(name) ? name : 'unknown'
    counted.inc({ name: known, via, outcome })
  }
  http.addHook('preSerialization', async (request, _reply, payload: unknown) => {
    if (request.routeOptions.url === '/api/sync/push' && isPushAnswer(payload)) {
      pushes.inc()
      const names = namesByNumber(request.body)
      for (const { n, status } of payload.outcomes) count(names.get(n), 'push', status)
    }
    return payload
  })
  http.addHook('onResponse', async ({ routeOptions, params }, { statusCode }) => {
    if (routeOptions.url !== '/api/mutations/:name' || statusCode === 401 || statusCode >= 500) return
    const name = typeof params === 'object' && params !== null && 'name' in params ? params.name : null
    count(name, 'rest', statusCode === 200 ? 'accepted' : 'refused')
  })
}

function isPushAnswer(payload: unknown): payload is { readonly outcomes: readonly Outcome[] } {
  return typeof payload === 'object' && payload !== null && 'outcomes' in payload
}

/** The mutations of a push that was answered, and so has the shape of one. */
function namesByNumber(body: unknown): ReadonlyMap<unknown, unknown> {
  const { mutations } = body as { readonly mutations: readonly { n: unknown; name: unknown }[] }
  return new Map(mutations.map(({ n, name }) => [n, name]))
}

function watchFeed(figures: Figures, owner: Pool): void {
  new Gauge({
    name: 'rapport_feed_seq',
    help: 'The highest number in the change feed, by organisation.',
    labelNames: ['org'],
    registers: [figures],
    async collect() {
      const { rows } = await owner.query<{ org: string; seq: number }>(
        'select org_id as org, seq from org_counter',
      )
      this.reset()
      for (const { org, seq } of rows) this.set({ org }, Number(seq))
    },
  })
}

function watchPools(figures: Figures, pools: Pick<MetricsRoutes, 'owner' | 'app'>): void {
  new Gauge({
    name: 'rapport_database_connections',
    help: 'Connections to the database by pool and state; waiting are requests for one.',
    labelNames: ['pool', 'state'],
    registers: [figures],
    collect() {
      for (const pool of ['owner', 'app'] as const) {
        const { totalCount, idleCount, waitingCount } = pools[pool]
        this.set({ pool, state: 'busy' }, totalCount - idleCount)
        this.set({ pool, state: 'idle' }, idleCount)
        this.set({ pool, state: 'waiting' }, waitingCount)
      }
    },
  })
}

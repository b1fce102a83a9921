// Streams of server-sent events that carry no data: "there is news, come and pull".
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Proxies cut connections that are silent for half a minute or a minute. */
const heartbeatMs = 25_000

export type EventStream = {
  /** Says that there is news. */
  send(event: string): void
  /** Ends it from this side. */
  end(): void
  /** Resolves when either side has ended it. */
  readonly closed: Promise<void>
}

const openStreams = new WeakMap<object, Set<ServerResponse>>()

/** Lets a shutdown end the streams, which would otherwise last for ever. */
export function trackEvents(http: FastifyInstance): void {
  const open = new Set<ServerResponse>()
  openStreams.set(http.server, open)
  http.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
}

/** Turns the answer into a stream of events; nothing else may be sent on it. */
export function openEvents(reply: FastifyReply): EventStream {
  const open = openStreams.get(reply.server.server)
  const raw = reply.raw
  reply.hijack()
  // Headers that hooks have set are kept; hijacking would drop them.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // nginx would otherwise keep events back until it has a page of them.
    'x-accel-buffering': 'no',
  })
  raw.write('retry: 5000\n\n')
  open?.add(raw)
  const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs)
  heartbeat.unref()
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      clearInterval(heartbeat)
      open?.delete(raw)
      resolve()
    }
    // Whoever hung up while his session was looked up will not do so again.
    if (raw.closed || raw.destroyed) end()
    else raw.on('close', end)
  })
  // A connection that breaks is an end like any other.
  raw.on('error', () => {})
  return {
    send: (event) => raw.write(`event: ${event}\ndata:\n\n`),
    end: () => raw.end(),
    closed,
  }
}

import { Refused } from '#core/refused.ts'
import { type PushAnswer, protocol, type RefusalBody } from '../protocol.ts'
import { failureFor, type Transport, WireFailure } from './surroundings.ts'

/** Milliseconds after which an answer does not count as coming any more. */
const patience = 30_000

interface HttpOptions {
  /** `fetch` and `EventSource` of the browser. */
  readonly fetch: typeof fetch
  readonly openEvents: (path: string) => EventSource
  /** Of the lease: a session of somebody else must not serve this device. */
  readonly pass: string
}

/** The wire over HTTP, to the server the app came from. The session travels in its cookie. */
export function httpTransport({ fetch, openEvents, pass }: HttpOptions): Transport {
  const post = async (path: string, body: unknown): Promise<Response> => {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          // A page of another site cannot send this header without asking: it proves that ours sent the request.
          'x-rapport': '1',
          'x-rapport-protocol': String(protocol),
          'x-rapport-member': pass,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patience),
      })
      if (response.ok) return response
      throw await failureOf(response)
    } catch (error) {
      throw error instanceof Refused || error instanceof WireFailure ? error : unreachable(error)
    }
  }
  return {
    async push(request) {
      const response = await post('/api/sync/push', request)
      // The body may break off half way; what arrives whole is what our server wrote.
      return (await response.json().catch(rethrow)) as PushAnswer
    },
    async pull(request) {
      const response = await post('/api/sync/pull', request)
      return new Uint8Array(await response.arrayBuffer().catch(rethrow))
    },
    wake(callback) {
      const events = openEvents('/api/sync/events')
      events.addEventListener('wake', callback)
      // What happened while it was not connected made no sound.
      events.addEventListener('open', callback)
      return () => events.close()
    },
  }
}

async function failureOf(response: Response): Promise<Error> {
  // Overload and faults of the server pass; its word about the request itself does not.
  if (response.status >= 500 || response.status === 408 || response.status === 429) {
    return unreachable(response.status)
  }
  const body = (await response.json().catch(() => ({}))) as Partial<RefusalBody>
  // A proxy's page in between is no word of our server.
  if (typeof body.code === 'string') return failureFor(new Refused(body.code, body.details))
  return response.status === 401 ? new WireFailure('signed_out') : unreachable(response.status)
}

function unreachable(cause: unknown): WireFailure {
  return new WireFailure('unreachable', cause)
}

function rethrow(error: unknown): never {
  throw unreachable(error)
}

// Calls to the server that are not the device's exchange: sign-in, invitations, tokens. What the server
// refuses arrives as `Refused`, so that screens treat it like any other refusal.
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'

interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: JsonObject
}

/**
 * The JSON answer of the server; `T` is what the route promises.
 * @throws Refused the server's refusal; `server.unreachable` without an answer, `server.failed` without a reason
 */
export async function call<T>(path: string, { method = 'GET', body }: CallOptions = {}): Promise<T> {
  const response = await send(path, method, body)
  return answered(response)
}

async function answered<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json().catch(() => null)
  // Each route's answer is pinned by the server's own tests.
  if (response.ok) return answer as T
  throw refusalFrom(answer, response.status)
}

/** Hands in one file. @throws Refused as `call` does */
export async function callWithFile<T>(path: string, file: File): Promise<T> {
  const form = new FormData()
  form.append('file', file)
  // The browser writes the content type itself: it holds the boundary between the parts.
  const response = await fetch(path, { method: 'POST', credentials: 'same-origin', body: form }).catch(() => {
    throw new Refused('server.unreachable')
  })
  return answered(response)
}

async function send(path: string, method: string, body: JsonObject | undefined): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: jsonHeaders }
  try {
    return await fetch(path, { method, credentials: 'same-origin', ...content })
  } catch {
    throw new Refused('server.unreachable')
  }
}

const jsonHeaders = { 'content-type': 'application/json' }

function refusalFrom(answer: unknown, status: number): Refused {
  if (typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string') {
    const details = 'details' in answer ? answer.details : null
    // Details of a refusal are always an object of JSON (`RefusalBody`).
    return new Refused(answer.code, (details ?? {}) as JsonObject)
  }
  return new Refused(status >= 500 ? 'server.unavailable' : 'server.failed', { status })
}

// What people and programs are told when something is not a success: `{ code, details }`, never more.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'

/** Refusals whose status is not 409; the state of things forbids all others. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['input.invalid', 400],
  ['input.malformed', 400],
  ['mutation.unknown_version', 400],
  ['filter.unknown_field', 400],
  ['sort.unknown_field', 400],
  ['search.not_possible', 400],
  ['list.unknown_cursor', 400],
  ['session.required', 401],
  ['sign_in.refused', 401],
  ['two_factor.start_again', 401],
  ['account.wrong_password', 400],
  ['two_factor.wrong_code', 400],
  ['request.cross_site', 403],
  ['token.not_enough', 403],
  ['member.inactive', 403],
  // Not allowed and not there are one answer, so that nobody learns what exists by asking.
  ['not_allowed', 404],
  ['not_found', 404],
  ['mutation.unknown', 404],
  ['link.not_valid', 404],
  ['input.too_large', 413],
  ['import.file_missing', 400],
  ['import.too_large', 413],
  ['input.content_type', 415],
  ['input.content_encoding', 415],
  ['app.outdated', 426],
  ['rate_limited', 429],
  ['two_factor.locked', 429],
  ['server.unavailable', 503],
])

/** The HTTP status that goes with a refusal. */
function statusOf(code: string): number {
  return statuses.get(code) ?? 409
}

/** Sets what is answered to refusals, to errors of the framework and to bugs. */
export function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler((error, request, reply) => answer(error, request, reply))
}

/** Errors before a route is found: an address that cannot be decoded, a parameter beyond its length. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return answer(error, request, reply)
}

/** Errors before there is a request at all: what came is not HTTP. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = JSON.stringify({ code: 'input.malformed', details: {} })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refused = refusalOf(error)
  if (refused === null && hasHungUp(error)) {
    request.log.debug({ err: error }, 'the other side hung up')
    return reply
  }
  if (refused === null) {
    // What went wrong is in the log under the trace and nowhere else.
    request.log.error({ err: error }, 'internal error')
    return reply.code(500).send({ code: 'internal', details: { trace: request.id } })
  }
  const { retryAfterSeconds } = refused.details
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds))
  return reply.code(statusOf(refused.code)).send({ code: refused.code, details: refused.details })
}

/** A phone that loses its signal in the middle of an answer is no bug, and there is nobody left to tell. */
function hasHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

function refusalOf(error: unknown): Refused | null {
  if (error instanceof Refused) return error
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return null
  const { statusCode } = error
  if (statusCode < 400 || statusCode >= 500) return null
  return new Refused(...frameworkRefusal(statusCode))
}

function frameworkRefusal(status: number): [code: string, details?: JsonObject] {
  if (status === 413) return ['input.too_large']
  if (status === 415) return ['input.content_type', { accepted: 'application/json' }]
  if (status === 404) return ['not_found']
  return ['input.malformed']
}

// Bodies of requests: JSON in UTF-8 and nothing else, unless a route registers its own content type.
import type { FastifyInstance } from 'fastify'
import { Refused } from '#core/refused.ts'

/** Deeper than anything we send; a parser or checker that recurses must not be led to the end of its stack. */
const deepest = 64

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Replaces the parsers of the framework. An empty body is `undefined`. */
export function readJsonBodies(http: FastifyInstance): void {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(typeof body === 'string' ? Buffer.from(body) : body))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
  http.addHook('onRequest', async (request) => {
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') {
      throw new Refused('input.content_encoding', { encoding: encoding.slice(0, 40) })
    }
  })
}

/**
 * The value of a JSON text.
 * @throws Refused `input.malformed` with the reason under `details.problems`: not UTF-8, not JSON, too deep, or a
 * key that would reach into a prototype (`__proto__`)
 */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined
  const source = decode(body)
  if (depthOf(source) > deepest) throw malformed('too_deep', { max: deepest })
  try {
    // A reviver sees every key once; without the suspicion it would cost a large push its time for nothing.
    return mayReachPrototype(source) ? JSON.parse(source, refusePrototypeKeys) : JSON.parse(source)
  } catch (error) {
    throw error instanceof Refused ? error : malformed('not_json')
  }
}

function decode(body: Buffer): string {
  try {
    return decoder.decode(body)
  } catch {
    throw malformed('not_utf8')
  }
}

function malformed(code: string, params: { readonly [name: string]: number } = {}): Refused {
  return new Refused('input.malformed', { problems: [{ path: '', code, params }] })
}

/**
 * The deepest nesting of a text, brackets within strings left out. Wrong only for what is not JSON anyway.
 * By hand: a regular expression over strings takes quadratic time on a megabyte of quotation marks.
 */
function depthOf(source: string): number {
  let depth = 0
  let most = 0
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]
    if (character === '"') at = endOfString(source, at)
    else if (character === '[' || character === '{') most = Math.max(most, ++depth)
    else if (character === ']' || character === '}') depth -= 1
  }
  return most
}

/** Where the string that begins at `start` has its closing mark, or the end of the text. */
function endOfString(source: string, start: number): number {
  let at = start + 1
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1
  return at
}

function mayReachPrototype(source: string): boolean {
  // A key may also be written with escapes: `\u005f_proto__`.
  return source.includes('__proto__') || source.includes('\\u')
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__') throw malformed('forbidden_key')
  return value
}

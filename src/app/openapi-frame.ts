// The parts of the interface's description that do not depend on the registry.
import type { JsonObject } from '#core/json.ts'

export const security: readonly JsonObject[] = [{ session: [] }, { token: [] }]

export function securitySchemes(cookie: string): JsonObject {
  return {
    session: { type: 'apiKey', in: 'cookie', name: cookie, description: 'Of somebody who has signed in.' },
    token: { type: 'http', scheme: 'bearer', description: 'A personal API token, from 我的 in the app.' },
  }
}

export const refusalSchema: JsonObject = {
  type: 'object',
  description: 'Why something is not done.',
  properties: {
    code: { type: 'string', description: 'Never changes its meaning.', examples: ['input.invalid'] },
    details: {
      type: 'object',
      description: 'Figures of the refusal. `problems` lists each wrong value with its path and a code.',
      additionalProperties: true,
    },
  },
  required: ['code', 'details'],
}

interface Refusing {
  readonly about: string
  readonly codes: readonly string[]
}

const byStatus: { readonly [status: string]: Refusing } = {
  '400': {
    about: 'What was sent cannot be used.',
    codes: [
      'input.invalid',
      'input.malformed',
      'filter.unknown_field',
      'sort.unknown_field',
      'search.not_possible',
      'list.unknown_cursor',
    ],
  },
  '401': { about: 'Nobody is signed in.', codes: ['session.required'] },
  '404': {
    about: 'Not there, or not for the caller.',
    codes: ['not_found', 'not_allowed', 'mutation.unknown'],
  },
  '409': { about: 'The state of things forbids it.', codes: ['already_exists', 'key.reused'] },
  '413': { about: 'The body is too large.', codes: ['input.too_large'] },
  '415': { about: 'The body is not JSON.', codes: ['input.content_type', 'input.content_encoding'] },
  '503': { about: 'The database does not answer.', codes: ['server.unavailable'] },
}

/** Answers that are no successes; `more` are the codes of 409 that only this operation has. */
export function refusals(statuses: readonly string[], more: readonly string[] = []): JsonObject {
  const answers = statuses.map((status) => {
    const { about, codes } = byStatus[status] ?? { about: '', codes: [] }
    const listed = [...codes, ...(status === '409' ? more : [])].map((code) => `\`${code}\``).join(', ')
    const schema = { $ref: '#/components/schemas/Refusal' }
    return [
      status,
      { description: `${about} Codes: ${listed}.`, content: { 'application/json': { schema } } },
    ]
  })
  return Object.fromEntries(answers)
}

/** What is there beside entities and mutations. */
export const otherPaths: JsonObject = {
  '/healthz': {
    get: {
      tags: ['server'],
      operationId: 'health',
      summary: 'Whether the server and its database answer.',
      security: [],
      responses: {
        '200': {
          description: 'They do.',
          content: {
            'application/json': {
              schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
            },
          },
        },
        ...refusals(['400', '503']),
      },
    },
  },
  '/metrics': {
    get: {
      tags: ['server'],
      operationId: 'metrics',
      summary: 'Figures for Prometheus.',
      description:
        'Open to requests from the machine itself; from elsewhere with the token of an administrator or auditor.',
      security: [{}, { token: [] }],
      responses: {
        '200': {
          description: 'In the text format of Prometheus.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        ...refusals(['401', '404']),
      },
    },
  },
}

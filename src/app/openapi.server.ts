// The description of the REST interface, drawn from the registry: what is not in there does not exist.
import { readFileSync } from 'node:fs'
import { type Entity, fieldOf } from '#core/entity.ts'
import type { Field } from '#core/field.ts'
import type { JsonObject } from '#core/json.ts'
import type { AnyMutation } from '#core/mutation.ts'
import type { Registry } from '#core/registry.ts'
import type { Rights } from '#core/role.ts'
import { cookiePrefix } from '#server/accounts/accounts-auth.ts'
import { listFacts } from '#sync/server/read-query.ts'
import { otherPaths, refusalSchema, refusals, security, securitySchemes } from './openapi-frame.ts'
import { fieldSchema, type LabelOf, objectSchema, requiredNames } from './openapi-schema.ts'
import { catalogue } from './words.ts'

const texts = new WeakMap<Registry, Map<string, string>>()

/** The document as JSON text; drawn once. */
export function openApiText(registry: Registry, publicUrl: string): string {
  const drawn = texts.get(registry) ?? new Map<string, string>()
  texts.set(registry, drawn)
  const text = drawn.get(publicUrl) ?? JSON.stringify(openApiOf(registry, publicUrl))
  drawn.set(publicUrl, text)
  return text
}

function openApiOf({ entities, mutations }: Registry, publicUrl: string): JsonObject {
  const all = [...entities.values()]
  const cookie = `${publicUrl.startsWith('https:') ? '__Secure-' : ''}${cookiePrefix}.session_token`
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version: programVersion(),
      description:
        'Every act and every kind of row, with the rights of the caller. An answer that is not a success is `{ code, details }`. Not allowed and not there are one answer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to the document: whoever has fetched it knows the way.
    servers: [{ url: '/' }],
    security,
    tags: [
      ...all.map(({ name, about }) => ({ name, description: about })),
      { name: 'server', description: 'The server itself.' },
    ],
    paths: Object.fromEntries([
      ...all.flatMap((entity) => [
        [`/api/${entity.name}`, { get: listOperation(entity) }],
        [`/api/${entity.name}/{id}`, { get: oneOperation(entity) }],
      ]),
      ...[...mutations.values()].map((mutation) => [
        `/api/mutations/${mutation.name}`,
        { post: mutationOperation(mutation, all) },
      ]),
      ...Object.entries(otherPaths),
    ]),
    components: {
      securitySchemes: securitySchemes(cookie),
      schemas: {
        Refusal: refusalSchema,
        ...Object.fromEntries(all.map((entity) => [typeName(entity.name), rowSchema(entity)])),
      },
    },
  }
}

function listOperation(entity: Entity): JsonObject {
  const row = { $ref: `#/components/schemas/${typeName(entity.name)}` }
  return {
    tags: [entity.name],
    operationId: `list${typeName(entity.name)}`,
    summary: `Lists: ${entity.about}`,
    description: rightsText(entity.read),
    parameters: listParameters(entity),
    responses: {
      '200': answer('A page of the list.', {
        type: 'object',
        properties: {
          rows: { type: 'array', items: row },
          next: { type: ['string', 'null'], description: 'The cursor of the next page; null at the end.' },
        },
        required: ['rows', 'next'],
      }),
      ...refusals(['400', '401', '404']),
    },
  }
}

function oneOperation(entity: Entity): JsonObject {
  return {
    tags: [entity.name],
    operationId: `get${typeName(entity.name)}`,
    summary: `One by its id: ${entity.about}`,
    description: rightsText(entity.read),
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      '200': answer('The row.', { $ref: `#/components/schemas/${typeName(entity.name)}` }),
      ...refusals(['401', '404']),
    },
  }
}

function mutationOperation(mutation: AnyMutation, entities: readonly Entity[]): JsonObject {
  const [subject = ''] = mutation.name.split('.')
  const tag = tagOf(mutation, entities)
  return {
    tags: [tag],
    operationId: lowerFirst(typeName(mutation.name)),
    summary: mutation.about,
    description: rightsText(mutation.rights),
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: 'Repeats with one key take effect once and get the first answer.',
        schema: { type: 'string', minLength: 1, maxLength: 200 },
      },
    ],
    requestBody: {
      required: requiredNames(mutation.args).length > 0,
      content: {
        'application/json': {
          schema: objectSchema(mutation.args, labelsOf(subject), requiredNames(mutation.args)),
        },
      },
    },
    responses: {
      '200': answer('It is done; its number in the change feed.', {
        type: 'object',
        properties: { seq: { type: 'integer', minimum: 1 } },
        required: ['seq'],
      }),
      ...refusals(['400', '401', '404', '409', '413', '415'], codesOf(subject, entities)),
    },
  }
}

function listParameters(entity: Entity): readonly JsonObject[] {
  const { filter, sort, canSearch } = listFacts(entity)
  const query = (name: string, schema: JsonObject, description: string): JsonObject => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  })
  const filters = filter.flatMap((name) => {
    const field = fieldOf(entity, name)
    return field ? filterParameters(name, field, query) : []
  })
  return [
    ...filters,
    query('sort', { type: 'string', enum: sort.flatMap((name) => [name, `-${name}`]) }, 'With - descending.'),
    query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Most rows in the answer.'),
    query('cursor', { type: 'string', maxLength: 4000 }, '`next` of the answer before.'),
    ...(canSearch
      ? [
          query(
            'search',
            { type: 'string', maxLength: 40 },
            'A fragment of the name, or the beginning of its pinyin or initials.',
          ),
        ]
      : []),
  ]
}

type Query = (name: string, schema: JsonObject, description: string) => JsonObject

function filterParameters(name: string, field: Field, query: Query): readonly JsonObject[] {
  const schema = fieldSchema({ ...field, nullable: false }, () => null)
  const isRanged = ['integer', 'decimal', 'day', 'instant'].includes(field.kind)
  return [
    {
      ...query(`filter[${name}]`, { type: 'array', items: schema, maxItems: 500 }, 'Any of these values.'),
      style: 'form',
      explode: true,
    },
    ...(isRanged
      ? [
          query(`filter[${name}][from]`, schema, 'This value or greater.'),
          query(`filter[${name}][to]`, schema, 'This value or smaller.'),
        ]
      : []),
  ]
}

function rowSchema(entity: Entity): JsonObject {
  const shown = entity.columns.flatMap((name) => {
    const field = fieldOf(entity, name)
    return field && field.facts.serverOnly !== true ? [[name, field] as const] : []
  })
  const names = shown.map(([name]) => name)
  return {
    ...objectSchema(Object.fromEntries(shown), labelsOf(entity.name), names),
    description: entity.about,
  }
}

function answer(description: string, schema: JsonObject): JsonObject {
  return { description, content: { 'application/json': { schema } } }
}

function rightsText(rights: Rights): string {
  const held = Object.entries(rights).map(([role, reach]) => `${role} (${reach})`)
  return `Roles and how far each reaches: ${held.join(', ')}.`
}

function labelsOf(subject: string): LabelOf {
  return (name) => {
    const key = `${subject}.${name}`
    const label = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
    return label ? `${label['zh-CN']} · ${label.en}` : null
  }
}

/** Refusals of this subject: its texts that are no labels of fields or options. */
function codesOf(subject: string, entities: readonly Entity[]): readonly string[] {
  const entity = entities.find(({ name }) => name === subject)
  return Object.keys(catalogue).filter((key) => {
    const [first, name = '', ...more] = key.split('.')
    const isLabel = entity !== undefined && fieldOf(entity, name) !== undefined
    return first === subject && more.length === 0 && !isLabel && /^[a-z_]+$/.test(name)
  })
}

/** The entity that the act is about by its name, or else the server. */
function tagOf({ name }: AnyMutation, entities: readonly Entity[]): string {
  const [subject = ''] = name.split('.')
  return entities.some((entity) => entity.name === subject) ? subject : 'server'
}

/** `api_token.revoke` → `ApiTokenRevoke`. */
function typeName(name: string): string {
  return name.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function programVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  // Our own file, which npm would not accept without a version.
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}

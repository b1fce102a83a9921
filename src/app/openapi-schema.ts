// Fields as JSON Schema (2020-12, which OpenAPI 3.1 speaks).
import type { Field, FieldKind, Fields } from '#core/field.ts'
import type { JsonObject } from '#core/json.ts'

/** What people call a field, where there is a word for it. */
export type LabelOf = (name: string) => string | null

/** An object of exactly these fields. */
export function objectSchema(fields: Fields, labelOf: LabelOf, required: readonly string[]): JsonObject {
  const properties = Object.entries(fields).map(([name, field]) => {
    const label = labelOf(name)
    return [name, { ...fieldSchema(field, labelOf), ...(label === null ? {} : { title: label }) }]
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

/** The fields that must be given: an absent nullable one is null. */
export function requiredNames(fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([, field]) => !field.nullable)
    .map(([name]) => name)
}

export function fieldSchema(field: Field, labelOf: LabelOf): JsonObject {
  const schema = schemas[field.kind](field, labelOf)
  if (!field.nullable || schema.type === undefined) return schema
  // The type of each of our schemas is one word.
  const type = [schema.type as string, 'null']
  return Array.isArray(schema.enum) ? { ...schema, type, enum: [...schema.enum, null] } : { ...schema, type }
}

const schemas: { readonly [K in FieldKind]: (field: Field, labelOf: LabelOf) => JsonObject } = {
  id: () => ({ type: 'string', format: 'uuid' }),
  ref: ({ to }) => ({ type: 'string', format: 'uuid', description: `The id of a ${to}.` }),
  text: ({ min = 1, max = 0, nullable }) => ({
    type: 'string',
    // Empty text in a field that may be empty means that there is none.
    minLength: nullable ? 0 : min,
    maxLength: max,
  }),
  oneOf: ({ options = [] }) => ({ type: 'string', enum: options }),
  integer: ({ min = 0, max = 0 }) => ({ type: 'integer', minimum: min, maximum: max }),
  decimal: ({ min = 0, max = 0 }) => ({ type: 'number', minimum: min, maximum: max }),
  flag: () => ({ type: 'boolean' }),
  day: () => ({ type: 'string', format: 'date', description: 'A day in Asia/Shanghai.' }),
  instant: () => ({ type: 'string', format: 'date-time' }),
  list: ({ element, max = 0 }, labelOf) => ({
    type: 'array',
    items: element ? fieldSchema(element, labelOf) : {},
    maxItems: max,
  }),
  shape: ({ fields = {} }, labelOf) => objectSchema(fields, labelOf, requiredNames(fields)),
  patch: ({ fields = {} }, labelOf) => ({
    ...objectSchema(fields, labelOf, []),
    description: 'What is absent stays as it is; what is null is emptied.',
  }),
  json: ({ max = 0 }) => ({ description: `Any JSON, at most ${max} characters of it as text.` }),
}

// Names of fields and values, texts of problems: known only by their codes.
import type { Json, JsonObject } from '#core/json.ts'
import type { ImportTargetName } from '#features/imports/import-view.rules.ts'
import { useLanguage, useRefusalText } from '#web/language.tsx'

/** Fields that every list of a kind can have, in the order of the choice. */
export const fieldsOf: { readonly [T in ImportTargetName]: readonly string[] } = {
  institution: [
    'name',
    'kind',
    'level',
    'province',
    'city',
    'district',
    'address',
    'phone',
    'territory',
    'longitude',
    'latitude',
  ],
  customer: [
    'name',
    'sex',
    'institution',
    'department',
    'role',
    'title',
    'specialty',
    'phone',
    'email',
    'territory',
    'note',
  ],
}

/** Where a customer works is an affiliation in the system. */
const places = new Set(['institution', 'department'])

export interface ImportTexts {
  field(field: string): string
  value(field: string, value: Json | undefined): string
  problem(code: string, params: JsonObject): string
}

export function useImportTexts(target: ImportTargetName): ImportTexts {
  const { language, catalogue } = useLanguage()
  const refusalText = useRefusalText()
  const own = (key: string) => (Object.hasOwn(catalogue, key) ? catalogue[key]?.[language] : undefined)
  return {
    field: (field) =>
      own(
        places.has(field)
          ? `affiliation.${field}Id`
          : `${target}.${field}${field === 'territory' ? 'Id' : ''}`,
      ) ?? field,
    value: (field, value) =>
      value === null || value === undefined
        ? ''
        : (own(`${target}.${field}.${String(value)}`) ?? String(value)),
    problem: (code, details) => refusalText({ code, details }),
  }
}

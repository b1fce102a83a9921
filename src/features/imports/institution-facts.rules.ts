import type { InstitutionFacts } from './duplicates.rules.ts'
import type { ExistingInstitution } from './import-existing.rules.ts'
import { type ImportValues, textOf } from './import-target.rules.ts'

/** An institution that is there already, to be compared with. */
export function institutionFacts({ id, values }: ExistingInstitution): InstitutionFacts {
  return factsOfValues(id, values)
}

/** What institutions are compared by. */
export function factsOfValues(key: string, values: ImportValues): InstitutionFacts {
  return {
    key,
    name: textOf(values, 'name') ?? '',
    province: textOf(values, 'province'),
    city: textOf(values, 'city'),
    district: textOf(values, 'district'),
    address: textOf(values, 'address'),
    phone: textOf(values, 'phone'),
  }
}

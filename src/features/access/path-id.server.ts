import { checkValue } from '#core/check.ts'
import { id } from '#core/field.ts'
import { notFound } from '#core/refused.ts'

/**
 * The id in an address.
 * @throws Refused `not_found` when it cannot be one: there is nothing of that name, whatever it is
 */
export function idInPath(given: string, entity: string): string {
  const checked = checkValue(id(), given, 'id')
  if ('problems' in checked || typeof checked.value !== 'string') throw notFound(entity)
  return checked.value
}

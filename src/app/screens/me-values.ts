// How a value of any field is read by a person: options by their words, references by name, days as said.

import { registry } from '#app/registry.ts'
import { fieldOf } from '#core/entity.ts'
import type { Field } from '#core/field.ts'
import type { Json } from '#core/json.ts'
import { useSaying } from '#web/clock.ts'
import { sayDay, sayMoment } from '#web/dates.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { meWords } from './me.words.ts'

/** `subject` is the entity's name, for the words of options: `visit.channel.phone`. */
export type SayValue = (subject: string, name: string, field: Field | undefined, value: Json) => string

export function useSayValue(): SayValue {
  const t = useWords(meWords)
  const { language, catalogue } = useLanguage()
  const saying = useSaying()
  const { view } = useDevice()
  const called = (entityName: string, id: string) => {
    const entity = registry.entities.get(entityName)
    const row = entity && view.get(entity, id)
    return typeof row?.name === 'string' ? row.name : id
  }
  const sayText = (key: string, field: Field | undefined, text: string) => {
    if (field?.kind === 'oneOf') return catalogue[`${key}.${text}`]?.[language] ?? text
    if (field?.kind === 'day') return sayDay(text, saying)
    if (field?.kind === 'instant') return sayMoment(text, saying)
    return field?.kind === 'ref' ? called(field.to ?? '', text) : text
  }
  return (subject, name, field, value) => {
    if (value === null || value === '') return t('me.empty_value')
    if (typeof value === 'boolean') return t(value ? 'me.yes' : 'me.no')
    if (typeof value === 'object') return JSON.stringify(value)
    return sayText(`${subject}.${name}`, field, String(value))
  }
}

/** The field of an entity known only by name. */
export function fieldByName(entity: string, name: string): Field | undefined {
  const found = registry.entities.get(entity)
  return found && fieldOf(found, name)
}

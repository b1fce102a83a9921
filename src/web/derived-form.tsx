// A plain form drawn from the definition of fields: for mending what was refused and for entities without a
// form of their own. Ids and references stay as they are.

import { dayOf, instantAt, timeOf } from '#core/calendar.ts'
import type { Field, Fields } from '#core/field.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { CheckField } from './ui/choices.tsx'
import { ChoiceField, DayField, FieldPair, LongTextField, TextField, TimeField } from './ui/fields.tsx'

interface FormSpeech {
  /** The label of a field by its path: `commitments.0.dueOn`. */
  readonly labelOf: (path: string) => string
  /** The text of one option of a field. */
  readonly optionOf: (path: string, option: string) => string
  /** What is wrong with a field; null when nothing is. */
  readonly problemOf: (path: string) => string | null
}

interface DerivedFormProps {
  readonly fields: Fields
  readonly values: JsonObject
  readonly onChange: (values: JsonObject) => void
  readonly speech: FormSpeech
  /** The path of the group these fields are in. */
  readonly path?: string
}

export function DerivedForm({ fields, values, onChange, speech, path = '' }: DerivedFormProps) {
  return Object.entries(fields).map(([name, field]) => (
    <DerivedField
      field={field}
      key={name}
      onChange={(value) => onChange({ ...values, [name]: value })}
      path={path === '' ? name : `${path}.${name}`}
      speech={speech}
      value={values[name] ?? null}
    />
  ))
}

interface DerivedFieldProps {
  readonly field: Field
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly speech: FormSpeech
  readonly path: string
}

function DerivedField(props: DerivedFieldProps) {
  const { field, value, onChange, speech, path } = props
  switch (field.kind) {
    case 'shape':
      return isObject(value) ? (
        <DerivedForm
          fields={given(field, value)}
          onChange={onChange}
          path={path}
          speech={speech}
          values={value}
        />
      ) : null
    case 'list':
      return <DerivedList {...props} />
    case 'flag':
      return <CheckField label={speech.labelOf(path)} onChange={onChange} value={value === true} />
    case 'instant':
      return <InstantField {...props} />
    case 'id':
    case 'ref':
    case 'json':
      return null
    default:
      return <WrittenField {...props} />
  }
}

function WrittenField({ field, value, onChange, speech, path }: DerivedFieldProps) {
  const common = { label: speech.labelOf(path), problem: speech.problemOf(path), isOptional: field.nullable }
  const text = value === null ? '' : String(value)
  if (field.kind === 'oneOf') {
    const options = (field.options ?? []).map((option) => ({
      value: option,
      label: speech.optionOf(path, option),
    }))
    const chosen = options.find((option) => option.value === value)?.value ?? null
    return <ChoiceField {...common} onChange={onChange} options={options} value={chosen} />
  }
  if (field.kind === 'day') {
    return <DayField {...common} onChange={(day) => onChange(day === '' ? null : day)} value={text} />
  }
  if (field.kind === 'integer' || field.kind === 'decimal') {
    const set = (figure: string) => onChange(figure.trim() === '' ? null : Number(figure))
    return <TextField {...common} inputMode="numeric" onChange={set} value={text} />
  }
  return field.multiline === true ? (
    <LongTextField {...common} max={field.max ?? 0} onChange={onChange} value={text} />
  ) : (
    <TextField {...common} onChange={onChange} value={text} />
  )
}

function InstantField({ field, value, onChange, speech, path }: DerivedFieldProps) {
  const isSet = typeof value === 'string'
  const common = { label: speech.labelOf(path), problem: speech.problemOf(path), isOptional: field.nullable }
  const day = isSet ? dayOf(value) : ''
  const time = isSet ? timeOf(value) : '09:00'
  return (
    <FieldPair>
      <DayField
        {...common}
        onChange={(next) => onChange(next === '' ? null : instantAt(next, time))}
        value={day}
      />
      <TimeField
        label={speech.labelOf('time')}
        onChange={(next) => isSet && next !== '' && onChange(instantAt(day, next))}
        value={isSet ? time : ''}
      />
    </FieldPair>
  )
}

function DerivedList({ field, value, onChange, speech, path }: DerivedFieldProps) {
  const { element } = field
  if (!Array.isArray(value) || element === undefined) return null
  const items: readonly Json[] = value
  return items.map((item, index) => (
    <DerivedField
      field={element}
      // Items of a list have no name but their place.
      // biome-ignore lint/suspicious/noArrayIndexKey: the place is the item's name in paths
      key={index}
      onChange={(next) => onChange(items.map((each, at) => (at === index ? next : each)))}
      path={`${path}.${index}`}
      speech={speech}
      value={item}
    />
  ))
}

// A patch names only some of its fields; the others were not meant.
function given(field: Field, value: JsonObject): Fields {
  return Object.fromEntries(Object.entries(field.fields ?? {}).filter(([name]) => Object.hasOwn(value, name)))
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// What one knows of a customer, to be written down or corrected. Where he works is given by the caller.
import type { ReactNode } from 'react'
import type { ValuesOf } from '#core/field.ts'
import { useWords } from '#web/language.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { ChoiceField, LongTextField, TextField } from '#web/ui/fields.tsx'
import { type customer, customerRoles, professionalTitles, sexes } from './customer.entity.ts'
import { customerWords } from './customer.words.ts'

type CustomerFields = (typeof customer)['fields']
type Written = 'name' | 'sex' | 'role' | 'title' | 'specialty' | 'phone' | 'email' | 'note'
type Values = ValuesOf<Pick<CustomerFields, Written>>

/** Texts are never null while they are being written. */
export interface CustomerDraft extends Pick<Values, 'sex' | 'role' | 'title'> {
  readonly name: string
  readonly specialty: string
  readonly phone: string
  readonly email: string
  readonly note: string
}

export const emptyDraft: CustomerDraft = {
  name: '',
  sex: null,
  role: 'physician',
  title: null,
  specialty: '',
  phone: '',
  email: '',
  note: '',
}

export function draftOf(row: Values): CustomerDraft {
  const { name, sex, role, title, specialty, phone, email, note } = row
  return {
    name,
    sex,
    role,
    title,
    specialty: specialty ?? '',
    phone: phone ?? '',
    email: email ?? '',
    note: note ?? '',
  }
}

/** The draft as a mutation takes it: what was left empty is nothing. */
export function valuesOf(draft: CustomerDraft): Values {
  const { specialty, phone, email, note, ...rest } = draft
  return {
    ...rest,
    specialty: specialty.trim() || null,
    phone: phone.trim() || null,
    email: email.trim() || null,
    note: note.trim() || null,
  }
}

interface CustomerFormProps {
  readonly draft: CustomerDraft
  readonly onChange: (draft: CustomerDraft) => void
  readonly problem: (name: Written) => string | null
  /** Under the name: whether somebody of that name is there already. */
  readonly nameHint?: ReactNode
  /** Between what he is and how he is reached: where he works. */
  readonly children?: ReactNode
}

export function CustomerForm({ draft, onChange, problem, nameHint, children }: CustomerFormProps) {
  const t = useWords(customerWords)
  const set = (change: Partial<CustomerDraft>) => onChange({ ...draft, ...change })
  const field = <K extends Written>(name: K) => ({
    label: t(`customer.${name}`),
    value: draft[name],
    problem: problem(name),
  })
  return (
    <>
      <TextField
        {...field('name')}
        autoComplete="off"
        autoFocus={draft.name === ''}
        hint={nameHint}
        onChange={(name) => set({ name })}
      />
      <ChoiceField
        {...field('role')}
        onChange={(role) => role !== null && set({ role })}
        options={customerRoles.map((value) => ({ value, label: t(`customer.role.${value}`) }))}
      />
      <ChoiceField
        {...field('title')}
        isOptional
        none="—"
        onChange={(title) => set({ title })}
        options={professionalTitles.map((value) => ({ value, label: t(`customer.title.${value}`) }))}
      />
      {children}
      <TextField {...field('specialty')} isOptional onChange={(specialty) => set({ specialty })} />
      <TextField
        {...field('phone')}
        autoComplete="off"
        inputMode="tel"
        isOptional
        onChange={(phone) => set({ phone })}
        type="tel"
      />
      <TextField
        {...field('email')}
        autoComplete="off"
        inputMode="email"
        isOptional
        onChange={(email) => set({ email })}
        type="email"
      />
      <SegmentedField
        {...field('sex')}
        isOptional
        onChange={(sex) => set({ sex })}
        options={sexes.map((value) => ({ value, label: t(`customer.sex.${value}`) }))}
      />
      <LongTextField {...field('note')} isOptional max={2000} onChange={(note) => set({ note })} />
    </>
  )
}

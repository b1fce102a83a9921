import { useEffect, useState } from 'react'
import { customer as entity } from '#features/customers/customer.entity.ts'
import { editCustomer } from '#features/customers/customer.mutations.ts'
import type { Customer } from '#features/customers/customer-facts.queries.ts'
import { CustomerForm, draftOf, valuesOf } from '#features/customers/customer-form.tsx'
import { useFormProblems } from '#web/form-problems.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { loadPinyin } from '#web/pinyin.ts'
import { Button } from '#web/ui/button.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { customerPageWords } from './customer.words.ts'

interface CustomerEditSheetProps {
  readonly customer: Customer
  readonly onClose: () => void
}

const { name, sex, role, title, specialty, phone, email, note } = entity.fields

/** The fields of a customer that are written by hand. */
export const writtenFields = { name, sex, role, title, specialty, phone, email, note }

export function CustomerEditSheet({ customer, onClose }: CustomerEditSheetProps) {
  const t = useWords(customerPageWords)
  const kit = useWords(kitWords)
  const mutate = useMutate()
  const act = useAct()
  const [draft, write] = useState(() => draftOf(customer))
  const { problem, check } = useFormProblems(writtenFields, draft)
  useEffect(() => {
    // A corrected name is to be sorted where it belongs at once.
    void loadPinyin()
  }, [])
  const save = async () => {
    if (!check()) return
    const edit = { id: customer.id, changes: changesOf(draftOf(customer), draft) }
    if (await act(() => mutate(editCustomer, edit), { text: t('customer_page.saved') })) onClose()
  }
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button look="primary" onClick={save}>
            {t('customer_page.save')}
          </Button>
        </>
      }
      onClose={onClose}
      title={t('customer_page.edit')}
    >
      <CustomerForm draft={draft} onChange={write} problem={problem} />
    </Sheet>
  )
}

type Draft = ReturnType<typeof draftOf>

/** Only what was changed, so that nobody's correction of another field is written over. */
function changesOf(before: Draft, after: Draft): Partial<ReturnType<typeof valuesOf>> {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  // Entries of the same type, some left out.
  return Object.fromEntries(
    Object.entries(now).filter(([key, value]) => value !== old[key as keyof typeof old]),
  ) as Partial<typeof now>
}

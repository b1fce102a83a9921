// What one seldom does with a customer, out of the way of the thumb.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { reachOf } from '#core/role.ts'
import { masterData } from '#features/access/access.rules.ts'
import { removeCustomer } from '#features/customers/customer.mutations.ts'
import type { Customer } from '#features/customers/customer-facts.queries.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useMutate } from '#web/live.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { useKeys } from '#web/ui/keyboard.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { customerPageWords } from './customer.words.ts'
import css from './customer-form.module.css'

interface CustomerMenuProps {
  readonly customer: Customer
  readonly listPath: string
  readonly onEdit: () => void
}

export function CustomerMenu({ customer, listPath, onEdit }: CustomerMenuProps) {
  const t = useWords(customerPageWords)
  const { lease } = useDevice()
  const mayEdit = reachOf(masterData, lease.roles) !== null
  const [step, go] = useState<'closed' | 'open' | 'removing'>('closed')
  useKeys(mayEdit ? { e: onEdit } : {})
  const close = () => go('closed')
  if (!mayEdit) return null
  return (
    <>
      <IconButton icon="more" label={t('customer_page.more')} onClick={() => go('open')} />
      {step === 'open' && (
        <Sheet onClose={close} place="middle" title={customer.name}>
          <div className={css.menu}>
            <Button
              icon="edit"
              look="quiet"
              onClick={() => {
                close()
                onEdit()
              }}
            >
              {t('customer_page.edit')}
            </Button>
            <Button icon="remove" look="quiet" onClick={() => go('removing')}>
              {t('customer_page.remove')}
            </Button>
          </div>
        </Sheet>
      )}
      {step === 'removing' && <Removing customer={customer} listPath={listPath} onClose={close} />}
    </>
  )
}

interface RemovingProps extends Pick<CustomerMenuProps, 'customer' | 'listPath'> {
  readonly onClose: () => void
}

function Removing({ customer: { id, name }, listPath, onClose }: RemovingProps) {
  const t = useWords(customerPageWords)
  const mutate = useMutate()
  const act = useAct()
  const navigate = useNavigate()
  const remove = async () => {
    const isRemoved = await act(() => mutate(removeCustomer, { id }), { text: t('customer_page.removed') })
    if (isRemoved) await navigate(listPath, { replace: true })
    else onClose()
  }
  return (
    <Confirm
      act={t('customer_page.remove')}
      onAct={remove}
      onClose={onClose}
      title={t('customer_page.remove_ask', { name })}
    >
      {t('customer_page.remove_what')}
    </Confirm>
  )
}

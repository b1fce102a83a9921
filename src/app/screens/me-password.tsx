// Changing one's own password. Every other device has to sign in anew.
import { useState } from 'react'
import { useWords } from '#web/language.tsx'
import { changePassword } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { PasswordField } from '#web/ui/fields.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { meWords } from './me.words.ts'
import { FormSheet } from './me-second-factor.tsx'
import { NewPasswordField, shortestPassword } from './sign-in-password.tsx'

export function PasswordRow({ onChange }: { readonly onChange: () => Promise<void> }) {
  const t = useWords(meWords)
  const [isOpen, open] = useState(false)
  return (
    <>
      <List>
        <ListRow
          aside={
            <Button onClick={() => open(true)} small>
              {t('me.password_change')}
            </Button>
          }
          detail={t('me.password_text')}
          title={t('me.password_title')}
        />
      </List>
      {isOpen && <ChangeSheet onChange={onChange} onClose={() => open(false)} />}
    </>
  )
}

interface ChangeSheetProps {
  readonly onChange: () => Promise<void>
  readonly onClose: () => void
}

function ChangeSheet({ onChange, onClose }: ChangeSheetProps) {
  const t = useWords(meWords)
  const toast = useToast()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = async () => {
    await changePassword(current, next)
    toast({ text: t('me.password_changed') })
    onClose()
    await onChange()
  }
  return (
    <FormSheet
      act={t('me.password_save')}
      isReady={current !== '' && next.length >= shortestPassword}
      onClose={onClose}
      onSubmit={change}
      title={t('me.password_title')}
    >
      <PasswordField
        autoComplete="current-password"
        autoFocus
        label={t('me.password')}
        onChange={setCurrent}
        value={current}
      />
      <NewPasswordField label={t('me.password_new')} onChange={setNext} value={next} />
    </FormSheet>
  )
}

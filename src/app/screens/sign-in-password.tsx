import { useWords } from '#web/language.tsx'
import { PasswordField } from '#web/ui/fields.tsx'
import { accessWords } from './access.words.ts'

/** The server refuses shorter ones; UTF-16 units. */
export const shortestPassword = 10

interface NewPasswordProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem?: string | null
  /** Where an old one is asked for beside it. */
  readonly label?: string
}

/** A new password, with what is still missing from its length. */
export function NewPasswordField({ value, onChange, problem = null, label }: NewPasswordProps) {
  const t = useWords(accessWords)
  const missing = shortestPassword - value.length
  return (
    <PasswordField
      autoComplete="new-password"
      hint={value !== '' && missing > 0 ? t('password.short', { count: missing }) : t('password.hint')}
      label={label ?? t('sign_in.password')}
      name="new-password"
      onChange={onChange}
      problem={problem}
      value={value}
    />
  )
}

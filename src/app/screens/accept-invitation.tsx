// A colleague follows his link, sees who invites him as what, and sets a password.
import { type FormEvent, useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { memberWords } from '#features/access/member.words.ts'
import { useWords } from '#web/language.tsx'
import { acceptInvitation, type Invitation, invitationOf } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { Tag } from '#web/ui/mark.tsx'
import { useDoor } from '../shell-door.tsx'
import css from './accept-invitation.module.css'
import { accessWords } from './access.words.ts'
import { Problem, useAttempt } from './sign-in.tsx'
import { AccessFrame } from './sign-in-frame.tsx'
import { NewPasswordField, shortestPassword } from './sign-in-password.tsx'

export function AcceptInvitationScreen() {
  const t = useWords(accessWords)
  const { token = '' } = useParams()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const { problem, attempt } = useAttempt()
  // The link is read once; a second look would only say the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: attempt is made anew at each drawing
  useEffect(() => {
    void attempt(async () => setInvitation(await invitationOf(token)))
  }, [token])
  return (
    <AccessFrame
      lead={invitation && t('invitation.lead', { ...invitation, roles: '' })}
      title={t('invitation.title')}
    >
      {problem !== null && <Problem text={problem} />}
      {invitation !== null && <PasswordForm invitation={invitation} token={token} />}
    </AccessFrame>
  )
}

interface PasswordFormProps {
  readonly invitation: Invitation
  readonly token: string
}

function PasswordForm({ invitation, token }: PasswordFormProps) {
  const t = useWords(accessWords)
  const role = useWords(memberWords)
  const navigate = useNavigate()
  const { enter } = useDoor()
  const [password, setPassword] = useState('')
  const { busy, problem, attempt } = useAttempt()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      await acceptInvitation(token, password)
      await enter()
      navigate('/', { replace: true })
    })
  }
  return (
    <form onSubmit={submit}>
      {problem !== null && <Problem text={problem} />}
      <p className={css.roles}>
        {t('invitation.roles')}
        {invitation.roles.map((each) => (
          <Tag key={each}>{role(`role.${each}`)}</Tag>
        ))}
      </p>
      <TextField
        autoComplete="username"
        label={t('sign_in.email')}
        onChange={() => undefined}
        readOnly
        type="email"
        value={invitation.email}
      />
      <NewPasswordField onChange={setPassword} value={password} />
      <Button busy={busy} disabled={password.length < shortestPassword} full look="primary" type="submit">
        {t('invitation.act')}
      </Button>
    </form>
  )
}

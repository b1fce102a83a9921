// The first visit to a new server: organisation and administrator.
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '#web/language.tsx'
import { problemWords } from '#web/problem.words.ts'
import { type SetUp, setUp } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { useDoor } from '../shell-door.tsx'
import { accessWords } from './access.words.ts'
import { Problem, useAttempt } from './sign-in.tsx'
import { AccessFrame } from './sign-in-frame.tsx'
import { NewPasswordField, shortestPassword } from './sign-in-password.tsx'

const blank: SetUp = { organisation: '', name: '', email: '', password: '' }

export function SetUpScreen() {
  const t = useWords(accessWords)
  const navigate = useNavigate()
  const { enter } = useDoor()
  const [form, setForm] = useState(blank)
  const [isTold, tell] = useState(false)
  const input = useWords(problemWords)
  const { busy, problem, attempt } = useAttempt()
  const field = (name: keyof SetUp) => ({
    value: form[name],
    problem: isTold && form[name].trim() === '' ? input('problem.required') : null,
    onChange: (value: string) => setForm((current) => ({ ...current, [name]: value })),
  })
  const isWhole =
    [form.organisation, form.name, form.email].every((text) => text.trim() !== '') &&
    form.password.length >= shortestPassword
  const submit = (event: FormEvent) => {
    event.preventDefault()
    tell(true)
    if (!isWhole) return
    void attempt(async () => {
      await setUp(form)
      await enter()
      navigate('/', { replace: true })
    })
  }
  return (
    <AccessFrame lead={t('set_up.lead')} title={t('set_up.title')}>
      <form noValidate onSubmit={submit}>
        {problem !== null && <Problem text={problem} />}
        <TextField autoComplete="organization" label={t('set_up.organisation')} {...field('organisation')} />
        <TextField autoComplete="name" label={t('set_up.name')} {...field('name')} />
        <TextField
          autoComplete="username"
          inputMode="email"
          label={t('sign_in.email')}
          type="email"
          {...field('email')}
        />
        <NewPasswordField {...field('password')} />
        <Button busy={busy} full look="primary" type="submit">
          {t('set_up.act')}
        </Button>
      </form>
    </AccessFrame>
  )
}

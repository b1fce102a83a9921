// Sign-in: email and password, then the second factor where there is one. Nothing here tells whether an
// address is known.
import { type FormEvent, useEffect, useState } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'
import { memberWords } from '#features/access/member.words.ts'
import { syncWords } from '#sync/sync.words.ts'
import { useRefusalText, useWords } from '#web/language.tsx'
import { problemWords } from '#web/problem.words.ts'
import { type SessionOptions, sessionOptions, signIn, verifyBackupCode, verifyCode } from '#web/session.ts'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { PasswordField, TextField } from '#web/ui/fields.tsx'
import { useDoor } from '../shell-door.tsx'
import { accessWords } from './access.words.ts'
import css from './sign-in-frame.module.css'
import { AccessFrame } from './sign-in-frame.tsx'

export function SignInScreen() {
  const t = useWords(accessWords)
  const navigate = useNavigate()
  const { state, enter } = useDoor()
  const from = useFrom()
  const options = useOptions()
  const [step, go] = useState<'password' | 'code'>('password')
  if (options?.setUpNeeded) return <Navigate replace to="/set-up" />
  if (state.kind === 'in') return <Navigate replace to={from} />
  const come = async () => {
    await enter()
    navigate(from, { replace: true })
  }
  if (step === 'code') return <CodeStep onDone={come} onAgain={() => go('password')} />
  return (
    <AccessFrame title={t('sign_in.title')}>
      {state.kind === 'out' && state.why !== null && <WhyOut why={state.why} />}
      <PasswordStep demo={options?.demo ?? false} onCode={() => go('code')} onDone={come} />
    </AccessFrame>
  )
}

/** What has happened to somebody who was in. */
function WhyOut({ why }: { readonly why: 'locked' | 'signed_out' | 'left' }) {
  const t = useWords(accessWords)
  const s = useWords(syncWords)
  return (
    <Banner icon="key" inset={false} tone="watch">
      {why === 'left' ? s('member.inactive') : t(`out.${why}`)}
    </Banner>
  )
}

/** Where somebody was when he was asked to sign in. */
function useFrom(): string {
  const { state } = useLocation()
  // Only the shell writes the state of this location.
  return (state as { readonly from?: string | null } | null)?.from ?? '/'
}

/** Roles offered by the demo, in the order of interest, with the part of the address before the @. */
const demoLogins: readonly Role[] = ['rep', 'manager', 'steward', 'compliance', 'medical', 'admin']
const demoPassword = 'rapport-demo'

interface PasswordStepProps {
  readonly demo: boolean
  readonly onDone: () => Promise<void>
  readonly onCode: () => void
}

function PasswordStep({ demo, onDone, onCode }: PasswordStepProps) {
  const t = useWords(accessWords)
  const role = useWords(memberWords)
  const input = useWords(problemWords)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isTold, tell] = useState(false)
  const { busy, problem, attempt } = useAttempt()
  const missing = (text: string) => (isTold && text === '' ? input('problem.required') : null)
  const enter = (address: string, secret: string) =>
    attempt(async () => {
      if ((await signIn(address, secret)) === 'second_factor') onCode()
      else await onDone()
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    tell(true)
    if (email !== '' && password !== '') void enter(email, password)
  }
  return (
    <>
      <form noValidate onSubmit={submit}>
        {problem !== null && <Problem text={problem} />}
        <TextField
          autoComplete="username"
          inputMode="email"
          label={t('sign_in.email')}
          name="email"
          onChange={setEmail}
          problem={missing(email)}
          type="email"
          value={email}
        />
        <PasswordField
          autoComplete="current-password"
          label={t('sign_in.password')}
          name="password"
          onChange={setPassword}
          problem={missing(password)}
          value={password}
        />
        <Button busy={busy} full look="primary" type="submit">
          {t('sign_in.act')}
        </Button>
      </form>
      {demo && (
        <div className={css.demo}>
          <p className={css.demoText}>{t('sign_in.demo')}</p>
          <div className={css.demoLogins}>
            {demoLogins.map((login) => (
              <Button
                disabled={busy}
                key={login}
                onClick={() => {
                  tell(false)
                  void enter(`${login}@demo.rapport`, demoPassword)
                }}
                small
              >
                {role(`role.${login}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  )
}

interface CodeStepProps {
  readonly onDone: () => Promise<void>
  readonly onAgain: () => void
}

function CodeStep({ onDone, onAgain }: CodeStepProps) {
  const t = useWords(accessWords)
  const [kind, take] = useState<'code' | 'backup'>('code')
  const [code, setCode] = useState('')
  const { busy, problem, attempt } = useAttempt()
  const isBackup = kind === 'backup'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      await (isBackup ? verifyBackupCode(code) : verifyCode(code))
      await onDone()
    })
  }
  const other = () => {
    take(isBackup ? 'code' : 'backup')
    setCode('')
  }
  return (
    <AccessFrame
      lead={t(isBackup ? 'sign_in.backup_text' : 'sign_in.second_text')}
      title={t('sign_in.second')}
    >
      <form onSubmit={submit}>
        {problem !== null && <Problem text={problem} />}
        {isBackup ? (
          <TextField
            autoComplete="off"
            autoFocus
            key="backup"
            label={t('sign_in.backup')}
            maxLength={40}
            onChange={setCode}
            value={code}
          />
        ) : (
          <TextField
            autoComplete="one-time-code"
            autoFocus
            inputMode="numeric"
            key="code"
            label={t('sign_in.code')}
            maxLength={6}
            onChange={(text) => setCode(text.replace(/\D/g, ''))}
            value={code}
          />
        )}
        <Button
          busy={busy}
          disabled={isBackup ? code.trim() === '' : code.length !== 6}
          full
          look="primary"
          type="submit"
        >
          {t('sign_in.verify')}
        </Button>
        <div className={css.below}>
          <Button full look="quiet" onClick={other}>
            {t(isBackup ? 'sign_in.use_code' : 'sign_in.use_backup')}
          </Button>
          <Button full look="quiet" onClick={onAgain}>
            {t('sign_in.again')}
          </Button>
        </div>
      </form>
    </AccessFrame>
  )
}

/** What the server refused, above the form. */
export function Problem({ text }: { readonly text: string }) {
  return (
    <div className={css.problem}>
      <Banner inset={false} tone="late">
        {text}
      </Banner>
    </div>
  )
}

/** Runs a call and keeps the text of its refusal. */
export function useAttempt() {
  const refusalText = useRefusalText()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setProblem(refusalText(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, attempt }
}

// Without the options (no network) the form is shown; signing in then says that the server is out of reach.
function useOptions(): SessionOptions | null {
  const [options, set] = useState<SessionOptions | null>(null)
  useEffect(() => {
    sessionOptions().then(set, () => undefined)
  }, [])
  return options
}

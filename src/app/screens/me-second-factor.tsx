// Switching the second factor on (password, QR code, first code) and off (password).
import { type FormEvent, lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { useWords } from '#web/language.tsx'
import { beginSecondFactor, endSecondFactor, type SecondFactor, verifyCode } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { PasswordField, TextField } from '#web/ui/fields.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { accessWords } from './access.words.ts'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { Problem, useAttempt } from './sign-in.tsx'

// Seldom needed: the maker of QR codes is loaded when one is asked for.
const QrCode = lazy(async () => ({ default: (await import('./me-qr-code.tsx')).QrCode }))

interface SecondFactorRowProps {
  readonly isOn: boolean
  readonly onChange: () => Promise<void>
}

export function SecondFactorRow({ isOn, onChange }: SecondFactorRowProps) {
  const t = useWords(meWords)
  const [isOpen, open] = useState(false)
  const close = () => open(false)
  const done = async () => {
    close()
    await onChange()
  }
  return (
    <>
      <List>
        <ListRow
          aside={
            <Button onClick={() => open(true)} small>
              {t(isOn ? 'me.second_end' : 'me.second_begin')}
            </Button>
          }
          detail={isOn ? <StatusMark tone="done">{t('me.second_on')}</StatusMark> : t('me.second_off')}
          title={t('me.second')}
        />
      </List>
      {isOpen &&
        (isOn ? <EndSheet onClose={close} onDone={done} /> : <BeginSheet onClose={close} onDone={done} />)}
    </>
  )
}

interface StepProps {
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

function BeginSheet({ onClose, onDone }: StepProps) {
  const t = useWords(meWords)
  const [factor, setFactor] = useState<SecondFactor | null>(null)
  if (factor !== null) return <ScanSheet factor={factor} onClose={onClose} onDone={onDone} />
  return (
    <PasswordSheet
      act={t('me.continue')}
      onClose={onClose}
      onPassword={async (password) => setFactor(await beginSecondFactor(password))}
    />
  )
}

function EndSheet({ onClose, onDone }: StepProps) {
  const t = useWords(meWords)
  const toast = useToast()
  const end = async (password: string) => {
    await endSecondFactor(password)
    toast({ text: t('me.second_ended') })
    await onDone()
  }
  return <PasswordSheet act={t('me.second_end')} onClose={onClose} onPassword={end} />
}

interface PasswordSheetProps {
  readonly act: string
  readonly onClose: () => void
  readonly onPassword: (password: string) => Promise<void>
}

function PasswordSheet({ act, onClose, onPassword }: PasswordSheetProps) {
  const t = useWords(meWords)
  const [password, setPassword] = useState('')
  return (
    <FormSheet
      act={act}
      isReady={password !== ''}
      onClose={onClose}
      onSubmit={() => onPassword(password)}
      title={t('me.second')}
    >
      <PasswordField
        autoComplete="current-password"
        autoFocus
        label={t('me.password')}
        onChange={setPassword}
        value={password}
      />
    </FormSheet>
  )
}

function ScanSheet({ factor, onClose, onDone }: StepProps & { readonly factor: SecondFactor }) {
  const t = useWords(meWords)
  const access = useWords(accessWords)
  const toast = useToast()
  const [code, setCode] = useState('')
  const verify = async () => {
    await verifyCode(code)
    toast({ text: t('me.second_done') })
    await onDone()
  }
  return (
    <FormSheet
      act={t('me.second_verify')}
      isReady={code.length === 6}
      onClose={onClose}
      onSubmit={verify}
      title={t('me.second')}
    >
      <p>{t('me.second_scan')}</p>
      <div className={css.qr}>
        <Suspense fallback={null}>
          <QrCode label={t('me.second_qr')} text={factor.totpURI} />
        </Suspense>
      </div>
      <p className={css.cardMeta}>{t('me.second_key')}</p>
      <code className={css.secret}>{new URL(factor.totpURI).searchParams.get('secret')}</code>
      <TextField
        autoComplete="one-time-code"
        inputMode="numeric"
        label={access('sign_in.code')}
        maxLength={6}
        onChange={(text) => setCode(text.replace(/\D/g, ''))}
        value={code}
      />
      <p className={css.cardMeta}>{t('me.second_codes')}</p>
      <code className={css.secret}>
        <span className={css.codes}>
          {factor.backupCodes.map((each) => (
            <span key={each}>{each}</span>
          ))}
        </span>
      </code>
    </FormSheet>
  )
}

interface FormSheetProps {
  readonly title: string
  readonly act: string
  readonly isReady: boolean
  readonly onSubmit: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A sheet with one form whose refusal stands above its fields. */
export function FormSheet({ title, act, isReady, onSubmit, onClose, children }: FormSheetProps) {
  const formId = useId()
  const { busy, problem, attempt } = useAttempt()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(onSubmit)
  }
  return (
    <Sheet
      foot={
        <Button busy={busy} disabled={!isReady} form={formId} look="primary" type="submit">
          {act}
        </Button>
      }
      onClose={onClose}
      title={title}
    >
      <form id={formId} onSubmit={submit}>
        {problem !== null && <Problem text={problem} />}
        {children}
      </form>
    </Sheet>
  )
}

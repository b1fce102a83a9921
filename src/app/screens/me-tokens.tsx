// Personal tokens for programs: made with a purpose, shown once, revoked at any time.
import { useState } from 'react'
import { useSaying } from '#web/clock.ts'
import { sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { type ApiToken, createApiToken, revokeApiToken } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct, useToast } from '#web/ui/toast.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { FormSheet } from './me-second-factor.tsx'

interface TokenRowsProps {
  readonly tokens: readonly ApiToken[]
  readonly onChange: () => Promise<void>
}

export function TokenRows({ tokens, onChange }: TokenRowsProps) {
  const t = useWords(meWords)
  const [isMaking, make] = useState(false)
  return (
    <Section
      action={
        <Button icon="plus" look="quiet" onClick={() => make(true)} small>
          {t('me.token_new')}
        </Button>
      }
      title={t('me.tokens')}
    >
      {tokens.length === 0 && <p className={css.padded}>{t('me.tokens_none')}</p>}
      <List>
        {tokens.map((token) => (
          <TokenRow key={token.id} onChange={onChange} token={token} />
        ))}
      </List>
      {isMaking && <MakeSheet onChange={onChange} onClose={() => make(false)} />}
    </Section>
  )
}

interface TokenRowProps {
  readonly token: ApiToken
  readonly onChange: () => Promise<void>
}

function TokenRow({ token: { id, name, lastUsedAt }, onChange }: TokenRowProps) {
  const t = useWords(meWords)
  const saying = useSaying()
  const act = useAct()
  const [isAsking, ask] = useState(false)
  const revoke = async () => {
    ask(false)
    if (await act(() => revokeApiToken(id))) await onChange()
  }
  return (
    <>
      <ListRow
        aside={
          <Button look="quiet" onClick={() => ask(true)} small>
            {t('me.token_revoke')}
          </Button>
        }
        detail={
          lastUsedAt === null
            ? t('me.token_unused')
            : t('me.token_used', { when: sayMoment(lastUsedAt, saying) })
        }
        title={name}
      />
      {isAsking && (
        <Confirm
          act={t('me.token_revoke')}
          onAct={revoke}
          onClose={() => ask(false)}
          title={t('me.token_revoke_title', { name })}
        >
          {t('me.token_revoke_text')}
        </Confirm>
      )}
    </>
  )
}

interface MakeSheetProps {
  readonly onChange: () => Promise<void>
  readonly onClose: () => void
}

function MakeSheet({ onChange, onClose }: MakeSheetProps) {
  const t = useWords(meWords)
  const [name, setName] = useState('')
  const [token, setToken] = useState<string | null>(null)
  const make = async () => {
    setToken(await createApiToken(name.trim()))
    await onChange()
  }
  if (token !== null) return <TokenSheet onClose={onClose} token={token} />
  return (
    <FormSheet
      act={t('me.token_create')}
      isReady={name.trim() !== ''}
      onClose={onClose}
      onSubmit={make}
      title={t('me.token_new')}
    >
      <TextField
        autoFocus
        hint={t('me.token_name_hint')}
        label={t('me.token_name')}
        maxLength={60}
        onChange={setName}
        value={name}
      />
    </FormSheet>
  )
}

function TokenSheet({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const t = useWords(meWords)
  const toast = useToast()
  const copy = async () => {
    await navigator.clipboard.writeText(token)
    toast({ text: t('me.token_copied') })
  }
  return (
    <Sheet
      foot={
        <Button icon="copy" look="primary" onClick={copy}>
          {t('me.token_copy')}
        </Button>
      }
      onClose={onClose}
      title={t('me.token_new')}
    >
      <p>{t('me.token_once')}</p>
      <code className={css.secret}>{token}</code>
    </Sheet>
  )
}

// Password, second factor, sessions and personal tokens. They live on the server, so that they need the network.
import { useCallback, useEffect, useState } from 'react'
import { Refused } from '#core/refused.ts'
import { useWords } from '#web/language.tsx'
import { useDeviceStatus } from '#web/live.tsx'
import { type ApiToken, apiTokens, type Me, ownSessions, type Session, whoAmI } from '#web/session.ts'
import { Section } from '#web/ui/list.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { PasswordRow } from './me-password.tsx'
import { SecondFactorRow } from './me-second-factor.tsx'
import { SessionRows } from './me-sessions.tsx'
import { TokenRows } from './me-tokens.tsx'

interface Account {
  readonly me: Me
  readonly tokens: readonly ApiToken[]
  readonly sessions: readonly Session[]
}

export function SafetySection() {
  const t = useWords(meWords)
  const [account, setAccount] = useState<Account | 'away' | null>(null)
  const load = useCallback(async () => {
    try {
      const [me, tokens, sessions] = await Promise.all([whoAmI(), apiTokens(), ownSessions()])
      setAccount({ me, tokens, sessions })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setAccount('away')
    }
  }, [])
  // Asked again when the network comes back.
  const { connection } = useDeviceStatus()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of connection is the reason to ask
  useEffect(() => {
    void load()
  }, [load, connection])
  if (account === null) return <Section title={t('me.safety')}>{null}</Section>
  if (account === 'away') {
    return (
      <Section title={t('me.safety')}>
        <p className={css.padded}>{t('me.offline_safety')}</p>
      </Section>
    )
  }
  return (
    <>
      <Section title={t('me.safety')}>
        <PasswordRow onChange={load} />
        <SecondFactorRow isOn={account.me.user.twoFactorEnabled} onChange={load} />
      </Section>
      <SessionRows onChange={load} sessions={account.sessions} />
      <TokenRows onChange={load} tokens={account.tokens} />
    </>
  )
}

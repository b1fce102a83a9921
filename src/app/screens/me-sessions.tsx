// Where somebody is signed in, and the way to end it there: for a phone that was lost.
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { endOneSession, endOtherSessions, type Session } from '#web/session.ts'
import { Button } from '#web/ui/button.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { meWords } from './me.words.ts'

interface SessionRowsProps {
  readonly sessions: readonly Session[]
  readonly onChange: () => Promise<void>
}

export function SessionRows({ sessions, onChange }: SessionRowsProps) {
  const t = useWords(meWords)
  const act = useAct()
  const end = async (ending: () => Promise<void>) => {
    if (await act(ending, { text: t('me.session_ended') })) await onChange()
  }
  return (
    <Section
      action={
        sessions.length > 2 && (
          <Button look="quiet" onClick={() => end(endOtherSessions)} small>
            {t('me.session_end_others')}
          </Button>
        )
      }
      count={sessions.length}
      title={t('me.sessions')}
    >
      <List label={t('me.sessions')}>
        {sessions
          .toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.usedAt.localeCompare(a.usedAt))
          .map((session) => (
            <SessionRow
              key={session.id}
              onEnd={() => end(() => endOneSession(session.id))}
              session={session}
            />
          ))}
      </List>
    </Section>
  )
}

function SessionRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const t = useWords(meWords)
  const saying = useSaying()
  const { agent, address, usedAt, isThisOne } = session
  const when = t('me.session_used', { when: sayMoment(usedAt, saying) })
  return (
    <ListRow
      aside={
        isThisOne ? (
          <StatusMark tone="done">{t('me.session_this')}</StatusMark>
        ) : (
          <Button look="quiet" onClick={onEnd} small>
            {t('me.session_end')}
          </Button>
        )
      }
      detail={
        <span title={exactMoment(usedAt, saying.language)}>
          {[when, address].filter(Boolean).join(' · ')}
        </span>
      }
      title={agent === null ? t('me.session_unknown') : browserIn(agent)}
    />
  )
}

const browsers = [
  ['MicroMessenger', 'WeChat'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['HarmonyOS', 'HarmonyOS'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['Windows', 'Windows'],
  ['Linux', 'Linux'],
] as const

/** Chrome · Android, from what a browser calls itself; the whole of it where nothing is known. */
export function browserIn(agent: string): string {
  const named = (names: readonly (readonly [sign: string, name: string])[]) =>
    names.find(([sign]) => agent.includes(sign))?.[1]
  return [named(browsers), named(systems)].filter(Boolean).join(' · ') || agent.slice(0, 60)
}

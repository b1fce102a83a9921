// What needs a person: acts that were refused, and values that two people changed at once.
import { useState } from 'react'
import { registry } from '#app/registry.ts'
import type { Json, JsonObject } from '#core/json.ts'
import type { RefusedMutation } from '#sync/device/device.ts'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment } from '#web/dates.ts'
import { useLanguage, useRefusalText, useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { fieldLabel } from '#web/refusal-text.ts'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'
import { ConflictCard } from './me-conflicts.tsx'
import { MendSheet } from './me-mend.tsx'
import { useOpenConflicts } from './me-open-conflicts.ts'
import { useSayValue } from './me-values.ts'

export function Attention() {
  const t = useWords(meWords)
  const { refused } = useDeviceStatus()
  const conflicts = useOpenConflicts()
  const count = refused.length + conflicts.length
  if (count === 0) return null
  return (
    <Section count={count} title={t('me.attention')}>
      {refused.map((each) => (
        <RefusedCard key={each.n} refused={each} />
      ))}
      {conflicts.map((each) => (
        <ConflictCard conflict={each} key={each.id} />
      ))}
    </Section>
  )
}

/** What the act is called on its button: 保存拜访. */
export function useActName(): (name: string) => string {
  const { language, catalogue } = useLanguage()
  return (name) => catalogue[`do.${name}`]?.[language] ?? name
}

function RefusedCard({ refused }: { readonly refused: RefusedMutation }) {
  const t = useWords(meWords)
  const device = useDevice()
  const act = useAct()
  const actName = useActName()
  const refusalText = useRefusalText()
  const saying = useSaying()
  const [open, setOpen] = useState<'mend' | 'discard' | null>(null)
  const close = () => setOpen(null)
  const discard = () => {
    close()
    void act(() => device.discard(refused.n), { text: t('me.discarded') })
  }
  return (
    <div className={css.card}>
      <p className={css.cardTitle}>
        <StatusMark tone="late">{t('me.refused')}</StatusMark>
      </p>
      <p className={css.cardMeta} title={exactMoment(refused.at, saying.language)}>
        {t('me.refused_at', { act: actName(refused.name), when: sayMoment(refused.at, saying) })}
      </p>
      <p className={css.cardWhy}>{refusalText(refused)}</p>
      <Written args={refused.args} name={refused.name} />
      <div className={css.actions}>
        <Button icon="edit" onClick={() => setOpen('mend')} small>
          {t('me.mend')}
        </Button>
        <Button look="quiet" onClick={() => setOpen('discard')} small>
          {t('me.discard')}
        </Button>
      </div>
      {open === 'mend' && <MendSheet onClose={close} refused={refused} />}
      {open === 'discard' && (
        <Confirm act={t('me.discard')} onAct={discard} onClose={close} title={t('me.discard_title')}>
          {t('me.discard_text')}
        </Confirm>
      )}
    </div>
  )
}

/** What was written, in one line: nobody should have to guess which entry this is. */
function Written({ name, args }: { readonly name: string; readonly args: JsonObject }) {
  const { language, catalogue } = useLanguage()
  const sayValue = useSayValue()
  const subject = name.split('.')[0] ?? name
  const fields = registry.mutations.get(name)?.args ?? {}
  const parts = Object.entries(fields).flatMap(([field, facts]) => {
    const value: Json = args[field] ?? null
    if (value === null || facts.kind === 'id' || typeof value === 'object') return []
    return [`${fieldLabel(field, name, { language, catalogue })} ${sayValue(subject, field, facts, value)}`]
  })
  return <p className={css.written}>{parts.join(' · ')}</p>
}

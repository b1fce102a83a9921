// Sign-out, which says what would be lost.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '#web/language.tsx'
import { useDeviceStatus } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { useDoor } from '../shell-door.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'

export function Leave() {
  const t = useWords(meWords)
  const navigate = useNavigate()
  const { leave } = useDoor()
  const { pending, refused } = useDeviceStatus()
  const [isAsking, ask] = useState(false)
  const count = pending.filter(({ state }) => state !== 'accepted').length + refused.length
  const go = async () => {
    await leave()
    navigate('/sign-in', { replace: true })
  }
  return (
    <div className={css.padded}>
      <Button full icon="leave" onClick={() => ask(true)}>
        {t('me.leave')}
      </Button>
      {isAsking && (
        <Confirm
          act={count > 0 ? t('me.leave_anyway', { count }) : t('me.leave')}
          onAct={go}
          onClose={() => ask(false)}
          title={t('me.leave_title')}
        >
          {count > 0 && <p className={css.warn}>{t('me.leave_unsent', { count })}</p>}
          {t('me.leave_text')}
        </Confirm>
      )}
    </div>
  )
}

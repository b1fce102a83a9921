import { useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { takeUpdate, useUpdateReady } from '#web/update.ts'
import css from './shell.module.css'
import { shellWords } from './shell.words.ts'
import { useDoor } from './shell-door.tsx'

/** The session is over: what is written stays here until somebody signs in again. */
export function SessionBar() {
  const t = useWords(shellWords)
  const { state } = useDoor()
  if (state.kind !== 'in' || !state.isSessionOver) return null
  return (
    <div className={css.update}>
      <Banner
        action={
          <ButtonLink look="quiet" small to="/sign-in">
            {t('locked.sign_in')}
          </ButtonLink>
        }
        icon="key"
        inset={false}
        tone="watch"
      >
        {t('session.over')}
      </Banner>
    </div>
  )
}

/** 新版本已就绪 · 更新. */
export function UpdateBar() {
  const t = useWords(shellWords)
  if (!useUpdateReady()) return null
  return (
    <div className={css.update}>
      <Banner
        action={
          <Button look="quiet" onClick={takeUpdate} small>
            {t('update.take')}
          </Button>
        }
        inset={false}
        tone="act"
      >
        {t('update.ready')}
      </Banner>
    </div>
  )
}

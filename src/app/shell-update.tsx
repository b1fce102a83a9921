import { syncWords } from '#sync/sync.words.ts'
import { useWords } from '#web/language.tsx'
import { useDeviceStatus } from '#web/live.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { lookForUpdate, takeUpdate, useUpdateReady } from '#web/update.ts'
import css from './shell.module.css'
import { shellWords } from './shell.words.ts'

/** 新版本已就绪 · 更新; when the server does not follow this version any more, it says so first. */
export function UpdateBar() {
  const t = useWords(shellWords)
  const s = useWords(syncWords)
  const isReady = useUpdateReady()
  const isOutdated = useDeviceStatus().connection === 'outdated'
  if (!isReady && !isOutdated) return null
  return (
    <div className={css.update}>
      <Banner
        action={
          <Button look="quiet" onClick={isReady ? takeUpdate : lookForUpdate} small>
            {t('update.take')}
          </Button>
        }
        inset={false}
        tone={isOutdated ? 'watch' : 'act'}
      >
        {isOutdated ? s('app.outdated') : t('update.ready')}
      </Banner>
    </div>
  )
}

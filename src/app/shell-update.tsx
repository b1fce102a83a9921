import { useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { takeUpdate, useUpdateReady } from '#web/update.ts'
import css from './shell.module.css'
import { shellWords } from './shell.words.ts'

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

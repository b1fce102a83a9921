// The way in: the circle that every customer goes round beside what is asked.
import type { ReactNode } from 'react'
import { languages } from '#core/words.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Logo } from '#web/ui/logo.tsx'
import { useTitle } from '#web/ui/page.tsx'
import { accessWords } from './access.words.ts'
import { Circle } from './sign-in-circle.tsx'
import css from './sign-in-frame.module.css'

interface AccessFrameProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

export function AccessFrame({ title, lead, children }: AccessFrameProps) {
  const t = useWords(accessWords)
  const kit = useWords(kitWords)
  useTitle(title)
  return (
    <div className={css.frame}>
      <aside className={css.art}>
        <Circle />
        <p className={css.motto}>{t('access.motto')}</p>
        <p className={css.about}>{t('access.about')}</p>
      </aside>
      <main className={css.main}>
        <header className={css.top}>
          <span className={css.brand}>
            <Logo size={34} />
            {kit('product')}
          </span>
          <LanguageSwitch />
        </header>
        <div className={css.form}>
          <h1 className={css.title}>{title}</h1>
          {lead !== undefined && <p className={css.lead}>{lead}</p>}
          {children}
        </div>
        <div className={css.tail}>
          <div aria-hidden="true" className={css.watermark}>
            <Circle />
          </div>
          <p className={css.foot}>{t('access.motto')}</p>
        </div>
      </main>
    </div>
  )
}

function LanguageSwitch() {
  const t = useWords(accessWords)
  const { language, setLanguage } = useLanguage()
  const other = languages.find((each) => each !== language) ?? language
  return (
    <Button lang={other} look="quiet" onClick={() => setLanguage(other)} small>
      {t('access.language')}
    </Button>
  )
}

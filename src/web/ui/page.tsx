// One screen: its title, what stands beside it, and the primary action within reach of the thumb.
import { type ReactNode, useEffect } from 'react'
import { useNavigate } from 'react-router'
import { cx } from '../class-names.ts'
import { useWords } from '../language.tsx'
import { IconButton } from './button.tsx'
import { kitWords } from './kit.words.ts'
import css from './page.module.css'

interface PageProps {
  /** Names the screen, also in the browser's tab; `heading` may show it otherwise. */
  readonly title: string
  readonly heading?: ReactNode
  /** One line under the title. */
  readonly lead?: ReactNode
  /** At the top right: sync state, a menu. */
  readonly aside?: ReactNode
  /** Where the way back leads; a path, or `true` for where one came from. */
  readonly back?: string | true
  /** The primary action: at the bottom on the phone, at the end on the desktop. */
  readonly action?: ReactNode
  /** `measure` (default): a comfortable column. `wide`: tables and two columns. `full`: all there is. */
  readonly width?: 'measure' | 'wide' | 'full'
  readonly children: ReactNode
}

export function Page({ title, heading, lead, aside, back, action, width = 'measure', children }: PageProps) {
  useTitle(title)
  return (
    <div className={cx(css.page, css[width], action !== undefined && css.hasBar)}>
      <header className={css.head}>
        {back !== undefined && <Back to={back} />}
        <div className={css.titles}>
          <h1 className={css.title}>{heading ?? title}</h1>
          {lead !== undefined && <p className={css.lead}>{lead}</p>}
        </div>
        {aside !== undefined && <div className={css.aside}>{aside}</div>}
      </header>
      {children}
      {action !== undefined && <div className={css.bar}>{action}</div>}
    </div>
  )
}

/** The name of the screen in the browser's tab and history. */
export function useTitle(title: string): void {
  const t = useWords(kitWords)
  const product = t('product')
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
}

function Back({ to }: { readonly to: string | true }) {
  const t = useWords(kitWords)
  const navigate = useNavigate()
  const go = () => (to === true ? navigate(-1) : navigate(to))
  return (
    <div className={css.back}>
      <IconButton icon="back" label={t('back')} onClick={go} />
    </div>
  )
}

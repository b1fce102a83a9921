// What is shown when there is nothing to show: a wrong address, a fault.
import type { ReactNode } from 'react'
import { useRouteError } from 'react-router'
import { useWords } from '#web/language.tsx'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import { shellWords } from './shell.words.ts'
import css from './shell-faults.module.css'

export function NotFoundScreen() {
  const t = useWords(shellWords)
  return (
    <Page title={t('lost.title')}>
      <EmptyState
        action={
          <ButtonLink look="primary" to="/">
            {t('lost.home')}
          </ButtonLink>
        }
        drawing="search"
      >
        {t('lost.text')}
      </EmptyState>
    </Page>
  )
}

/** Instead of a screen that threw. */
export function FaultScreen() {
  const t = useWords(shellWords)
  const fault = useRouteError()
  return (
    <Alone>
      <Page title={t('broken.title')}>
        <EmptyState
          action={
            <Button icon="sync" look="primary" onClick={() => location.reload()}>
              {t('broken.again')}
            </Button>
          }
          drawing="circle"
        >
          {t('broken.text')}
          <code className={css.fault}>{fault instanceof Error ? fault.message : String(fault)}</code>
        </EmptyState>
      </Page>
    </Alone>
  )
}

function Alone({ children }: { readonly children: ReactNode }) {
  return <main className={css.alone}>{children}</main>
}

// A list on its way in: file, columns, check, done. What has been brought in before stands below.
import { useCallback, useEffect, useState } from 'react'
import { Refused } from '#core/refused.ts'
import { type ImportChoices, noChoices } from '#features/imports/import-choices.rules.ts'
import type { ImportTargetName } from '#features/imports/import-view.rules.ts'
import { useRefusalText, useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { Page } from '#web/ui/page.tsx'
import { importsWords } from './imports.words.ts'
import { bringIn, type HandedIn, handIn, importHistory, lookAgain, type Run } from './imports-api.ts'
import { CheckStep } from './imports-check.tsx'
import { ColumnsStep } from './imports-columns.tsx'
import { DoneStep } from './imports-done.tsx'
import { FileStep } from './imports-file.tsx'
import { ImportHistory } from './imports-history.tsx'
import { Steps } from './imports-steps.tsx'

type Stage =
  | { readonly step: 'file' }
  | { readonly step: 'columns' | 'check'; readonly handedIn: HandedIn }
  | { readonly step: 'done'; readonly run: Run }

type History = Awaited<ReturnType<typeof importHistory>> | 'loading' | Refused

export function ImportsScreen() {
  const t = useWords(importsWords)
  const refusalText = useRefusalText()
  const [history, reload] = useHistory()
  const flow = useFlow(reload)
  const { stage } = flow
  const isClosed = history instanceof Refused && history.code === 'not_found'
  return (
    <Page lead={t('imports.lead')} title={t('imports.title')} width="wide">
      {isClosed ? (
        <EmptyState drawing="circle">{t('imports.none_may')}</EmptyState>
      ) : (
        <>
          <Steps at={stage.step} />
          {flow.refused && <Banner tone="late">{refusalText(flow.refused)}</Banner>}
          <Stages flow={flow} may={history === 'loading' || history instanceof Refused ? [] : history.may} />
          {stage.step === 'file' && history instanceof Refused && (
            <Banner
              action={
                <Button onClick={reload} small>
                  {t('imports.retry')}
                </Button>
              }
              tone="watch"
            >
              {t('imports.history_failed')}
            </Banner>
          )}
          {(stage.step === 'file' || stage.step === 'done') &&
            history !== 'loading' &&
            !(history instanceof Refused) && <ImportHistory onChange={reload} runs={history.runs} />}
        </>
      )}
    </Page>
  )
}

function Stages({ flow, may }: { readonly flow: Flow; readonly may: readonly ImportTargetName[] }) {
  const { stage, isBusy } = flow
  switch (stage.step) {
    case 'file':
      return <FileStep busyWith={flow.fileName} may={may} onFile={flow.take} />
    case 'columns':
      return (
        <ColumnsStep
          {...stage.handedIn}
          isBusy={isBusy}
          onAgain={flow.restart}
          onNext={flow.check}
          onSay={flow.say}
        />
      )
    case 'check':
      return (
        <CheckStep {...stage.handedIn} isBusy={isBusy} onBack={flow.back} onRun={flow.run} onSay={flow.say} />
      )
    case 'done':
      return <DoneStep onChange={flow.changed} onNext={flow.restart} run={stage.run} />
  }
}

export interface Flow {
  readonly stage: Stage
  readonly isBusy: boolean
  /** The file that is being read. */
  readonly fileName: string | null
  readonly refused: Refused | null
  readonly take: (target: ImportTargetName, file: File) => void
  readonly say: (said: Partial<ImportChoices>) => void
  readonly check: () => void
  readonly back: () => void
  readonly run: () => void
  readonly restart: () => void
  readonly changed: () => void
}

function useFlow(reload: () => void): Flow {
  const [stage, go] = useState<Stage>({ step: 'file' })
  const [fileName, setFileName] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [refused, refuse] = useState<Refused | null>(null)
  const attempt = async (act: () => Promise<Stage>) => {
    setBusy(true)
    refuse(null)
    try {
      go(await act())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refuse(error)
    } finally {
      setBusy(false)
      setFileName(null)
    }
  }
  const open = stage.step === 'columns' || stage.step === 'check' ? stage : null
  return {
    stage,
    isBusy,
    fileName,
    refused,
    take: (target, file) => {
      setFileName(file.name)
      void attempt(async () => ({ step: 'columns', handedIn: await handIn(target, file) }))
    },
    say: (said) => {
      if (open === null) return
      const { id, view } = open.handedIn
      const choices = { ...noChoices, ...view.choices, ...said }
      void attempt(async () => ({ step: open.step, handedIn: await lookAgain(id, choices) }))
    },
    check: () => open && go({ ...open, step: 'check' }),
    back: () => open && go({ ...open, step: 'columns' }),
    run: () => {
      if (open === null) return
      const { id, view } = open.handedIn
      void attempt(async () => ({ step: 'done', run: await bringIn(id, view.choices) })).then(reload)
    },
    restart: () => {
      refuse(null)
      go({ step: 'file' })
    },
    changed: reload,
  }
}

function useHistory(): readonly [History, () => void] {
  const [history, set] = useState<History>('loading')
  const reload = useCallback(() => {
    importHistory().then(set, (error: unknown) => {
      if (!(error instanceof Refused)) throw error
      set(error)
    })
  }, [])
  useEffect(reload, [reload])
  return [history, reload]
}

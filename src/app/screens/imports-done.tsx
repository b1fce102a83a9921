import { useLanguage, useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Facts, Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import { problemsLink, type Run } from './imports-api.ts'
import { UndoButton } from './imports-undo.tsx'

interface DoneStepProps {
  readonly run: Run
  readonly onNext: () => void
  /** It was undone. */
  readonly onChange: () => void
}

/** What became of the list, and the way to take it back. */
export function DoneStep({ run, onNext, onChange }: DoneStepProps) {
  const t = useWords(importsWords)
  const { language } = useLanguage()
  const undone = () => {
    onChange()
    onNext()
  }
  return (
    <div className={css.stepBody}>
      <Section title={run.fileName}>
        <p className={css.note}>
          <StatusMark tone="done">{t('imports.done')}</StatusMark>
        </p>
        <Facts
          facts={[
            [t('imports.count.create'), run.createdRows],
            [t('imports.count.fill'), run.filledRows],
            [t('imports.count.skip'), run.passedRows],
            [t('imports.count.refused'), run.refusedRows],
          ]}
        />
        {run.refusedRows > 0 && (
          <p className={css.note}>
            <a download href={problemsLink(run.id, 'xlsx', language)}>
              {t('imports.download_xlsx')}
            </a>{' '}
            {t('imports.problems_hint')}
          </p>
        )}
      </Section>
      <div className={css.foot}>
        <UndoButton onDone={undone} run={run} />
        <Button look="primary" onClick={onNext}>
          {t('imports.next')}
        </Button>
      </div>
    </div>
  )
}

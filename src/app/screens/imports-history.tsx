import { useSaying } from '#web/clock.ts'
import { sayMoment } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark, Tag } from '#web/ui/mark.tsx'
import { importsWords } from './imports.words.ts'
import type { Run } from './imports-api.ts'
import { UndoButton } from './imports-undo.tsx'

interface ImportHistoryProps {
  readonly runs: readonly Run[]
  readonly onChange: () => void
}

/** The latest imports of the organisation. */
export function ImportHistory({ runs, onChange }: ImportHistoryProps) {
  const t = useWords(importsWords)
  const saying = useSaying()
  return (
    <Section title={t('imports.history')}>
      {runs.length === 0 && <EmptyState>{t('imports.history_none')}</EmptyState>}
      <List>
        {runs.map((run) => (
          <ListRow
            aside={
              run.status === 'undone' ? (
                <StatusMark icon="undo" tone="calm">
                  {t('imports.status.undone')}
                </StatusMark>
              ) : (
                <UndoButton onDone={onChange} run={run} small />
              )
            }
            detail={t('imports.history_detail', {
              when: sayMoment(run.createdAt, saying),
              created: run.createdRows.toLocaleString('en'),
              filled: run.filledRows.toLocaleString('en'),
              refused: run.refusedRows.toLocaleString('en'),
            })}
            key={run.id}
            title={
              <>
                {run.fileName} <Tag>{t(`imports.${run.target}`)}</Tag>
              </>
            }
          />
        ))}
      </List>
    </Section>
  )
}

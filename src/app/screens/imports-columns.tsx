// The columns of the list and the fields they go to.
import type { ImportChoices } from '#features/imports/import-choices.rules.ts'
import type { ImportColumn, ImportView } from '#features/imports/import-view.rules.ts'
import { cx } from '#web/class-names.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { ChoiceField } from '#web/ui/fields.tsx'
import { Section } from '#web/ui/list.tsx'
import { StatusMark } from '#web/ui/mark.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import { fieldsOf, type ImportTexts, useImportTexts } from './imports-texts.ts'

interface ColumnsStepProps {
  readonly fileName: string
  readonly view: ImportView
  readonly isBusy: boolean
  readonly onSay: (said: Partial<ImportChoices>) => void
  readonly onNext: () => void
  readonly onAgain: () => void
}

/** From here on the header is the field's own or nearly. */
const sure = 0.85

export function ColumnsStep({ fileName, view, isBusy, onSay, onNext, onAgain }: ColumnsStepProps) {
  const t = useWords(importsWords)
  const texts = useImportTexts(view.target)
  const isForbidden = view.columns.some(({ forbidden }) => forbidden !== null)
  // A territory is chosen in the next step.
  const blocked = view.blocked.filter(({ code }) => code !== 'import.territory_needed')
  const match = (column: number, field: string | null) =>
    onSay({
      columns: [...(view.choices.columns ?? []).filter((each) => each.column !== column), { column, field }],
    })
  return (
    <div aria-busy={isBusy} className={cx(css.stepBody, isBusy && css.busy)}>
      <p className={css.fileName}>
        <Icon name="note" size={18} />
        {t('imports.summary', { name: fileName, rows: view.sheets[view.sheet]?.rows ?? 0 })}
      </p>
      {blocked.map(({ code, details }) => (
        <Banner key={code} tone="late">
          {texts.problem(code, details)}
        </Banner>
      ))}
      {view.warnings.map(({ code, details }) => (
        <Banner key={code} tone="watch">
          {texts.problem(code, details)}
        </Banner>
      ))}
      {!isForbidden && <WhereHeader onSay={onSay} view={view} />}
      {view.columns.length > 0 && (
        <Section count={view.columns.length} title={t('imports.columns')}>
          <ul>
            {view.columns.map((column) => (
              <ColumnRow
                column={column}
                isClosed={isForbidden}
                key={column.column}
                onMatch={match}
                target={view.target}
                texts={texts}
              />
            ))}
          </ul>
        </Section>
      )}
      <div className={css.foot}>
        <Button onClick={onAgain}>{t('imports.another')}</Button>
        <Button disabled={blocked.length > 0} look="primary" onClick={onNext}>
          {t('imports.to_check')}
        </Button>
      </div>
    </div>
  )
}

/** Which sheet and which line; only where there is a choice. */
function WhereHeader({ view, onSay }: Pick<ColumnsStepProps, 'view' | 'onSay'>) {
  const t = useWords(importsWords)
  const { sheets, sheet, top, headerLine } = view
  return (
    <div className={css.pair}>
      {sheets.length > 1 && (
        <ChoiceField
          label={t('imports.sheet')}
          onChange={(chosen) => onSay({ sheet: Number(chosen), headerLine: null, columns: null })}
          options={sheets.map(({ name, rows }, at) => ({
            value: String(at),
            label: t('imports.sheet_rows', { name, rows }),
          }))}
          value={String(sheet)}
        />
      )}
      <ChoiceField
        label={t('imports.header_line')}
        onChange={(line) => onSay({ headerLine: line === null ? null : Number(line), columns: null })}
        options={top.map(({ line, cells }) => ({
          value: String(line),
          label: t('imports.header_at', { line, cells: cells.filter(Boolean).slice(0, 4).join(' · ') }),
        }))}
        value={headerLine === null ? null : String(headerLine)}
      />
    </div>
  )
}

interface ColumnRowProps {
  readonly column: ImportColumn
  /** The file is gone; nothing can be said about it any more. */
  readonly isClosed: boolean
  readonly target: ImportView['target']
  readonly texts: ImportTexts
  readonly onMatch: (column: number, field: string | null) => void
}

function ColumnRow({
  column: { column, header, field, score, samples, forbidden },
  isClosed,
  target,
  texts,
  onMatch,
}: ColumnRowProps) {
  const t = useWords(importsWords)
  const name = header.trim() === '' ? t('imports.no_header', { column: column + 1 }) : header
  return (
    <li className={cx(css.column, forbidden !== null && css.forbidden)}>
      <div className={css.columnFrom}>
        <span className={css.columnName}>{name}</span>
        {forbidden === null && (
          <span className={css.quiet}>
            {samples.length === 0 ? t('imports.no_samples') : samples.join(' · ')}
          </span>
        )}
      </div>
      <span aria-hidden="true" className={css.arrow}>
        →
      </span>
      {forbidden === null ? (
        <div className={css.columnTo}>
          <select
            aria-label={t('imports.field_of', { header: name })}
            className={cx(css.select, field === null && css.out)}
            disabled={isClosed}
            onChange={(event) => onMatch(column, event.currentTarget.value || null)}
            value={field ?? ''}
          >
            <option value="">{t('imports.leave_out')}</option>
            {fieldsOf[target].map((each) => (
              <option key={each} value={each}>
                {texts.field(each)}
              </option>
            ))}
          </select>
          {field !== null && score < sure && <StatusMark tone="watch">{t('imports.guess')}</StatusMark>}
        </div>
      ) : (
        <div className={css.columnTo}>
          <StatusMark tone="late">{t('imports.forbidden')}</StatusMark>
          <p className={css.reason}>{texts.problem(`import.forbidden.${forbidden}`, {})}</p>
        </div>
      )}
    </li>
  )
}

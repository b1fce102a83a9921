// Rows of the list: those with something wrong in words, the first ones as a table.
import { useState } from 'react'
import type { ImportView, ShownRow } from '#features/imports/import-view.rules.ts'
import { cx } from '#web/class-names.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Section } from '#web/ui/list.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import { fieldsOf, type ImportTexts } from './imports-texts.ts'

interface RowsProps {
  readonly view: ImportView
  readonly texts: ImportTexts
}

const atFirst = 8

export function ProblemRows({ view, texts }: RowsProps) {
  const t = useWords(importsWords)
  const [isOpen, open] = useState(false)
  const rows = view.preview.filter(({ fate }) => fate === 'refused' || fate === 'ask')
  const shown = isOpen ? rows : rows.slice(0, atFirst)
  return (
    <>
      <p className={css.note}>{t('imports.problems_hint')}</p>
      <ul>
        {shown.map((row) => (
          <li className={css.problemRow} key={row.line}>
            <span className={css.lineNumber}>{t('imports.line', { line: row.line })}</span>
            <span className={css.problemName}>{texts.value('name', row.values.name)}</span>
            <ul className={css.problemTexts}>
              {row.problems.map(({ field, code, params, severity }) => (
                <li key={`${field} ${code}`}>
                  <Icon name={severity === 'error' ? 'late' : 'watch'} size={16} />
                  <span>
                    {texts.field(field)}：{texts.problem(code, params)}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && (
        <div className={css.moreRow}>
          <Button look="quiet" onClick={() => open(true)} small>
            {t('imports.more', { count: rows.length - shown.length })}
          </Button>
        </div>
      )}
    </>
  )
}

const tableRows = 12
const toneOf: { readonly [F in ShownRow['fate']]: Tone } = {
  create: 'done',
  fill: 'act',
  skip: 'calm',
  ask: 'watch',
  refused: 'late',
}

export function PreviewTable({ view, texts }: RowsProps) {
  const t = useWords(importsWords)
  const mapped = new Set(view.columns.flatMap(({ field }) => field ?? []))
  const rows = view.preview
    .filter(({ fate }) => fate !== 'refused' && fate !== 'ask')
    .slice(0, tableRows)
    .sort((a, b) => a.line - b.line)
  const fields = fieldsOf[view.target].filter(
    (field) => mapped.has(field) || rows.some(({ values }) => (values[field] ?? null) !== null),
  )
  if (rows.length === 0) return null
  return (
    <Section count={t('imports.preview_hint', { count: rows.length })} title={t('imports.preview')}>
      <section
        aria-label={t('imports.preview_hint', { count: rows.length })}
        className={css.tableFrame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard
        tabIndex={0}
      >
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('imports.result')}</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {texts.field(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PreviewRow fields={fields} key={row.line} row={row} texts={texts} />
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}

interface PreviewRowProps {
  readonly row: ShownRow
  readonly fields: readonly string[]
  readonly texts: ImportTexts
}

function PreviewRow({ row, fields, texts }: PreviewRowProps) {
  const t = useWords(importsWords)
  return (
    <tr>
      <td className={css.lineNumber}>{row.line}</td>
      <td>
        <StatusMark tone={toneOf[row.fate]}>{t(`imports.fate.${row.fate}`)}</StatusMark>
      </td>
      {fields.map((field) => {
        const problems = row.problems.filter((each) => each.field === field)
        const remark = problems.map(({ code, params }) => texts.problem(code, params)).join(' ')
        return (
          <td className={cx(problems.length > 0 && css.marked)} key={field} title={remark || undefined}>
            {texts.value(field, row.values[field])}
            {problems.length > 0 && <span className={css.remark}>{remark}</span>}
          </td>
        )
      })}
    </tr>
  )
}

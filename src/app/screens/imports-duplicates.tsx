// A row of the list beside what it may be; somebody says what is to become of it.
import { useState } from 'react'
import type { ImportChoices, RowFate } from '#features/imports/import-choices.rules.ts'
import type { Facts, ImportView, ShownDuplicate } from '#features/imports/import-view.rules.ts'
import { cx } from '#web/class-names.ts'
import { useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { Section } from '#web/ui/list.tsx'
import { Tag } from '#web/ui/mark.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import type { ImportTexts } from './imports-texts.ts'

interface DuplicatesProps {
  readonly view: ImportView
  readonly texts: ImportTexts
  readonly onSay: (said: Partial<ImportChoices>) => void
}

const atFirst = 5

export function Duplicates({ view, texts, onSay }: DuplicatesProps) {
  const t = useWords(importsWords)
  const near = view.duplicates.filter(({ isCertain }) => !isCertain)
  const certain = view.duplicates.filter(({ isCertain }) => isCertain)
  const decide = (line: number, fate: RowFate) =>
    onSay({
      decisions: [...(view.choices.decisions ?? []).filter((each) => each.line !== line), { line, fate }],
    })
  return (
    <>
      {near.length > 0 && (
        <Section count={near.length} title={t('imports.undecided')}>
          <div className={css.allNear}>
            <SegmentedField
              label={t('imports.all_near')}
              onChange={(chosen) => onSay({ near: chosen })}
              options={(['ask', 'create', 'fill', 'skip'] as const).map((each) => ({
                value: each,
                label: t(`imports.fate.${each}`),
              }))}
              value={view.choices.near ?? 'ask'}
            />
          </div>
          <Pairs onDecide={decide} pairs={near} texts={texts} />
        </Section>
      )}
      {certain.length > 0 && (
        <details className={css.fold}>
          <summary>{t('imports.certain', { count: certain.length })}</summary>
          <Pairs onDecide={decide} pairs={certain} texts={texts} />
        </details>
      )}
    </>
  )
}

interface PairsProps {
  readonly pairs: readonly ShownDuplicate[]
  readonly texts: ImportTexts
  readonly onDecide: (line: number, fate: RowFate) => void
}

function Pairs({ pairs, texts, onDecide }: PairsProps) {
  const t = useWords(importsWords)
  const [count, show] = useState(atFirst)
  return (
    <>
      <ul>
        {pairs.slice(0, count).map((pair) => (
          <Pair key={pair.line} onDecide={onDecide} pair={pair} texts={texts} />
        ))}
      </ul>
      {pairs.length > count && (
        <div className={css.moreRow}>
          <Button look="quiet" onClick={() => show(count + 20)} small>
            {t('imports.more', { count: pairs.length - count })}
          </Button>
        </div>
      )}
    </>
  )
}

interface PairProps extends Pick<PairsProps, 'texts' | 'onDecide'> {
  readonly pair: ShownDuplicate
}

function Pair({ pair, texts, onDecide }: PairProps) {
  const t = useWords(importsWords)
  const { line, otherLine, row, other, reasons, fate } = pair
  const options: readonly RowFate[] = otherLine === null ? ['fill', 'create', 'skip'] : ['create', 'skip']
  return (
    <li className={css.duplicate}>
      <div className={css.sides}>
        <Side facts={row} other={other} texts={texts} title={t('imports.in_list', { line })} />
        <Side
          facts={other}
          other={row}
          texts={texts}
          title={otherLine === null ? t('imports.there') : t('imports.also_line', { line: otherLine })}
        />
      </div>
      <div className={css.decide}>
        <span className={css.reasons}>
          {reasons.map((reason) => (
            <Tag key={reason}>{texts.problem(`import.duplicate.${reason}`, {})}</Tag>
          ))}
        </span>
        <SegmentedField
          label={t('imports.what_to_do')}
          onChange={(chosen) => chosen && onDecide(line, chosen)}
          options={options.map((each) => ({ value: each, label: t(`imports.fate.${each}`) }))}
          value={fate === 'ask' || fate === 'refused' ? null : fate}
        />
      </div>
    </li>
  )
}

interface SideProps {
  readonly title: string
  readonly facts: Facts
  readonly other: Facts
  readonly texts: ImportTexts
}

function Side({ title, facts, other, texts }: SideProps) {
  const shown = Object.entries(facts).filter(([field, value]) => value !== null || other[field] !== null)
  return (
    <div className={css.side}>
      <h3 className={css.sideTitle}>{title}</h3>
      <dl className={css.sideFacts}>
        {shown.map(([field, value]) => (
          <div className={cx(css.sideFact, value !== other[field] && css.differs)} key={field}>
            <dt>{texts.field(field)}</dt>
            <dd>{texts.value(field, value) || '—'}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

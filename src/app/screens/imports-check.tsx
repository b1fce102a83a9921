// What would become of the rows, and what somebody has to say before they come in.
import { useState } from 'react'
import type { ImportChoices } from '#features/imports/import-choices.rules.ts'
import type { ImportView } from '#features/imports/import-view.rules.ts'
import { cx } from '#web/class-names.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckField } from '#web/ui/choices.tsx'
import { ChoiceField, TextField } from '#web/ui/fields.tsx'
import { Section } from '#web/ui/list.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import { problemsLink } from './imports-api.ts'
import { Duplicates } from './imports-duplicates.tsx'
import { Places } from './imports-places.tsx'
import { PreviewTable, ProblemRows } from './imports-rows.tsx'
import { useImportTexts } from './imports-texts.ts'

export interface CheckStepProps {
  readonly id: string
  readonly view: ImportView
  readonly isBusy: boolean
  readonly onSay: (said: Partial<ImportChoices>) => void
  readonly onBack: () => void
  readonly onRun: () => void
}

const counted = ['create', 'fill', 'skip', 'ask', 'refused', 'warning'] as const
const tones = {
  create: css.pine,
  fill: css.pine,
  skip: '',
  ask: css.amber,
  refused: css.cinnabar,
  warning: '',
}

export function CheckStep({ id, view, isBusy, onSay, onBack, onRun }: CheckStepProps) {
  const t = useWords(importsWords)
  const { language } = useLanguage()
  const texts = useImportTexts(view.target)
  const { counts, blocked } = view
  const coming = counts.create + counts.fill
  return (
    <div aria-busy={isBusy} className={cx(css.stepBody, isBusy && css.busy)}>
      <dl className={css.counts}>
        {counted.map((each) => (
          <div className={cx(css.count, counts[each] > 0 && tones[each])} key={each}>
            <dt>{t(`imports.count.${each}`)}</dt>
            <dd>{counts[each].toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {blocked.map(({ code, details }) => (
        <Banner key={code} tone="watch">
          {texts.problem(code, details)}
        </Banner>
      ))}
      <WholeList onSay={onSay} view={view} />
      {view.target === 'customer' && <Places onSay={onSay} view={view} />}
      <Duplicates onSay={onSay} texts={texts} view={view} />
      {counts.refused + counts.ask > 0 && (
        <Section
          action={
            <span className={css.links}>
              <a download href={problemsLink(id, 'xlsx', language)}>
                {t('imports.download_xlsx')}
              </a>
              <a download href={problemsLink(id, 'csv', language)}>
                {t('imports.download_csv')}
              </a>
            </span>
          }
          count={counts.refused + counts.ask}
          title={t('imports.problems')}
        >
          <ProblemRows texts={texts} view={view} />
        </Section>
      )}
      <PreviewTable texts={texts} view={view} />
      <div className={css.foot}>
        <Button onClick={onBack}>{t('imports.back_to_columns')}</Button>
        <Button busy={isBusy} disabled={coming === 0 || blocked.length > 0} look="primary" onClick={onRun}>
          {isBusy
            ? t('imports.running')
            : coming === 0
              ? t('imports.nothing')
              : t('imports.run', { count: coming.toLocaleString('en') })}
        </Button>
      </div>
    </div>
  )
}

/** What is said once for all rows. */
function WholeList({ view, onSay }: Pick<CheckStepProps, 'view' | 'onSay'>) {
  const t = useWords(importsWords)
  const { choices, territories, target } = view
  const [province, setProvince] = useState(choices.province ?? '')
  const [city, setCity] = useState(choices.city ?? '')
  const isChanged = province !== (choices.province ?? '') || city !== (choices.city ?? '')
  return (
    <Section title={t('imports.whole_list')}>
      <div className={css.whole}>
        <ChoiceField
          hint={t('imports.territory_hint')}
          label={t('imports.territory')}
          none={t('imports.territory_none')}
          onChange={(territoryId) => onSay({ territoryId })}
          options={territories.map(({ id, path }) => ({ value: id, label: path }))}
          value={choices.territoryId}
        />
        <TextField label={t('imports.province')} maxLength={40} onChange={setProvince} value={province} />
        <TextField label={t('imports.city')} maxLength={40} onChange={setCity} value={city} />
      </div>
      <div className={css.wholeFoot}>
        {target === 'customer' && (
          <CheckField
            label={t('imports.create_missing')}
            onChange={(createMissing) => onSay({ createMissing })}
            value={choices.createMissing === true}
          />
        )}
        {isChanged && (
          <Button
            onClick={() => onSay({ province: province.trim() || null, city: city.trim() || null })}
            small
          >
            {t('imports.apply')}
          </Button>
        )}
      </div>
    </Section>
  )
}

import { cx } from '#web/class-names.ts'
import { Icon } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'

const steps = ['file', 'columns', 'check', 'done'] as const

/** 文件 → 对应 → 检查 → 完成. */
export function Steps({ at }: { readonly at: (typeof steps)[number] }) {
  const t = useWords(importsWords)
  const now = steps.indexOf(at)
  return (
    <ol aria-label={t('imports.steps')} className={css.steps}>
      {steps.map((step, index) => (
        <li
          aria-current={step === at ? 'step' : undefined}
          className={cx(css.step, index < now && css.past, step === at && css.now)}
          key={step}
        >
          <span className={css.stepMark}>{index < now ? <Icon name="check" size={16} /> : index + 1}</span>
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}

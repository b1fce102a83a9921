import { useMantineColorScheme } from '@mantine/core'
import type { Language } from '#core/words.ts'
import { useLanguage, useWords } from '#web/language.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { Section } from '#web/ui/list.tsx'
import css from './me.module.css'
import { meWords } from './me.words.ts'

const schemes = ['auto', 'light', 'dark'] as const

export function LookSection() {
  const t = useWords(meWords)
  const { language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Section title={t('me.look')}>
      <div className={css.padded}>
        <SegmentedField<Language>
          label={t('me.language')}
          onChange={(next) => next && setLanguage(next)}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
          value={language}
        />
        <SegmentedField
          label={t('me.theme')}
          onChange={(next) => next && setColorScheme(next)}
          options={schemes.map((value) => ({ value, label: t(`me.theme.${value}`) }))}
          value={colorScheme}
        />
      </div>
    </Section>
  )
}

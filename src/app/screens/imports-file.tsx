// Where the list is handed in: what it is of, a place to drop it, an empty one to begin with.
import { type DragEvent, useRef, useState } from 'react'
import type { ImportTargetName } from '#features/imports/import-view.rules.ts'
import { cx } from '#web/class-names.ts'
import { Icon } from '#web/icons.tsx'
import { useLanguage, useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'
import { templateLink } from './imports-api.ts'

interface FileStepProps {
  readonly may: readonly ImportTargetName[]
  /** The file that is being read; null while none is. */
  readonly busyWith: string | null
  readonly onFile: (target: ImportTargetName, file: File) => void
}

export function FileStep({ may, busyWith, onFile }: FileStepProps) {
  const t = useWords(importsWords)
  const { language } = useLanguage()
  const [target, choose] = useState<ImportTargetName>('institution')
  return (
    <div className={css.block}>
      {may.length > 1 && (
        <SegmentedField
          label={t('imports.of_what')}
          onChange={(chosen) => choose(chosen ?? 'institution')}
          options={may.map((each) => ({ value: each, label: t(`imports.${each}`) }))}
          value={target}
        />
      )}
      {busyWith === null ? (
        <DropZone onFile={(file) => onFile(target, file)} />
      ) : (
        <div className={css.drop}>
          <p className={css.dropTitle} role="status">
            {t('imports.reading', { name: busyWith })}
          </p>
          <progress aria-label={t('imports.reading', { name: busyWith })} className={css.progress} />
        </div>
      )}
      <p className={css.under}>
        <a download href={templateLink(target, language)}>
          {t('imports.template')}
        </a>
        {may.length === 1 && <span>{t('imports.only_institutions')}</span>}
      </p>
    </div>
  )
}

function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useWords(importsWords)
  const input = useRef<HTMLInputElement>(null)
  const [isOver, over] = useState(false)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    over(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    // Dropping is for the mouse; the keyboard and the phone have the button inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      className={cx(css.drop, isOver && css.over)}
      onDragLeave={() => over(false)}
      onDragOver={(event) => {
        event.preventDefault()
        over(true)
      }}
      onDrop={onDrop}
    >
      <Icon name="imports" size={28} />
      <p className={css.dropTitle}>{t('imports.drop')}</p>
      <Button look="primary" onClick={() => input.current?.click()}>
        {t('imports.choose')}
      </Button>
      <input
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        aria-label={t('imports.choose')}
        className={css.hidden}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
        ref={input}
        tabIndex={-1}
        type="file"
      />
      <p className={css.quiet}>{t('imports.kinds')}</p>
    </div>
  )
}

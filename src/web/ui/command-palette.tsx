// ⌘K: places, acts and people by a few letters. The caller says what there is; this only finds and runs.
import { useId, useState } from 'react'
import { Icon, type IconName } from '../icons.tsx'
import { useWords } from '../language.tsx'
import css from './command-palette.module.css'
import { kitWords } from './kit.words.ts'
import { Sheet } from './sheet.tsx'

export interface Command {
  readonly key: string
  readonly label: string
  readonly detail?: string
  readonly icon: IconName
  readonly run: () => void
}

interface CommandPaletteProps {
  /** What fits the text, best first; at most a dozen are shown. */
  readonly find: (text: string) => readonly Command[]
  readonly onClose: () => void
}

const most = 12

export function CommandPalette({ find, onClose }: CommandPaletteProps) {
  const t = useWords(kitWords)
  const listId = useId()
  const [text, write] = useState('')
  const [at, move] = useState(0)
  const found = find(text.trim()).slice(0, most)
  const marked = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  return (
    <Sheet onClose={onClose} place="middle" title={t('palette.title')}>
      <input
        aria-activedescendant={marked >= 0 ? `${listId}-${marked}` : undefined}
        aria-controls={listId}
        aria-expanded="true"
        aria-label={t('palette.title')}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type into it
        autoFocus
        className={css.input}
        data-autofocus
        onChange={(event) => {
          write(event.currentTarget.value)
          move(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            move(Math.max(0, Math.min(found.length - 1, marked + step)))
          } else if (event.key === 'Enter') {
            event.preventDefault()
            run(found[marked])
          }
        }}
        role="combobox"
        value={text}
      />
      <div aria-label={t('palette.title')} className={css.results} id={listId} role="listbox">
        {found.map((command, index) => (
          // The keyboard works through the input, as in any combobox.
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input runs the marked one
          <div
            aria-selected={index === marked}
            className={css.result}
            id={`${listId}-${index}`}
            key={command.key}
            onClick={() => run(command)}
            role="option"
            tabIndex={-1}
          >
            <Icon name={command.icon} />
            {command.label}
            {command.detail !== undefined && <span className={css.detail}>{command.detail}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={css.nothing}>{t('palette.nothing')}</p>}
    </Sheet>
  )
}

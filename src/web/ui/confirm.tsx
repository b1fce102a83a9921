import type { ReactNode } from 'react'
import { useWords } from '../language.tsx'
import { Button } from './button.tsx'
import { kitWords } from './kit.words.ts'
import { Sheet } from './sheet.tsx'

interface ConfirmProps {
  /** The question. */
  readonly title: string
  /** What will happen and whether it can be undone. */
  readonly children: ReactNode
  /** The verb of the act: 放弃这条, never 确定. */
  readonly act: string
  readonly onAct: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, children, act, onAct, onClose }: ConfirmProps) {
  const t = useWords(kitWords)
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" onClick={onAct}>
            {act}
          </Button>
        </>
      }
      onClose={onClose}
      place="middle"
      title={title}
    >
      {children}
    </Sheet>
  )
}

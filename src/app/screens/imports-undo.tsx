// Taking a whole import back: asks first, then tells what stayed.
import { useState } from 'react'
import { useWords } from '#web/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { List, ListRow } from '#web/ui/list.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct, useToast } from '#web/ui/toast.tsx'
import { importsWords } from './imports.words.ts'
import { type Run, takeBack, type Undone } from './imports-api.ts'

interface UndoButtonProps {
  readonly run: Run
  readonly small?: boolean
  readonly onDone: () => void
}

export function UndoButton({ run, small = false, onDone }: UndoButtonProps) {
  const t = useWords(importsWords)
  const act = useAct()
  const toast = useToast()
  const [isAsking, ask] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [undone, set] = useState<Undone | null>(null)
  const undo = async () => {
    ask(false)
    setBusy(true)
    await act(async () => {
      const found = await takeBack(run.id)
      toast({ text: t('imports.undone', { removed: found.removed, restored: found.restored }) })
      if (found.kept.length > 0) set(found)
      else onDone()
    })
    setBusy(false)
  }
  const close = () => {
    set(null)
    onDone()
  }
  return (
    <>
      <Button
        busy={isBusy}
        icon="undo"
        look={small ? 'quiet' : 'plain'}
        onClick={() => ask(true)}
        small={small}
      >
        {t('imports.undo')}
      </Button>
      {isAsking && (
        <Confirm
          act={t('imports.undo')}
          onAct={undo}
          onClose={() => ask(false)}
          title={t('imports.undo_title', { name: run.fileName })}
        >
          {t('imports.undo_text')}
        </Confirm>
      )}
      {undone && (
        <Sheet onClose={close} title={t('imports.kept', { count: undone.kept.length })}>
          <List>
            {undone.kept.map(({ id, name, why }) => (
              <ListRow detail={t(`imports.kept.${why}`)} key={id} title={name} />
            ))}
          </List>
        </Sheet>
      )}
    </>
  )
}

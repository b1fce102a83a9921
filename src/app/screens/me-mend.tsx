// A refused act with its whole input, to be mended and sent again.
import { useState } from 'react'
import { registry } from '#app/registry.ts'
import { checkFields } from '#core/check.ts'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { RefusedMutation } from '#sync/device/device.ts'
import { DerivedForm } from '#web/derived-form.tsx'
import { useLanguage, useRefusalText, useWords } from '#web/language.tsx'
import { useDevice } from '#web/live.tsx'
import { fieldLabel, problemsByPath } from '#web/refusal-text.ts'
import { Banner } from '#web/ui/banner.tsx'
import { Button } from '#web/ui/button.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { meWords } from './me.words.ts'
import { useActName } from './me-attention.tsx'

interface MendSheetProps {
  readonly refused: RefusedMutation
  readonly onClose: () => void
}

export function MendSheet({ refused, onClose }: MendSheetProps) {
  const t = useWords(meWords)
  const device = useDevice()
  const act = useAct()
  const actName = useActName()
  const refusalText = useRefusalText()
  const { language, catalogue } = useLanguage()
  const [args, setArgs] = useState<JsonObject>(refused.args)
  const [problems, setProblems] = useState(() => problemsByPath(refused.details, language))
  const { name } = refused
  const fields = registry.mutations.get(name)?.args ?? {}
  const resend = async () => {
    try {
      checkFields(fields, args)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return setProblems(problemsByPath(error.details, language))
    }
    if (await act(() => device.resend(refused.n, args), { text: t('me.resent') })) onClose()
  }
  const speech = {
    labelOf: (path: string) => fieldLabel(path, name, { language, catalogue }),
    optionOf: (path: string, option: string) => {
      const subject = name.split('.')[0]
      return catalogue[`${subject}.${path.split('.').at(-1)}.${option}`]?.[language] ?? option
    },
    problemOf: (path: string) => problems.get(path) ?? null,
  }
  return (
    <Sheet
      foot={
        <Button look="primary" onClick={resend}>
          {t('me.resend')}
        </Button>
      }
      onClose={onClose}
      title={actName(name)}
    >
      <div style={{ marginBottom: 'var(--s4)' }}>
        <Banner inset={false} tone="late">
          {refusalText(refused)}
        </Banner>
      </div>
      <DerivedForm fields={fields} onChange={setArgs} speech={speech} values={args} />
    </Sheet>
  )
}

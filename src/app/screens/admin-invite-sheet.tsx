// Inviting a colleague: the server makes the account's link, so this needs the network.
import { useCallback, useState } from 'react'
import type { Role } from '#core/role.ts'
import { roles as allRoles } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { memberWords } from '#features/access/member.words.ts'
import { territoryTree } from '#features/territories/territory.queries.ts'
import { call } from '#web/api.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { ChipsField } from '#web/ui/choices.tsx'
import { ChoiceField, TextField } from '#web/ui/fields.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { adminWords } from './admin.words.ts'
import { PersonalLink } from './admin-link.tsx'

export function InviteSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(adminWords)
  const m = useWords(memberWords)
  const act = useAct()
  const device = useDevice()
  const tree = useLive(useCallback((view: View) => territoryTree(view), []))
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(['rep'])
  const [territoryId, setTerritory] = useState<string | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isReady = name.trim() !== '' && email.includes('@') && roles.length > 0
  const invite = async () => {
    setBusy(true)
    await act(async () => {
      const body = { name: name.trim(), email: email.trim(), roles, ...(territoryId ? { territoryId } : {}) }
      const made = await call<{ readonly link: string }>('/api/invitations', { method: 'POST', body })
      setLink(made.link)
      await device.sync()
    })
    setBusy(false)
  }
  if (link !== null) {
    return (
      <Sheet onClose={onClose} title={t('invited', { name: name.trim() })}>
        <PersonalLink link={link} />
      </Sheet>
    )
  }
  return (
    <Sheet
      foot={
        <Button busy={isBusy} disabled={!isReady} look="primary" onClick={() => void invite()}>
          {t('make_link')}
        </Button>
      }
      onClose={onClose}
      title={t('invite')}
    >
      <TextField autoFocus label={t('name')} maxLength={60} onChange={setName} value={name} />
      <TextField inputMode="email" label={t('email')} onChange={setEmail} type="email" value={email} />
      <ChipsField
        label={t('roles')}
        onChange={setRoles}
        options={allRoles.map((value) => ({ value, label: m(`role.${value}`) }))}
        value={roles}
      />
      <ChoiceField
        label={t('territory')}
        none={t('territory_later')}
        onChange={setTerritory}
        options={tree.map(({ territory, path }) => ({ value: territory.id, label: path }))}
        value={territoryId}
      />
    </Sheet>
  )
}

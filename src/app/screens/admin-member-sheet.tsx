// One colleague: name and roles, where he works, his access.
import { useCallback, useState } from 'react'
import type { RowOf } from '#core/entity.ts'
import { sameJson } from '#core/json.ts'
import { roles as allRoles } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { member as memberEntity } from '#features/access/member.entity.ts'
import {
  deactivateMember,
  editMember,
  reactivateMember,
  setRoles,
} from '#features/access/member.mutations.ts'
import { memberWords } from '#features/access/member.words.ts'
import { postingsOfMember, territoryTree } from '#features/territories/territory.queries.ts'
import { call } from '#web/api.ts'
import { useToday } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { ChipsField } from '#web/ui/choices.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { TextField } from '#web/ui/fields.tsx'
import { Facts } from '#web/ui/list.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { PersonalLink } from './admin-link.tsx'
import { Postings } from './admin-postings.tsx'
import { useMayChange } from './admin-rights.ts'

type Member = RowOf<typeof memberEntity>

interface MemberSheetProps {
  readonly memberId: string
  readonly onClose: () => void
}

export function MemberSheet({ memberId, onClose }: MemberSheetProps) {
  const found = useLive(useCallback((view: View) => view.get(memberEntity, memberId), [memberId]))
  const mayChange = useMayChange()
  const [link, setLink] = useState<string | null>(null)
  const t = useWords(adminWords)
  if (found === undefined) return null
  if (link !== null) {
    return (
      <Sheet onClose={onClose} title={`${t('reset')} · ${found.name}`}>
        <PersonalLink link={link} />
      </Sheet>
    )
  }
  return (
    <Sheet onClose={onClose} title={found.name}>
      {mayChange ? <MemberForm member={found} /> : <MemberFacts member={found} />}
      <MemberPostings memberId={memberId} />
      {mayChange && <Access member={found} onLink={setLink} />}
    </Sheet>
  )
}

function MemberFacts({ member: { email, roles } }: { readonly member: Member }) {
  const t = useWords(adminWords)
  const m = useWords(memberWords)
  return (
    <div className={css.bleed}>
      <Facts
        facts={[
          [t('email'), email],
          [t('roles'), roles.map((role) => m(`role.${role}`)).join('、')],
        ]}
      />
    </div>
  )
}

function MemberForm({ member }: { readonly member: Member }) {
  const t = useWords(adminWords)
  const m = useWords(memberWords)
  const mutate = useMutate()
  const act = useAct()
  const [name, setName] = useState(member.name)
  const [roles, choose] = useState(member.roles)
  const isRenamed = name.trim() !== member.name
  const isChanged = isRenamed || !sameJson([...roles].sort(), [...member.roles].sort())
  const save = () =>
    act(
      async () => {
        if (isRenamed) await mutate(editMember, { id: member.id, changes: { name } })
        if (!sameJson(roles, member.roles)) await mutate(setRoles, { id: member.id, roles })
      },
      { text: t('saved') },
    )
  return (
    <>
      <p className={css.hint}>{member.email}</p>
      <TextField label={t('name')} maxLength={60} onChange={setName} value={name} />
      <ChipsField
        label={t('roles')}
        onChange={choose}
        options={allRoles.map((value) => ({ value, label: m(`role.${value}`) }))}
        value={roles}
      />
      {isChanged && (
        <Button look="primary" onClick={() => void save()}>
          {t('save')}
        </Button>
      )}
    </>
  )
}

function MemberPostings({ memberId }: { readonly memberId: string }) {
  const today = useToday()
  const t = useWords(adminWords)
  const { postings, tree } = useLive(
    useCallback(
      (view: View) => ({ postings: postingsOfMember(view, memberId, today), tree: territoryTree(view) }),
      [memberId, today],
    ),
  )
  return (
    <Postings
      fixed={{ memberId }}
      nameOf={({ territory }) => territory?.name ?? ''}
      options={tree.map(({ territory, path }) => ({ value: territory.id, label: path }))}
      postings={postings}
      what={t('territory')}
    />
  )
}

interface AccessProps {
  readonly member: Member
  readonly onLink: (link: string) => void
}

/** A new password by link, and the end of access; neither touches what the colleague has done. */
function Access({ member: { id, name, isActive }, onLink }: AccessProps) {
  const t = useWords(adminWords)
  const mutate = useMutate()
  const act = useAct()
  const [isAsking, ask] = useState(false)
  const reset = () =>
    act(async () => {
      const path = `/api/admin/members/${id}/reset-link`
      onLink((await call<{ readonly link: string }>(path, { method: 'POST', body: {} })).link)
    })
  const end = () => {
    ask(false)
    void act(() => mutate(deactivateMember, { id }), { text: t('deactivated', { name }) })
  }
  const giveAgain = () =>
    void act(() => mutate(reactivateMember, { id }), { text: t('reactivated', { name }) })
  return (
    <div className={css.foot}>
      {isActive ? (
        <>
          <Button icon="key" onClick={() => void reset()}>
            {t('reset')}
          </Button>
          <Button icon="lock" look="danger" onClick={() => ask(true)}>
            {t('deactivate')}
          </Button>
        </>
      ) : (
        <Button look="primary" onClick={giveAgain}>
          {t('reactivate')}
        </Button>
      )}
      {isAsking && (
        <Confirm act={t('deactivate')} onAct={end} onClose={() => ask(false)} title={`${t('deactivate')}？`}>
          {t('deactivate_what', { name })}
        </Confirm>
      )}
    </div>
  )
}

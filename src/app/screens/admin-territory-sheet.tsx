// One territory: its name, its place in the tree, who works it.
import { useCallback, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { RowOf } from '#core/entity.ts'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { territory as territoryEntity } from '#features/territories/territory.entity.ts'
import {
  createTerritory,
  editTerritory,
  moveTerritory,
  removeTerritory,
} from '#features/territories/territory.mutations.ts'
import { postingsOfTerritory, territoryTree } from '#features/territories/territory.queries.ts'
import { subtreeOf } from '#features/territories/territory.rules.ts'
import { useToday } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { ChoiceField, TextField } from '#web/ui/fields.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { Postings } from './admin-postings.tsx'
import { useMayChange } from './admin-rights.ts'

type Territory = RowOf<typeof territoryEntity>

interface NewTerritorySheetProps {
  readonly parentId: string | null
  readonly onClose: () => void
}

export function NewTerritorySheet({ parentId, onClose }: NewTerritorySheetProps) {
  const t = useWords(adminWords)
  const mutate = useMutate()
  const act = useAct()
  const parents = useParents(null)
  const [name, setName] = useState('')
  const [parent, choose] = useState(parentId)
  const save = async () => {
    const args = { id: uuidv7(), name, parentId: parent }
    if (await act(() => mutate(createTerritory, args), { text: t('saved') })) onClose()
  }
  return (
    <Sheet
      foot={
        <Button disabled={name.trim() === ''} look="primary" onClick={() => void save()}>
          {t('save')}
        </Button>
      }
      onClose={onClose}
      title={t('territory_new')}
    >
      <TextField autoFocus label={t('name')} maxLength={60} onChange={setName} value={name} />
      <ChoiceField
        label={t('territory_parent')}
        none={t('territory_top')}
        onChange={choose}
        options={parents}
        value={parent}
      />
    </Sheet>
  )
}

interface TerritorySheetProps {
  readonly territoryId: string
  readonly onAddBelow: () => void
  readonly onClose: () => void
}

export function TerritorySheet({ territoryId, onAddBelow, onClose }: TerritorySheetProps) {
  const t = useWords(adminWords)
  const mayChange = useMayChange()
  const today = useToday()
  const { found, postings, members } = useLive(
    useCallback(
      (view: View) => ({
        found: view.get(territoryEntity, territoryId),
        postings: postingsOfTerritory(view, territoryId, today),
        members: view.all(member).filter(({ isActive }) => isActive),
      }),
      [territoryId, today],
    ),
  )
  if (found === undefined) return null
  return (
    <Sheet onClose={onClose} title={found.name}>
      {mayChange && <TerritoryForm territory={found} />}
      <Postings
        fixed={{ territoryId }}
        nameOf={(posting) => posting.member?.name ?? ''}
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
        postings={postings}
        what={t('colleague')}
      />
      {mayChange && (
        <div className={css.foot}>
          <Button icon="plus" onClick={onAddBelow}>
            {t('territory_below')}
          </Button>
          <Removal onDone={onClose} territory={found} />
        </div>
      )}
    </Sheet>
  )
}

function TerritoryForm({ territory }: { readonly territory: Territory }) {
  const t = useWords(adminWords)
  const mutate = useMutate()
  const act = useAct()
  const parents = useParents(territory.id)
  const [name, setName] = useState(territory.name)
  const [parentId, choose] = useState(territory.parentId)
  const isRenamed = name.trim() !== territory.name && name.trim() !== ''
  const isMoved = parentId !== territory.parentId
  const { id } = territory
  const save = () =>
    act(
      async () => {
        if (isRenamed) await mutate(editTerritory, { id, changes: { name } })
        if (isMoved) await mutate(moveTerritory, { id, parentId })
      },
      { text: t('saved') },
    )
  return (
    <>
      <TextField label={t('name')} maxLength={60} onChange={setName} value={name} />
      <ChoiceField
        label={t('territory_parent')}
        none={t('territory_top')}
        onChange={choose}
        options={parents}
        value={parentId}
      />
      {(isRenamed || isMoved) && (
        <Button look="primary" onClick={() => void save()}>
          {t('save')}
        </Button>
      )}
    </>
  )
}

function Removal({
  territory: { id, name },
  onDone,
}: {
  readonly territory: Territory
  readonly onDone: () => void
}) {
  const t = useWords(adminWords)
  const mutate = useMutate()
  const act = useAct()
  const [isAsking, ask] = useState(false)
  const remove = async () => {
    ask(false)
    if (await act(() => mutate(removeTerritory, { id }), { text: t('territory_removed', { name }) })) onDone()
  }
  return (
    <>
      <Button icon="remove" look="danger" onClick={() => ask(true)}>
        {t('territory_remove')}
      </Button>
      {isAsking && (
        <Confirm
          act={t('territory_remove')}
          onAct={() => void remove()}
          onClose={() => ask(false)}
          title={t('territory_remove')}
        >
          {t('territory_remove_what', { name })}
        </Confirm>
      )}
    </>
  )
}

/** Where a territory can be put: anywhere but into itself and what is below it. */
function useParents(ofId: string | null) {
  return useLive(
    useCallback(
      (view: View) => {
        const own = ofId === null ? new Set<string>() : subtreeOf(view, ofId)
        return territoryTree(view)
          .filter(({ territory }) => !own.has(territory.id))
          .map(({ territory, path }) => ({ value: territory.id, label: path }))
      },
      [ofId],
    ),
  )
}

// The tree of territories, each with who works it.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { territory as territoryEntity } from '#features/territories/territory.entity.ts'
import { postingsOfTerritory, territoryTree } from '#features/territories/territory.queries.ts'
import { useToday } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { useMayChange } from './admin-rights.ts'
import { NewTerritorySheet, TerritorySheet } from './admin-territory-sheet.tsx'

type Open =
  | { readonly kind: 'new'; readonly parentId: string | null }
  | { readonly kind: 'one'; readonly id: string }

export function AdminTerritories() {
  const t = useWords(adminWords)
  const mayChange = useMayChange()
  const today = useToday()
  const lines = useLive(useCallback((view: View) => treeWithPeople(view, today), [today]))
  const [open, setOpen] = useState<Open | null>(null)
  const add = (
    <Button icon="plus" look="primary" onClick={() => setOpen({ kind: 'new', parentId: null })}>
      {t('territory_new')}
    </Button>
  )
  return (
    <>
      {lines.length === 0 ? (
        <EmptyState action={mayChange && add} drawing="circle">
          {t('territory_none')}
        </EmptyState>
      ) : (
        <>
          {mayChange && <div className={css.tools}>{add}</div>}
          <Section count={lines.length} title={t('territories')}>
            <List label={t('territories')}>
              {lines.map(({ territory, depth, people, isLeaf }) => (
                <ListRow
                  detail={<People isLeaf={isLeaf} people={people} />}
                  key={territory.id}
                  onPress={() => setOpen({ kind: 'one', id: territory.id })}
                  title={territory.name}
                  {...(depth > 0 ? { lead: <Twigs depth={depth} /> } : {})}
                />
              ))}
            </List>
          </Section>
        </>
      )}
      {open?.kind === 'new' && <NewTerritorySheet onClose={() => setOpen(null)} parentId={open.parentId} />}
      {open?.kind === 'one' && (
        <TerritorySheet
          key={open.id}
          onAddBelow={() => setOpen({ kind: 'new', parentId: open.id })}
          onClose={() => setOpen(null)}
          territoryId={open.id}
        />
      )}
    </>
  )
}

/** Nobody at a node whose work is done below it is no vacancy. */
function People({ people, isLeaf }: { readonly people: readonly string[]; readonly isLeaf: boolean }) {
  const t = useWords(adminWords)
  if (people.length > 0) return people.join('、')
  return isLeaf ? <span className={css.vacant}>{t('vacant')}</span> : null
}

function Twigs({ depth }: { readonly depth: number }) {
  return (
    <span className={css.branch} style={{ paddingLeft: (depth - 1) * 24 + 4 }}>
      <span className={css.twig} />
    </span>
  )
}

function treeWithPeople(view: View, today: string) {
  return territoryTree(view).map((line) => ({
    ...line,
    isLeaf: view.where(territoryEntity, 'parentId', line.territory.id).length === 0,
    people: postingsOfTerritory(view, line.territory.id, today).flatMap(({ member, isCurrent }) =>
      isCurrent && member ? [member.name] : [],
    ),
  }))
}

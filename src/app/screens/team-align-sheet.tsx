// Handing customers over to another territory: choose whom, say where, and it can be taken back.
import { useCallback, useState } from 'react'
import type { View } from '#core/view.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { alignCustomers } from '#features/customers/customer.mutations.ts'
import { noFilters } from '#features/customers/customer-filters.rules.ts'
import { customerList } from '#features/customers/customer-list.queries.ts'
import { territoryTree } from '#features/territories/territory.queries.ts'
import { territoriesOf } from '#features/territories/territory.rules.ts'
import { useSaying } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive, useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckField } from '#web/ui/choices.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { ChoiceField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { SearchField } from '#web/ui/search-field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import css from './team.module.css'
import { teamWords } from './team.words.ts'
import { placeText } from './today-whom.ts'

export function AlignSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(teamWords)
  const territories = useOwnTerritories()
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [text, write] = useState('')
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const [isAsking, ask] = useState(false)
  const found = useCustomersOf(from, text)
  const align = useAlign(onClose)
  const nameOf = (id: string | null) => territories.find(({ value }) => value === id)?.name ?? ''
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    choose(next)
  }
  return (
    <Sheet
      foot={
        <Button disabled={chosen.size === 0 || to === null} look="primary" onClick={() => ask(true)}>
          {t('align.next', { count: chosen.size })}
        </Button>
      }
      onClose={onClose}
      title={t('align')}
    >
      <ChoiceField
        label={t('align.from')}
        none={t('align.choose')}
        onChange={(value) => {
          setFrom(value)
          choose(new Set())
        }}
        options={territories.filter(({ count }) => count > 0).map(withCount)}
        value={from}
      />
      <ChoiceField
        label={t('align.to')}
        none={t('align.choose')}
        onChange={setTo}
        options={territories.filter(({ value }) => value !== from)}
        value={to}
      />
      {from !== null && (
        <>
          <SearchField label={t('align.search')} onChange={write} value={text} />
          <div className={css.tools}>
            <Button onClick={() => choose(new Set([...chosen, ...found.map(({ id }) => id)]))} small>
              {t('align.all', { count: found.length })}
            </Button>
            <Button disabled={chosen.size === 0} look="quiet" onClick={() => choose(new Set())} small>
              {t('align.clear')}
            </Button>
          </div>
          <ul className={css.checks}>
            {found.map((row) => (
              <li className={css.check} key={row.id}>
                <CheckField
                  label={
                    <span>
                      {row.name}
                      <span className={css.checkPlace}>{placeText(row)}</span>
                    </span>
                  }
                  onChange={() => toggle(row.id)}
                  value={chosen.has(row.id)}
                />
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className={css.more}>{t('align.nobody')}</p>}
        </>
      )}
      {isAsking && to !== null && (
        <Confirm
          act={t('align.act')}
          onAct={() => void align({ ids: [...chosen], to, name: nameOf(to) })}
          onClose={() => ask(false)}
          title={t('align.confirm', { count: chosen.size })}
        >
          {t('align.what', { from: nameOf(from), to: nameOf(to) })}
        </Confirm>
      )}
    </Sheet>
  )
}

function withCount({ value, label, count }: { value: string; label: string; count: number }) {
  return { value, label: `${label} · ${count}` }
}

/** The territories within the manager's reach, as the tree names them. */
function useOwnTerritories() {
  const { lease } = useDevice()
  const { today } = useSaying()
  const { userId } = lease
  return useLive(
    useCallback(
      (view: View) => {
        const within = territoriesOf(view, userId, today)
        return territoryTree(view)
          .filter(({ territory }) => within.has(territory.id))
          .map(({ territory, path }) => ({
            value: territory.id,
            label: path,
            name: territory.name,
            count: view.where(customer, 'territoryId', territory.id).length,
          }))
      },
      [userId, today],
    ),
  )
}

function useCustomersOf(territoryId: string | null, search: string) {
  const { today } = useSaying()
  return useLive(
    useCallback(
      (view: View) =>
        customerList(view, { search, filters: noFilters, sort: 'name', today })
          .sections.flatMap(({ rows }) => rows)
          .filter(({ id }) => view.get(customer, id)?.territoryId === territoryId),
      [territoryId, search, today],
    ),
  )
}

interface Handing {
  readonly ids: readonly string[]
  readonly to: string
  readonly name: string
}

/** Hands over, and offers to give each customer back to the territory he came from. */
function useAlign(onDone: () => void): (handing: Handing) => Promise<void> {
  const t = useWords(teamWords)
  const k = useWords(kitWords)
  const { view } = useDevice()
  const mutate = useMutate()
  const act = useAct()
  return async ({ ids, to, name }) => {
    const before = new Map<string, string[]>()
    for (const id of ids) {
      const territoryId = view.get(customer, id)?.territoryId
      if (territoryId !== undefined) before.set(territoryId, [...(before.get(territoryId) ?? []), id])
    }
    const giveBack = async () => {
      for (const [territoryId, those] of before) await mutate(alignCustomers, { ids: those, territoryId })
    }
    const isDone = await act(() => mutate(alignCustomers, { ids, territoryId: to }), {
      text: t('align.done', { count: ids.length, to: name }),
      action: { label: k('undo'), run: () => void act(giveBack) },
    })
    if (isDone) onDone()
  }
}

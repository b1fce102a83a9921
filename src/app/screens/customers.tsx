// 客户: the list, and beside it (on the phone in its place) the customer who is open.
import { type ReactNode, useCallback, useMemo } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { reachOf } from '#core/role.ts'
import { masterData } from '#features/access/access.rules.ts'
import { addressOf, filtersFrom, sortFrom } from '#features/customers/customer-address.rules.ts'
import type { CustomerFilters, CustomerSort } from '#features/customers/customer-filters.rules.ts'
import { customerListWords } from '#features/customers/customer-list.words.ts'
import { CustomerListPane } from '#features/customers/customer-list-pane.tsx'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { useIsWide } from '#web/media.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useKeys } from '#web/ui/keyboard.ts'
import { useTitle } from '#web/ui/page.tsx'
import { SplitPane } from '#web/ui/split-pane.tsx'
import { SyncBadge } from '#web/ui/sync-badge.tsx'
import { CustomerDetail } from './customer.tsx'
import { CustomerCreateSheet } from './customer-create.tsx'
import css from './customers.module.css'

/** Both `/customers` and `/customers/:id`: one screen, so that the list stays as it was. */
export function CustomersScreen() {
  const { id = null } = useParams()
  const { address, filters, sort, onFilter, isCreating, create } = useAddress()
  const { lease } = useDevice()
  const mayAdd = reachOf(masterData, lease.roles) !== null
  const navigate = useNavigate()
  const isWide = useIsWide()
  // Beside the list one customer takes the place of the other; on the phone each is a step of its own.
  const replaces = isWide && id !== null
  const pathOf = useCallback((customerId: string) => `/customers/${customerId}${address}`, [address])
  const open = useCallback(
    (customerId: string) =>
      void navigate(pathOf(customerId), { state: { fromList: true }, replace: replaces }),
    [navigate, pathOf, replaces],
  )
  const add = useCallback(() => create(true), [create])
  const onAdd = mayAdd ? add : null
  const empty = useMemo(() => <NobodyYet onAdd={onAdd} />, [onAdd])
  useKeys(onAdd ? { n: onAdd } : {})
  return (
    <>
      <SplitPane
        detail={id === null ? null : <CustomerDetail id={id} key={id} listPath={`/customers${address}`} />}
        list={
          <div className={css.pane}>
            <ListHead isAlone={id === null} onAdd={onAdd} />
            <CustomerListPane
              addressOf={pathOf}
              chosenId={isWide ? id : null}
              empty={empty}
              filters={filters}
              onFilter={onFilter}
              onOpen={open}
              sort={sort}
            />
          </div>
        }
        placeholder={<Placeholder />}
      />
      {isCreating && (
        <CustomerCreateSheet
          onClose={() => create(false)}
          // The address with the sheet gives way to the customer's.
          onCreated={(customerId) => void navigate(pathOf(customerId), { replace: true })}
        />
      )}
    </>
  )
}

/** What the list is narrowed to, kept in the address; `?new` opens the sheet for a new customer. */
function useAddress() {
  const [params, setParams] = useSearchParams()
  const filters = useMemo(() => filtersFrom((name) => params.getAll(name)), [params])
  const sort = sortFrom((name) => params.getAll(name))
  const onFilter = useCallback(
    (next: CustomerFilters, order: CustomerSort) =>
      setParams(new URLSearchParams(addressOf(next, order).map(([name, value]) => [name, value])), {
        replace: true,
        preventScrollReset: true,
      }),
    [setParams],
  )
  const create = useCallback(
    (isCreating: boolean) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          if (isCreating) after.set('new', '')
          else after.delete('new')
          return after
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  )
  const kept = new URLSearchParams(params)
  kept.delete('new')
  const address = kept.size === 0 ? '' : `?${kept}`
  return { address, filters, sort, onFilter, isCreating: params.has('new'), create }
}

interface ListHeadProps {
  /** The list is all there is; otherwise the customer beside it names the screen. */
  readonly isAlone: boolean
  readonly onAdd: (() => void) | null
}

function ListHead({ isAlone, onAdd }: ListHeadProps) {
  const t = useWords(customerListWords)
  const isWide = useIsWide()
  const title = t('customers.title')
  return (
    <header className={css.head}>
      {isAlone ? <h1 className={css.title}>{title}</h1> : <p className={css.title}>{title}</p>}
      {isAlone && <ScreenTitle title={title} />}
      {!isWide && <SyncBadge />}
      {onAdd !== null && <IconButton icon="plus" label={t('customers.new')} onClick={onAdd} />}
    </header>
  )
}

function ScreenTitle({ title }: { readonly title: string }): ReactNode {
  useTitle(title)
  return null
}

function NobodyYet({ onAdd }: { readonly onAdd: (() => void) | null }) {
  const t = useWords(customerListWords)
  const { loading } = useDeviceStatus()
  if (loading === 'first') return <p className={css.loading}>{t('customers.loading')}</p>
  if (onAdd === null) return <EmptyState drawing="talk">{t('customers.none_readonly')}</EmptyState>
  return (
    <EmptyState
      action={
        <Button icon="plus" look="primary" onClick={onAdd}>
          {t('customers.new')}
        </Button>
      }
      drawing="talk"
    >
      {t('customers.none')}
    </EmptyState>
  )
}

function Placeholder() {
  const t = useWords(customerListWords)
  return (
    <div className={css.placeholder}>
      <EmptyState drawing="talk">
        {t('customers.choose')}
        <span className={css.keys}>{t('customers.keys')}</span>
      </EmptyState>
    </div>
  )
}

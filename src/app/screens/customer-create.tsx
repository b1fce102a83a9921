// A new customer, also without a network: who he is and, where it is known, where he works.
import { useCallback, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { uuidv7 } from 'uuidv7'
import { reachOf } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { masterData } from '#features/access/access.rules.ts'
import { createCustomer } from '#features/customers/customer.mutations.ts'
import { customerWords } from '#features/customers/customer.words.ts'
import { CustomerForm, emptyDraft, valuesOf } from '#features/customers/customer-form.tsx'
import { namesakes } from '#features/customers/customer-list.queries.ts'
import { usePlaceText } from '#features/customers/customer-row.tsx'
import { department } from '#features/institutions/department.entity.ts'
import { noWorkplace, WorkplaceFields } from '#features/institutions/workplace-fields.tsx'
import { territoryTree } from '#features/territories/territory.queries.ts'
import { territoriesOf } from '#features/territories/territory.rules.ts'
import { useToday } from '#web/clock.ts'
import { useFormProblems } from '#web/form-problems.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive, useMutate } from '#web/live.tsx'
import { loadPinyin } from '#web/pinyin.ts'
import { Button } from '#web/ui/button.tsx'
import { ChoiceField, type Option } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { customerPageWords } from './customer.words.ts'
import { writtenFields } from './customer-edit.tsx'
import css from './customer-form.module.css'
import { useDepartment } from './workplace-department.ts'

interface CustomerCreateSheetProps {
  readonly onClose: () => void
  readonly onCreated: (customerId: string) => void
}

const formFields = {
  ...writtenFields,
  territoryId: createCustomer.args.territoryId,
  newDepartment: { ...department.fields.name, nullable: true },
}

export function CustomerCreateSheet({ onClose, onCreated }: CustomerCreateSheetProps) {
  const t = useWords(customerPageWords)
  const tc = useWords(customerWords)
  const kit = useWords(kitWords)
  const territories = useTerritories()
  const [draft, write] = useState(emptyDraft)
  const [place, setPlace] = useState(noWorkplace)
  const [chosen, choose] = useState<string | null>(null)
  const territoryId = chosen ?? (territories.length === 1 ? (territories[0]?.value ?? null) : null)
  const { newDepartment } = place
  const { problem, check } = useFormProblems(formFields, { ...draft, territoryId, newDepartment })
  const create = useCreate(onCreated)
  useEffect(() => {
    // So that the new name is sorted and found by pinyin at once.
    void loadPinyin()
  }, [])
  const save = () => {
    if (check() && territoryId !== null) void create({ ...valuesOf(draft), territoryId }, place)
  }
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button disabled={territories.length === 0} look="primary" onClick={save}>
            {t('customer_page.create')}
          </Button>
        </>
      }
      onClose={onClose}
      title={tc('do.customer.create')}
    >
      {territories.length === 0 ? (
        <p>{t('customer_page.no_territory')}</p>
      ) : (
        <CustomerForm
          draft={draft}
          nameHint={<Namesakes name={draft.name} />}
          onChange={write}
          problem={problem}
        >
          <WorkplaceFields
            departmentProblem={problem('newDepartment')}
            draft={place}
            isOptional
            onChange={setPlace}
            problem={null}
          />
          {territories.length > 1 && (
            <ChoiceField
              label={tc('customer.territoryId')}
              onChange={choose}
              options={territories}
              problem={problem('territoryId')}
              value={territoryId}
            />
          )}
        </CustomerForm>
      )}
    </Sheet>
  )
}

type Given = ReturnType<typeof valuesOf> & { readonly territoryId: string }

/** Saves on this device, says so, and opens the new customer. */
function useCreate(onCreated: CustomerCreateSheetProps['onCreated']) {
  const t = useWords(customerPageWords)
  const mutate = useMutate()
  const act = useAct()
  const departmentOf = useDepartment()
  const [ids] = useState(() => ({ customer: uuidv7(), affiliation: uuidv7() }))
  return async (given: Given, place: typeof noWorkplace) => {
    const { institutionId } = place
    const created = async () => {
      const affiliation =
        institutionId === null
          ? null
          : { id: ids.affiliation, institutionId, departmentId: await departmentOf(place), position: null }
      await mutate(createCustomer, { id: ids.customer, ...given, affiliation })
    }
    if (!(await act(created, { text: t('customer_page.created', { name: given.name.trim() }) }))) return
    onCreated(ids.customer)
  }
}

/** Where this member may add customers: his own territories, or all for whom the whole is his. */
function useTerritories(): readonly Option<string>[] {
  const { lease } = useDevice()
  const today = useToday()
  const { userId, roles } = lease
  const isForAll = reachOf(masterData, roles) === 'organisation'
  return useLive(
    useCallback(
      (view: View) => {
        const own = territoriesOf(view, userId, today)
        return territoryTree(view)
          .filter(({ territory }) => isForAll || own.has(territory.id))
          .map(({ territory, path }) => ({ value: territory.id, label: path }))
      },
      [userId, today, isForAll],
    ),
  )
}

/** Somebody of the same name is shown while one writes, before he is written down twice. */
function Namesakes({ name }: { readonly name: string }) {
  const t = useWords(customerPageWords)
  const placeText = usePlaceText()
  const found = useLive(useCallback((view: View) => namesakes(view, name), [name]))
  if (found.length === 0) return null
  return (
    <span className={css.namesakes} role="status">
      {t('customer_page.namesake')}
      {found.slice(0, 3).map((row) => (
        <Link key={row.id} to={`/customers/${row.id}`}>
          {row.name} · {placeText(row)}
        </Link>
      ))}
    </span>
  )
}

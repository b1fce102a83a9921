// One place of work: added, corrected, made the main one, ended, or removed where it was a mistake.
import { useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { affiliation as entity } from '#features/customers/affiliation.entity.ts'
import {
  addAffiliation,
  editAffiliation,
  endAffiliation,
  makeAffiliationPrimary,
  removeAffiliation,
} from '#features/customers/affiliation.mutations.ts'
import { affiliationWords } from '#features/customers/customer.words.ts'
import type { Workplace } from '#features/customers/customer-page.queries.ts'
import { department } from '#features/institutions/department.entity.ts'
import {
  noWorkplace,
  type WorkplaceDraft,
  WorkplaceFields,
} from '#features/institutions/workplace-fields.tsx'
import { useToday } from '#web/clock.ts'
import { useFormProblems } from '#web/form-problems.ts'
import { useWords } from '#web/language.tsx'
import { useMutate } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckField } from '#web/ui/choices.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { DayField, FieldPair, TextField } from '#web/ui/fields.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { useAct } from '#web/ui/toast.tsx'
import { customerPageWords } from './customer.words.ts'
import css from './customer-form.module.css'
import { useDepartment } from './workplace-department.ts'

interface Draft extends WorkplaceDraft {
  readonly position: string
  readonly sinceOn: string
  readonly untilOn: string
}

export function WorkplaceAddSheet({
  customerId,
  onClose,
}: {
  readonly customerId: string
  readonly onClose: () => void
}) {
  const t = useWords(customerPageWords)
  const ta = useWords(affiliationWords)
  const mutate = useMutate()
  const act = useAct()
  const departmentOf = useDepartment()
  const [id] = useState(() => uuidv7())
  const [isPrimary, makePrimary] = useState(false)
  const form = useDraft({ ...noWorkplace, position: '', sinceOn: '', untilOn: '' })
  const add = async () => {
    const { institutionId } = form.draft
    if (!form.check() || institutionId === null) return
    const added = async () =>
      mutate(addAffiliation, {
        id,
        customerId,
        institutionId,
        departmentId: await departmentOf(form.draft),
        isPrimary,
        ...form.values,
      })
    if (await act(added, { text: t('workplace.saved') })) onClose()
  }
  return (
    <FormSheet onClose={onClose} onSave={add} title={t('workplace.add')}>
      <WorkplaceForm form={form} />
      <CheckField label={ta('affiliation.isPrimary')} onChange={makePrimary} value={isPrimary} />
    </FormSheet>
  )
}

interface WorkplaceSheetProps {
  readonly workplace: Workplace
  readonly onClose: () => void
}

export function WorkplaceSheet({ workplace, onClose }: WorkplaceSheetProps) {
  const t = useWords(customerPageWords)
  const mutate = useMutate()
  const act = useAct()
  const departmentOf = useDepartment()
  const { affiliation, institution } = workplace
  const { id, institutionId, departmentId, position, sinceOn, untilOn } = affiliation
  const form = useDraft({
    institutionId,
    departmentId,
    newDepartment: null,
    position: position ?? '',
    sinceOn: sinceOn ?? '',
    untilOn: untilOn ?? '',
  })
  const save = async () => {
    if (!form.check()) return
    const edited = async () =>
      mutate(editAffiliation, {
        id,
        changes: { departmentId: await departmentOf(form.draft), ...form.values },
      })
    if (await act(edited, { text: t('workplace.saved') })) onClose()
  }
  return (
    <FormSheet onClose={onClose} onSave={save} title={institution?.name ?? t('workplace.edit')}>
      <WorkplaceForm form={form} isFixed />
      <OtherActs onClose={onClose} workplace={workplace} />
    </FormSheet>
  )
}

function OtherActs({ workplace: { affiliation, hasEnded }, onClose }: WorkplaceSheetProps) {
  const t = useWords(customerPageWords)
  const ta = useWords(affiliationWords)
  const mutate = useMutate()
  const act = useAct()
  const today = useToday()
  const [isRemoving, remove] = useState(false)
  const { id, isPrimary, untilOn } = affiliation
  const done = async (mutation: () => Promise<void>, text: string) => {
    if (await act(mutation, { text })) onClose()
  }
  return (
    <div className={css.others}>
      {!isPrimary && !hasEnded && (
        <Button
          icon="place"
          look="quiet"
          onClick={() => done(() => mutate(makeAffiliationPrimary, { id }), t('workplace.made_primary'))}
        >
          {ta('do.affiliation.make_primary')}
        </Button>
      )}
      {untilOn === null && (
        <Button
          icon="leave"
          look="quiet"
          onClick={() => done(() => mutate(endAffiliation, { id, untilOn: today }), t('workplace.ended'))}
          title={t('workplace.end_lead')}
        >
          {t('workplace.end_today')}
        </Button>
      )}
      <Button icon="remove" look="quiet" onClick={() => remove(true)}>
        {ta('do.affiliation.remove')}
      </Button>
      {isRemoving && (
        <Confirm
          act={ta('do.affiliation.remove')}
          onAct={() => done(() => mutate(removeAffiliation, { id }), t('workplace.removed'))}
          onClose={() => remove(false)}
          title={t('workplace.remove_ask')}
        >
          {t('workplace.remove_what')}
        </Confirm>
      )}
    </div>
  )
}

const {
  institutionId: institutionField,
  position: positionField,
  sinceOn: sinceField,
  untilOn: untilField,
} = entity.fields

/** What is being written about a place of work, and what is wrong with it. */
function useDraft(before: Draft) {
  const t = useWords(customerPageWords)
  const [draft, set] = useState(before)
  const fields = {
    institutionId: institutionField,
    position: positionField,
    sinceOn: sinceField,
    untilOn: untilField,
    newDepartment: { ...department.fields.name, nullable: true },
  }
  const { problem, check } = useFormProblems(fields, draft)
  const [hasTried, attempt] = useState(false)
  const isTurned = draft.sinceOn !== '' && draft.untilOn !== '' && draft.untilOn < draft.sinceOn
  return {
    draft,
    set: (change: Partial<Draft>) => set({ ...draft, ...change }),
    problem: (name: keyof typeof fields) => {
      if (name === 'untilOn' && hasTried && isTurned) return t('workplace.order')
      if (name === 'institutionId' && problem(name) !== null) return t('workplace.needed')
      return problem(name)
    },
    check: () => {
      attempt(true)
      return check() && !isTurned
    },
    values: {
      position: draft.position.trim() || null,
      sinceOn: draft.sinceOn || null,
      untilOn: draft.untilOn || null,
    },
  }
}

interface WorkplaceFormProps {
  readonly form: ReturnType<typeof useDraft>
  readonly isFixed?: boolean
}

function WorkplaceForm({ form, isFixed = false }: WorkplaceFormProps) {
  const t = useWords(affiliationWords)
  const { draft, set, problem } = form
  return (
    <>
      <WorkplaceFields
        departmentProblem={problem('newDepartment')}
        draft={draft}
        isFixed={isFixed}
        onChange={set}
        problem={problem('institutionId')}
      />
      <TextField
        isOptional
        label={t('affiliation.position')}
        onChange={(position) => set({ position })}
        problem={problem('position')}
        value={draft.position}
      />
      <FieldPair>
        <DayField
          isOptional
          label={t('affiliation.sinceOn')}
          onChange={(sinceOn) => set({ sinceOn })}
          problem={problem('sinceOn')}
          value={draft.sinceOn}
        />
        <DayField
          isOptional
          label={t('affiliation.untilOn')}
          onChange={(untilOn) => set({ untilOn })}
          problem={problem('untilOn')}
          value={draft.untilOn}
        />
      </FieldPair>
    </>
  )
}

interface FormSheetProps {
  readonly title: string
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: React.ReactNode
}

function FormSheet({ title, onSave, onClose, children }: FormSheetProps) {
  const t = useWords(customerPageWords)
  const kit = useWords(kitWords)
  return (
    <Sheet
      foot={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button look="primary" onClick={onSave}>
            {t('workplace.save')}
          </Button>
        </>
      }
      onClose={onClose}
      title={title}
    >
      {children}
    </Sheet>
  )
}

// Where somebody works: an institution found by a few letters, then one of its departments.
import { useCallback } from 'react'
import type { View } from '#core/view.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { ChoiceField, TextField } from '#web/ui/fields.tsx'
import { PickField, type PickOption } from '#web/ui/pick-field.tsx'
import { department } from './department.entity.ts'
import { institution } from './institution.entity.ts'
import { departmentWords, institutionWords } from './institution.words.ts'
import { departmentsOf, findInstitutions, type Institution } from './institution-search.queries.ts'
import { workplaceWords } from './workplace.words.ts'

export interface WorkplaceDraft {
  readonly institutionId: string | null
  readonly departmentId: string | null
  /** The name of a department that is not there yet; null while one of those there is meant. */
  readonly newDepartment: string | null
}

export const noWorkplace: WorkplaceDraft = { institutionId: null, departmentId: null, newDepartment: null }

interface WorkplaceFieldsProps {
  readonly draft: WorkplaceDraft
  readonly onChange: (draft: WorkplaceDraft) => void
  readonly problem: string | null
  readonly departmentProblem: string | null
  readonly isOptional?: boolean
  /** The institution stands and only the department is chosen. */
  readonly isFixed?: boolean
}

/** As many as one looks through. */
const limit = 20

export function WorkplaceFields(props: WorkplaceFieldsProps) {
  const { draft, onChange, problem, isOptional = false, isFixed = false } = props
  const t = useWords(institutionWords)
  const tw = useWords(workplaceWords)
  const { view } = useDevice()
  const option = useOption()
  const { institutionId } = draft
  const chosen = useLive(
    useCallback(
      (live: View) => (institutionId === null ? undefined : live.get(institution, institutionId)),
      [institutionId],
    ),
  )
  return (
    <>
      {!isFixed && (
        <PickField
          find={(text) => findInstitutions(view, text, limit).map(option)}
          isOptional={isOptional}
          label={t('institution')}
          onChange={(next) => onChange({ ...noWorkplace, institutionId: next?.value ?? null })}
          placeholder={tw('workplace.find')}
          problem={problem}
          value={chosen ? option(chosen) : null}
        />
      )}
      {institutionId !== null && <DepartmentField {...props} institutionId={institutionId} />}
    </>
  )
}

interface DepartmentFieldProps extends WorkplaceFieldsProps {
  readonly institutionId: string
}

function DepartmentField({ draft, onChange, departmentProblem, institutionId }: DepartmentFieldProps) {
  const t = useWords(departmentWords)
  const tw = useWords(workplaceWords)
  const departments = useLive(
    useCallback((view: View) => departmentsOf(view, institutionId), [institutionId]),
  )
  const isNew = draft.newDepartment !== null || departments.length === 0
  if (isNew) {
    return (
      <TextField
        hint={
          departments.length > 0 && (
            <Button look="quiet" onClick={() => onChange({ ...draft, newDepartment: null })} small>
              {tw('workplace.choose_department')}
            </Button>
          )
        }
        isOptional
        label={t('department')}
        maxLength={department.fields.name.max ?? 60}
        onChange={(newDepartment) => onChange({ ...draft, departmentId: null, newDepartment })}
        placeholder={tw('workplace.department_example')}
        problem={departmentProblem}
        value={draft.newDepartment ?? ''}
      />
    )
  }
  return (
    <ChoiceField
      hint={
        <Button
          look="quiet"
          onClick={() => onChange({ ...draft, departmentId: null, newDepartment: '' })}
          small
        >
          {tw('workplace.other_department')}
        </Button>
      }
      isOptional
      label={t('department')}
      none="—"
      onChange={(departmentId) => onChange({ ...draft, departmentId })}
      options={departments.map(({ id, name }) => ({ value: id, label: name }))}
      problem={departmentProblem}
      value={draft.departmentId}
    />
  )
}

/** 北京协和医院, with 三级甲等 · 北京市 东城区 under it. */
function useOption(): (row: Institution) => PickOption {
  const t = useWords(institutionWords)
  return ({ id, name, level, city, district }) => {
    const place = [city, district].filter((part) => part !== null).join(' ')
    const detail = [level === null ? '' : t(`institution.level.${level}`), place].filter(Boolean).join(' · ')
    return { value: id, label: name, ...(detail === '' ? {} : { detail }) }
  }
}

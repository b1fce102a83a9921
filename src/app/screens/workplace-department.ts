import { uuidv7 } from 'uuidv7'
import { addDepartment } from '#features/institutions/institution.mutations.ts'
import { departmentsOf } from '#features/institutions/institution-search.queries.ts'
import type { WorkplaceDraft } from '#features/institutions/workplace-fields.tsx'
import { useDevice } from '#web/live.tsx'

/**
 * The id of the department that a draft means. One written by hand is added to the institution first, unless
 * one of that name is there already.
 */
export function useDepartment(): (draft: WorkplaceDraft) => Promise<string | null> {
  const device = useDevice()
  return async ({ institutionId, departmentId, newDepartment }) => {
    const name = newDepartment?.normalize('NFC').trim() ?? ''
    if (institutionId === null || name === '') return departmentId
    const known = departmentsOf(device.view, institutionId).find((each) => each.name === name)
    if (known) return known.id
    const id = uuidv7()
    await device.mutate(addDepartment, { id, institutionId, name })
    return id
  }
}

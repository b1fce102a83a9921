import { notFound } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { department } from './department.entity.ts'

/**
 * Whoever works in a department works at its institution.
 * @throws Refused `not_found` for a department that is none, or one of another institution
 */
export function* mustBelongTo(tx: Tx, departmentId: string | null, institutionId: string): Steps<void> {
  if (departmentId === null) return
  const found = yield* tx.need(department, departmentId)
  if (found.institutionId !== institutionId) throw notFound(department.name)
}

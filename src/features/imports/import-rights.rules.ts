import type { Mutation } from '#core/mutation.ts'
import { type Role, reachOf } from '#core/role.ts'
import type { ImportTargetName } from './import-view.rules.ts'

/** What bringing in a list of each kind consists of. */
const actsOfTarget: { readonly [T in ImportTargetName]: readonly string[] } = {
  institution: ['institution.create', 'institution.edit'],
  customer: ['institution.create', 'department.add', 'customer.create', 'customer.edit'],
}

/** Whoever may do by hand, throughout the organisation, all that an import does may import. */
export function mayImport(
  held: readonly Role[],
  target: ImportTargetName,
  mutations: ReadonlyMap<string, Pick<Mutation, 'rights'>>,
): boolean {
  return actsOfTarget[target].every((name) => {
    const rights = mutations.get(name)?.rights
    return rights !== undefined && reachOf(rights, held) === 'organisation'
  })
}

/** The roles a member of an organisation may hold; one member may hold several. */
export const roles = [
  'rep',
  'manager',
  'medical',
  'content',
  'compliance',
  'safety',
  'steward',
  'admin',
  'auditor',
] as const

export type Role = (typeof roles)[number]

/**
 * How far a right reaches. `territory`: rows in scopes one is a member of (own customers, a manager his
 * subtree). `organisation`: every row of one's organisation. `own`: only rows in one's private scope.
 */
export type Reach = 'own' | 'territory' | 'organisation'

/** Which roles may do it, and how far each reaches. A role that is absent may not do it at all. */
export type Rights = { readonly [R in Role]?: Reach }

const order: readonly Reach[] = ['own', 'territory', 'organisation']

/** The widest reach that these roles have under these rights; null where none of them has the right. */
export function reachOf(rights: Rights, held: readonly Role[]): Reach | null {
  let widest = -1
  for (const role of held) {
    const reach = rights[role]
    if (reach !== undefined) widest = Math.max(widest, order.indexOf(reach))
  }
  return order[widest] ?? null
}

// What the operator does about people at the command line. Nobody is signed in there, so the audit says that the
// system did it, and where.
import type { Pool } from 'pg'
import type { AnyRow } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { runInMemory } from '#core/mutation.ts'
import type { Role } from '#core/role.ts'
import type { Change } from '#core/transaction.ts'
import { member } from '#features/access/member.entity.ts'
import { createAccount, hasAccount, readEmail, resetAccount } from '#server/accounts/accounts.ts'
import { selectList, tableOf } from '#server/postgres/sql-columns.ts'
import { inOrg, transaction } from '#server/postgres/transaction.ts'
import { writeChanges } from '#sync/server/bulk.ts'
import { CommandFailed } from './command.ts'
import type { OrganisationLine, Workplace } from './workplace.ts'

export interface UserLine {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly isActive: boolean
  readonly hasAccount: boolean
}

export async function listUsers(owner: Pool, { orgId }: OrganisationLine): Promise<readonly UserLine[]> {
  const { rows } = await owner.query<UserLine>(
    `select m.id, m.email, m.name, m.roles, m.is_active as "isActive", u.id is not null as "hasAccount"
     from member m left join auth."user" u on u."orgId" = m.org_id::text and u."memberId" = m.id::text
     where m.org_id = $1 order by m.email`,
    [orgId],
  )
  return rows
}

interface NewUser {
  readonly orgId: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly password: string
}

/** @throws Refused what the act is refused with; CommandFailed for an address that has an account already */
export async function addUser(
  { database: { owner }, deps }: Workplace,
  { orgId, email: given, name, roles, password }: NewUser,
): Promise<void> {
  const email = readEmail(given)
  const taken = await owner.query('select 1 from auth."user" where email = $1', [email])
  if (taken.rowCount !== 0) throw new CommandFailed(`${email} has an account on this server already.`)
  const id = deps.newId()
  await actAsSystem({ deps }, orgId, { name: 'member.add', args: { id, name, email, roles } })
  await transaction(owner, orgId, (client) =>
    createAccount(client, { orgId, memberId: id, name, email, password }),
  )
}

export async function deactivateUser(
  { database: { owner }, deps }: Workplace,
  { orgId, email }: Pick<NewUser, 'orgId' | 'email'>,
): Promise<void> {
  const { id } = await userWith(owner, orgId, email)
  await actAsSystem({ deps }, orgId, { name: 'member.deactivate', args: { id } })
  await owner.query(
    `delete from auth.session s using auth."user" u
     where u.id = s."userId" and u."orgId" = $1 and u."memberId" = $2`,
    [orgId, id],
  )
}

/** Also for somebody who was invited and has no account yet. */
export async function resetPassword(
  owner: Pool,
  { orgId, email, password }: Pick<NewUser, 'orgId' | 'email' | 'password'>,
): Promise<void> {
  const { id, name, isActive } = await userWith(owner, orgId, email)
  if (!isActive)
    throw new CommandFailed(`${email} is deactivated. Reactivate the colleague in the app first.`)
  const account = { orgId, memberId: id, name, email, password }
  await transaction(owner, orgId, async (client) => {
    if (await hasAccount(client, orgId, id)) await resetAccount(client, account)
    else await createAccount(client, account)
  })
}

async function userWith(owner: Pool, orgId: string, email: string): Promise<UserLine> {
  const users = await listUsers(owner, { orgId, name: '' })
  const found = users.find((each) => each.email === email.trim().toLowerCase())
  if (!found) throw new CommandFailed(`There is nobody with the address ${email}. See rapport user list.`)
  return found
}

/** Nobody's id: what the act writes is put down to nobody afterwards. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function actAsSystem(
  { deps }: Pick<Workplace, 'deps'>,
  orgId: string,
  { name, args }: { readonly name: string; readonly args: JsonObject },
): Promise<void> {
  const mutation = deps.registry.mutations.get(name)
  if (!mutation) throw new Error(`no mutation ${name}`)
  const rows = new MemoryRows()
  const members = await inOrg(deps.pool, orgId, (client) =>
    client.query<AnyRow>(`select ${selectList(member)} from ${tableOf(member)} t where t.org_id = $1`, [
      orgId,
    ]),
  )
  for (const row of members.rows) rows.put(member, row)
  const now = deps.now()
  const context = { orgId, userId: nobody, roles: ['admin'] as const, at: now, now, pinyin: deps.pinyin }
  const changes = runInMemory(mutation, args, { context, read: rows.read }).changes().map(byNobody)
  await writeChanges(deps, { orgId, actor: null, name, reason: 'command line' }, changes)
}

function byNobody(change: Change): Change {
  const { before, after } = change
  if (after === null) return change
  return { ...change, after: { ...after, updatedBy: null, ...(before === null ? { createdBy: null } : {}) } }
}

// Accounts: who can sign in, with what, and on which devices he is. An account belongs to exactly one member of
// one organisation; who that is, and what he may do, is not known here.
import { hashPassword } from 'better-auth/crypto'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { checkFields } from '#core/check.ts'
import { isEmail } from '#core/email.ts'
import { text } from '#core/field.ts'
import { Refused } from '#core/refused.ts'
import { sqlState } from '#server/postgres/sql-state.ts'
import { type AccountAct, type ActAnswer, accountActs, callAct } from './accounts-acts.ts'
import { type Auth, openAuth, passwordLimits } from './accounts-auth.ts'
import { type Caller, openSessions, type Sessions } from './sessions.ts'

export type AccountsOptions = {
  /** How to reach the database as the owner. */
  readonly connection: pg.PoolConfig
  readonly publicUrl: string
  /** Signs cookies and seals second factors; at least 32 characters. */
  readonly secret: string
  /** Whether this member may be signed in now. */
  readonly isActive: (orgId: string, memberId: string) => Promise<boolean>
  readonly warn: (message: string) => void
}

export type NewAccount = {
  readonly orgId: string
  readonly memberId: string
  readonly name: string
  readonly email: string
  readonly password: string
}

export type Accounts = {
  /** Does one of the acts a signed-in or signing-in person can do with his own account. */
  act(name: AccountAct, input: unknown, caller: Caller): Promise<ActAnswer>
  readonly sessions: Sessions
  /** For the test that compares the migrated tables with what better-auth expects. */
  readonly auth: Auth
  close(): Promise<void>
}

const connections = 4
const duplicate = '23505'

/** Opens the accounts on their own few connections, whose search path is the schema `auth`. */
export function openAccounts({ connection, isActive, ...options }: AccountsOptions): Accounts {
  const pool = new pg.Pool({
    ...connection,
    options: `${connection.options ?? ''} -c search_path=auth`,
    application_name: 'rapport-accounts',
    max: connections,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  const auth = openAuth({
    ...options,
    pool,
    maySignIn: async (id) => isActive(...(await memberOf(pool, id))),
  })
  const sessions = openSessions(auth, pool, options.publicUrl)
  return {
    auth,
    sessions,
    async act(name, input, caller) {
      const session = await sessions.of(caller)
      const answer = await callAct(auth, accountActs[name], { input, caller })
      // Old sessions of the account end with its password and its factors; whoever is signed in is looked up anew.
      if (session) sessions.forget(session.authUserId)
      return answer
    },
    close: () => pool.end(),
  }
}

/**
 * Makes an account with a password. `client` is the owner's and may be in a transaction.
 * @throws Refused `input.invalid`; `account.email_taken` when any account of this server has the address
 */
export async function createAccount(client: pg.ClientBase, account: NewAccount): Promise<void> {
  const email = readEmail(account.email)
  await insertAccount(client, { ...account, email }, await hashPassword(readPassword(account.password)))
}

/** Accounts that share one password that everybody may know, as those of a demo; it is hashed once. */
export async function createAccountsAlike(
  client: pg.ClientBase,
  accounts: readonly Omit<NewAccount, 'password'>[],
  password: string,
): Promise<void> {
  const hash = await hashPassword(readPassword(password))
  for (const account of accounts) {
    await insertAccount(client, { ...account, email: readEmail(account.email) }, hash)
  }
}

async function insertAccount(
  client: pg.ClientBase,
  { name, email, orgId, memberId }: Omit<NewAccount, 'password'>,
  hash: string,
): Promise<void> {
  try {
    await client.query(
      `with person as (
         insert into auth."user" (id, name, email, "emailVerified", "orgId", "memberId")
         values ($1, $2, $3, true, $4, $5) returning id)
       insert into auth.account (id, "accountId", "providerId", "userId", password, "updatedAt")
       select $6, id, 'credential', id, $7, now() from person`,
      [uuidv7(), name, email, orgId, memberId, uuidv7(), hash],
    )
  } catch (error) {
    if (sqlState(error) === duplicate) throw new Refused('account.email_taken')
    throw error
  }
}

/** Sets a new password, takes the second factor off and ends all sessions. `client` is the owner's. */
export async function resetAccount(
  client: pg.ClientBase,
  { orgId, memberId, password }: Pick<NewAccount, 'orgId' | 'memberId' | 'password'>,
): Promise<void> {
  const hash = await hashPassword(readPassword(password))
  const { rows } = await client.query<{ id: string }>(
    `update auth."user" set "twoFactorEnabled" = false, "updatedAt" = now()
     where "orgId" = $1 and "memberId" = $2 returning id`,
    [orgId, memberId],
  )
  const id = rows[0]?.id ?? null
  await client.query(`update auth.account set password = $2, "updatedAt" = now() where "userId" = $1`, [
    id,
    hash,
  ])
  await client.query('delete from auth."twoFactor" where "userId" = $1', [id])
  await client.query('delete from auth.session where "userId" = $1', [id])
}

/** Whether this member has an account already. */
export async function hasAccount(client: pg.ClientBase, orgId: string, memberId: string): Promise<boolean> {
  const found = await client.query('select 1 from auth."user" where "orgId" = $1 and "memberId" = $2', [
    orgId,
    memberId,
  ])
  return found.rowCount === 1
}

/**
 * A new password as it is hashed: the same letters, however a keyboard composes them, give the same password.
 * @throws Refused `input.invalid` when it is shorter than 10 or longer than 200 characters
 */
export function readPassword(input: unknown, path = 'password'): string {
  checkFields({ [path]: text(passwordLimits) }, { [path]: input })
  // It has just been checked to be text; taken as given, because spaces at its ends count in a password.
  return (input as string).normalize('NFC')
}

/**
 * An e-mail address as it is kept.
 * @throws Refused `input.invalid` when it is none
 */
export function readEmail(input: string, path = 'email'): string {
  const email = input.trim().toLowerCase()
  if (isEmail(email)) return email
  throw new Refused('input.invalid', { problems: [{ path, code: 'email', params: {} }] })
}

async function memberOf(pool: pg.Pool, authUserId: string): Promise<[orgId: string, memberId: string]> {
  const { rows } = await pool.query<{ orgId: string; memberId: string }>(
    'select "orgId", "memberId" from "user" where id = $1',
    [authUserId],
  )
  const [person] = rows
  if (!person) throw new Error('an account signs in that is not there')
  return [person.orgId, person.memberId]
}

export type { AccountAct, Caller }

// Links by which a colleague sets his password: the invitation to a new account, or a new start when the old password
// or phone is lost. There is no mail server; the administrator hands the link on. Each works once, for seven days.
import type { Pool, PoolClient } from 'pg'
import { notFound, Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'
import { createAccount, hasAccount, readPassword, resetAccount } from '#server/accounts/accounts.ts'
import { newSecret, readSecret } from '#server/org-secret.ts'
import { inOrg, transaction } from '#server/postgres/transaction.ts'
import { noteInAudit } from '#sync/server/audit-note.ts'

export type LinkKind = 'invitation' | 'reset'

const lastingMs = 7 * 86_400_000

export interface NewLink {
  readonly orgId: string
  readonly memberId: string
  readonly kind: LinkKind
  readonly createdBy: string
  readonly id: string
  readonly now: string
}

export interface MadeLink {
  readonly id: string
  /** The secret that stands at the end of the link; known to nobody afterwards. */
  readonly secret: string
  readonly expiresAt: string
}

/** Makes a link; earlier ones of this member stop working. Within a transaction, of which it is the last. */
export async function makeLink(client: PoolClient, link: NewLink): Promise<MadeLink> {
  const { orgId, memberId, kind, createdBy, id, now } = link
  const { secret, hash } = newSecret(orgId)
  const expiresAt = new Date(Date.parse(now) + lastingMs).toISOString()
  await client.query(
    `update sign_in_link set revoked_at = $3
     where org_id = $1 and member_id = $2 and used_at is null and revoked_at is null`,
    [orgId, memberId, now],
  )
  await client.query(
    `insert into sign_in_link (org_id, id, member_id, kind, token_hash, created_at, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [orgId, id, memberId, kind, hash, now, createdBy, expiresAt],
  )
  const facts = { memberId, kind }
  await noteInAudit(client, { orgId, now, actor: createdBy, name: 'sign_in_link.make', id, facts })
  return { id, secret, expiresAt }
}

/** Of somebody who has left, or who begins anew: his tokens and links open nothing any more. */
export async function closeDoors(
  client: PoolClient,
  { orgId, memberId, now }: Pick<NewLink, 'orgId' | 'memberId' | 'now'>,
): Promise<void> {
  for (const [table, isOpen] of [
    ['api_token', 'revoked_at is null'],
    ['sign_in_link', 'revoked_at is null and used_at is null'],
  ]) {
    await client.query(
      `update ${table} set revoked_at = $3 where org_id = $1 and member_id = $2 and ${isOpen}`,
      [orgId, memberId, now],
    )
  }
}

export interface LinkLine {
  readonly id: string
  readonly kind: LinkKind
  readonly memberId: string
  readonly name: string
  readonly email: string
  readonly createdAt: string
  readonly expiresAt: string
}

/** Links of an organisation that still work, newest first; never their secrets. */
export async function listLinks(app: Pool, orgId: string, now: string): Promise<readonly LinkLine[]> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<LinkLine>(
      `select l.id, l.kind, l.member_id as "memberId", m.name, m.email,
         l.created_at as "createdAt", l.expires_at as "expiresAt"
       from sign_in_link l join member m on m.org_id = l.org_id and m.id = l.member_id
       where l.org_id = $1 and l.used_at is null and l.revoked_at is null and l.expires_at > $2
       order by l.created_at desc, l.id`,
      [orgId, now],
    ),
  )
  return rows
}

/** @throws Refused `not_found` when there is no such link that still works */
export async function revokeLink(
  app: Pool,
  orgId: string,
  { id, actor, now }: { readonly id: string; readonly actor: string; readonly now: string },
): Promise<void> {
  await transaction(app, orgId, async (client) => {
    const { rows } = await client.query<{ memberId: string }>(
      `update sign_in_link set revoked_at = $3
       where org_id = $1 and id = $2 and used_at is null and revoked_at is null returning member_id as "memberId"`,
      [orgId, id, now],
    )
    const [facts] = rows
    if (!facts) throw notFound('sign_in_link')
    await noteInAudit(client, { orgId, now, actor, name: 'sign_in_link.revoke', id, facts: { ...facts } })
  })
}

export interface Invited {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/**
 * Whom a link is for.
 * @throws Refused `link.not_valid` when it was used, revoked, has run out or never was: which, nobody learns
 */
export async function invitedBy(app: Pool, secret: string, now: string): Promise<Invited> {
  const known = readSecret(secret)
  if (known === null) throw new Refused('link.not_valid')
  const { rows } = await inOrg(app, known.orgId, (client) =>
    client.query<Invited>(
      `select o.name as organisation, m.name, m.email, m.roles
       from sign_in_link l
       join member m on m.org_id = l.org_id and m.id = l.member_id and m.is_active
       join organisation o on o.org_id = l.org_id
       where l.org_id = $1 and l.token_hash = $2 and l.used_at is null and l.revoked_at is null and l.expires_at > $3`,
      [known.orgId, known.hash, now],
    ),
  )
  const [invited] = rows
  if (!invited) throw new Refused('link.not_valid')
  return invited
}

export interface Taken {
  readonly orgId: string
  readonly memberId: string
  readonly email: string
}

/**
 * Uses a link: makes the account with this password, or gives the account it and closes every door that was open to
 * it: sessions and tokens may be in the hands of whoever has the lost phone.
 * @throws Refused `input.invalid` for the password; `link.not_valid`; `account.email_taken` when another organisation
 * of this server has an account with the address
 */
export async function takeLink(
  owner: Pool,
  secret: string,
  { password: given, now }: { readonly password: unknown; readonly now: string },
): Promise<Taken> {
  const password = readPassword(given)
  const known = readSecret(secret)
  if (known === null) throw new Refused('link.not_valid')
  const { orgId, hash } = known
  return transaction(owner, orgId, async (client) => {
    // Of two who use it at once the second waits here for the first and then finds it used.
    const { rows } = await client.query<{ id: string; memberId: string; name: string; email: string }>(
      `update sign_in_link l set used_at = $3 from member m
       where l.org_id = $1 and l.token_hash = $2 and l.used_at is null and l.revoked_at is null and l.expires_at > $3
         and m.org_id = l.org_id and m.id = l.member_id and m.is_active
       returning l.id, m.id as "memberId", m.name, m.email`,
      [orgId, hash, now],
    )
    const [link] = rows
    if (!link) throw new Refused('link.not_valid')
    const { id, ...member } = link
    const account = { orgId, password, ...member }
    const { memberId, email } = member
    if (await hasAccount(client, orgId, memberId)) {
      await resetAccount(client, account)
      await closeDoors(client, { orgId, memberId, now })
    } else await createAccount(client, account)
    await noteInAudit(client, {
      ...{ orgId, now, actor: memberId, name: 'sign_in_link.use', id },
      facts: { memberId },
    })
    return { orgId, memberId, email }
  })
}

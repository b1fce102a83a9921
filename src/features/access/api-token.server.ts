// Personal API tokens: programs of a member that act with his rights. The token is shown once and kept as a hash.
import type { Pool } from 'pg'
import { checkFields } from '#core/check.ts'
import { integer, maybe, text } from '#core/field.ts'
import { notFound, Refused } from '#core/refused.ts'
import { newSecret, readSecret } from '#server/org-secret.ts'
import { inOrg, transaction } from '#server/postgres/transaction.ts'
import { noteInAudit } from '#sync/server/audit-note.ts'

/** So that a token that leaked is recognised for what it is, by people and by scanners. */
const prefix = 'rpt_'

/** More than anybody has programs. */
const mostTokens = 20

const tokenFields = {
  name: text({ max: 60 }),
  /** Days until it ends by itself; null for a token that lasts until it is revoked. */
  days: maybe(integer({ min: 1, max: 366 })),
}

interface Owner {
  readonly orgId: string
  readonly userId: string
}

export interface ApiTokenLine {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly expiresAt: string | null
}

/**
 * Makes a token; `token` in the answer is never shown again.
 * @throws Refused `input.invalid`; `token.too_many` when he has twenty that are in use
 */
export async function createApiToken(
  app: Pool,
  { orgId, userId }: Owner,
  { input, id, now }: { readonly input: unknown; readonly id: string; readonly now: string },
): Promise<ApiTokenLine & { readonly token: string }> {
  const { name, days } = checkFields(tokenFields, input)
  const { secret, hash } = newSecret(orgId)
  const expiresAt = days === null ? null : new Date(Date.parse(now) + days * 86_400_000).toISOString()
  await transaction(app, orgId, async (client) => {
    const made = await client.query(
      `insert into api_token (org_id, id, member_id, name, token_hash, created_at, expires_at)
       select $1, $2, $3, $4, $5, $6, $7 where (
         select count(*) from api_token
         where org_id = $1 and member_id = $3 and revoked_at is null and (expires_at is null or expires_at > $6)
       ) < $8`,
      [orgId, id, userId, name, hash, now, expiresAt, mostTokens],
    )
    if (made.rowCount === 0) throw new Refused('token.too_many', { max: mostTokens })
    const facts = { memberId: userId, expiresAt }
    await noteInAudit(client, { orgId, now, actor: userId, name: 'api_token.make', id, facts })
  })
  return { id, name, createdAt: now, lastUsedAt: null, expiresAt, token: `${prefix}${secret}` }
}

/** The tokens of a member that are in use, newest first; never the tokens themselves. */
export async function listApiTokens(
  app: Pool,
  { orgId, userId }: Owner,
  now: string,
): Promise<readonly ApiTokenLine[]> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<ApiTokenLine>(
      `select id, name, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"
       from api_token
       where org_id = $1 and member_id = $2 and revoked_at is null and (expires_at is null or expires_at > $3)
       order by created_at desc, id`,
      [orgId, userId, now],
    ),
  )
  return rows
}

/** @throws Refused `not_found` when he has no such token */
export async function revokeApiToken(
  app: Pool,
  { orgId, userId }: Owner,
  { id, now }: { readonly id: string; readonly now: string },
): Promise<void> {
  await transaction(app, orgId, async (client) => {
    const revoked = await client.query(
      `update api_token set revoked_at = $4
       where org_id = $1 and member_id = $2 and id = $3 and revoked_at is null`,
      [orgId, userId, id, now],
    )
    if (revoked.rowCount === 0) throw notFound('api_token')
    const facts = { memberId: userId }
    await noteInAudit(client, { orgId, now, actor: userId, name: 'api_token.revoke', id, facts })
  })
}

export interface TokenHolder {
  readonly tokenId: string
  readonly orgId: string
  readonly memberId: string
}

/** Whose token this is; null when it is none, has ended or was revoked. Notes that it was used, once a minute. */
export async function holderOf(app: Pool, token: string, now: string): Promise<TokenHolder | null> {
  const secret = token.startsWith(prefix) ? readSecret(token.slice(prefix.length)) : null
  if (secret === null) return null
  const { orgId, hash } = secret
  return inOrg(app, orgId, async (client) => {
    const { rows } = await client.query<{ id: string; memberId: string; isStale: boolean }>(
      `select id, member_id as "memberId",
         coalesce(last_used_at < $3::timestamptz - interval '1 minute', true) as "isStale"
       from api_token
       where org_id = $1 and token_hash = $2 and revoked_at is null and (expires_at is null or expires_at > $3)`,
      [orgId, hash, now],
    )
    const [row] = rows
    if (!row) return null
    if (row.isStale) {
      await client.query('update api_token set last_used_at = $3 where org_id = $1 and id = $2', [
        orgId,
        row.id,
        now,
      ])
    }
    return { tokenId: row.id, orgId, memberId: row.memberId }
  })
}

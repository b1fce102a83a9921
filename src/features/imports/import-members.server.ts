// On whose behalf an import from the command line can be.
import type { Pool } from 'pg'
import type { AnyMutation } from '#core/mutation.ts'
import type { Principal } from '#sync/server/principal.ts'
import { mayImport } from './import-rights.rules.ts'
import type { ImportTargetName } from './import-view.rules.ts'

export interface ImportingMember extends Principal {
  readonly email: string
}

/** Active members who may bring in such a list, data stewards first; only the one with this address, if it is given. */
export async function importingMembers(
  owner: Pool,
  {
    target,
    mutations,
    email,
  }: {
    readonly target: ImportTargetName
    readonly mutations: ReadonlyMap<string, AnyMutation>
    readonly email: string | null
  },
): Promise<readonly ImportingMember[]> {
  const { rows } = await owner.query<ImportingMember>(
    `select org_id as "orgId", id as "userId", roles, email from member
     where is_active and ($1::text is null or email = lower($1))
     order by org_id, ('steward' = any(roles)) desc, id`,
    [email],
  )
  return rows.filter(({ roles }) => mayImport(roles, target, mutations))
}

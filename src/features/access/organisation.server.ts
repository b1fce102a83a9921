import type { Pool } from 'pg'
import { inOrg } from '#server/postgres/transaction.ts'

/** What an organisation has settled for itself. */
export interface Organisation {
  readonly name: string
  /** How long a device may be read without the server, in days. */
  readonly leaseDays: number
}

const defaultLeaseDays = 7
/** What an organisation may grant at most; acts that arrive later than this are judged as of then. */
export const longestLeaseDays = 30

/** The organisation of somebody who is signed in. */
export async function organisationOf(app: Pool, orgId: string): Promise<Organisation> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<{ name: string; settings: { readonly leaseDays?: unknown } }>(
      'select name, settings from organisation where org_id = $1',
      [orgId],
    ),
  )
  const [row] = rows
  if (!row) throw new Error('a member without an organisation')
  return { name: row.name, leaseDays: leaseDaysIn(row.settings.leaseDays) }
}

function leaseDaysIn(setting: unknown): number {
  const days = typeof setting === 'number' && Number.isInteger(setting) ? setting : defaultLeaseDays
  return Math.min(Math.max(days, 1), longestLeaseDays)
}

/** Whether nobody has set this server up yet. */
export async function isSetUpNeeded(owner: Pool): Promise<boolean> {
  const { rowCount } = await owner.query('select 1 from organisation limit 1')
  return rowCount === 0
}

// What commands beside the server work with. They join a server that is running, or open its database themselves.
import { type Database, openDatabase } from '#server/postgres/database.ts'
import { migrate } from '#server/postgres/migrate.ts'
import { readSettings, type Settings } from '#server/settings.ts'
import type { ServerDeps } from '#sync/server/principal.ts'
import { migrationsFolder } from '../server.ts'
import { serverDeps } from '../server-deps.ts'
import { CommandFailed } from './command.ts'

export interface Workplace {
  readonly settings: Settings
  readonly database: Database
  readonly deps: ServerDeps
}

/** Runs `work` over a database that was brought up to this version. */
export async function atWork<T>(work: (workplace: Workplace) => Promise<T>): Promise<T> {
  return asItIs(async (workplace) => {
    await migrate(workplace.database.owner, migrationsFolder)
    return work(workplace)
  })
}

/** Runs `work` over a database as it is. */
export async function asItIs<T>(work: (workplace: Workplace) => Promise<T>): Promise<T> {
  const settings = readSettings()
  const database = await openDatabase(settings, { joinsRunning: true })
  try {
    // A running server notices by itself: it looks whether there is something new.
    return await work({ settings, database, deps: serverDeps(database.app, { committed: () => {} }) })
  } finally {
    await database.close()
  }
}

export interface OrganisationLine {
  readonly orgId: string
  readonly name: string
}

/** The organisation of this id or name; without either the only one there is. @throws CommandFailed */
export async function organisationNamed(
  { owner }: Pick<Database, 'owner'>,
  given: string | null,
): Promise<OrganisationLine> {
  const all = await organisations({ owner })
  const found = given === null ? all : all.filter(({ orgId, name }) => orgId === given || name === given)
  const [only] = found
  if (only && found.length === 1) return only
  const names = all.map(({ orgId, name }) => `${name} (${orgId})`).join(', ')
  if (all.length === 0)
    throw new CommandFailed('There is no organisation yet. Set one up in the browser first.')
  throw new CommandFailed(
    given === null
      ? `There are several organisations. Name one with --org: ${names}.`
      : `No single organisation is called "${given}". There are: ${names}.`,
  )
}

export async function organisations({
  owner,
}: Pick<Database, 'owner'>): Promise<readonly OrganisationLine[]> {
  const { rows } = await owner.query<OrganisationLine>(
    'select org_id as "orgId", name from organisation order by created_at, org_id',
  )
  return rows
}

// The demo: two fictitious companies with a year of work behind them, loaded into an empty database.
import chineseDays from 'chinese-days'
import type { Pool, PoolClient } from 'pg'
import { MemoryRows } from '#core/memory-rows.ts'
import { runInMemory } from '#core/mutation.ts'
import { demoDomain, northStar } from '#demo/company.ts'
import { type DemoOrganisation, generateDemo } from '#demo/generate.ts'
import { createAccountsAlike } from '#server/accounts/accounts.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { type DoneAct, writeActs } from '#sync/server/bulk-acts.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import type { ServerDeps } from '#sync/server/principal.ts'

/** Of every account of the demo; published, so it opens nothing else. */
export const demoPassword = 'rapport-demo'

/** Addresses to sign in with, one a role of the first company. */
export const demoLogins: readonly string[] = ['rep', ...northStar.staff.map(([login]) => login)].map(
  (login) => `${login}@${demoDomain}`,
)

/** What the database holds: nothing yet, demo companies only, or somebody's own data. */
export type Holding = 'nothing' | 'demo' | 'real'

export interface DemoDeps {
  readonly owner: Pool
  readonly sync: ServerDeps
  /** The companies; `generateDemo` unless a test wants fewer. */
  readonly generate?: typeof generateDemo
}

/** `owner` must be the owner's pool or a connection of it. */
export async function holdingOf(owner: Pick<PoolClient, 'query'>): Promise<Holding> {
  const { rows } = await owner.query<{ isDemo: boolean }>(
    `select coalesce(settings->'isDemo' = 'true', false) as "isDemo" from organisation`,
  )
  if (rows.length === 0) return 'nothing'
  return rows.every(({ isDemo }) => isDemo) ? 'demo' : 'real'
}

/**
 * Loads the demo where there is no organisation yet, all of it in one transaction, so that a start which is broken
 * off leaves none; gives what the database holds afterwards.
 */
export async function loadDemoIfEmpty(deps: DemoDeps): Promise<Holding> {
  const holding = await holdingOf(deps.owner)
  return holding === 'nothing' ? load(deps, async () => {}) : holding
}

/** Puts a fresh demo, relative to today, in the place of nothing or of an older demo; leaves real data alone. */
export async function reloadDemo(deps: DemoDeps): Promise<Holding> {
  const holding = await holdingOf(deps.owner)
  return holding === 'real' ? holding : load(deps, forgetEverything)
}

interface Played {
  readonly organisation: DemoOrganisation
  readonly acts: readonly DoneAct[]
}

async function load(
  { owner, sync, generate = generateDemo }: DemoDeps,
  clear: (client: PoolClient) => Promise<void>,
): Promise<Holding> {
  const before = await holdingOf(owner)
  const played = generate(sync.now(), (day) => chineseDays.isWorkday(day)).map(
    (organisation): Played => ({ organisation, acts: play(organisation, sync) }),
  )
  const [first] = played
  if (!first) throw new Error('the demo has no organisation')
  return transaction(owner, first.organisation.orgId, async (client) => {
    // Whoever sets the server up, or starts beside this process, waits here for the other.
    await client.query('lock table organisation in share row exclusive mode')
    const holding = await holdingOf(client)
    if (holding !== before) return holding
    await clear(client)
    for (const each of played) await write(client, sync, each)
    return 'demo'
  })
}

/** Plays the acts through the same mutations that people use. */
function play({ orgId, acts }: DemoOrganisation, { registry, pinyin }: ServerDeps): readonly DoneAct[] {
  const rows = new MemoryRows()
  return acts.map(({ name, args, at, userId, roles }) => {
    const mutation = registry.mutations.get(name)
    if (!mutation) throw new Error(`the demo asks for ${name}, which nobody can do`)
    const context = { orgId, userId, roles, at, now: at, pinyin }
    const changes = runInMemory(mutation, args, { context, read: rows.read }).changes()
    rows.apply(changes)
    return { name, actor: userId, at, changes }
  })
}

async function write(client: PoolClient, sync: ServerDeps, { organisation, acts }: Played): Promise<void> {
  const { orgId, name, colleagues } = organisation
  await createOrganisation(client, { orgId, name, now: acts[0]?.at ?? sync.now() })
  await client.query(`update organisation set settings = '{"isDemo": true}' where org_id = $1`, [orgId])
  await writeActs(client, sync, { orgId, acts })
  const accounts = colleagues.map(({ id, ...person }) => ({ ...person, orgId, memberId: id }))
  await createAccountsAlike(client, accounts, demoPassword)
}

/** Every row of every organisation and every account. */
async function forgetEverything(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'auth') and tablename <> 'schema_migration'`,
  )
  await client.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
}

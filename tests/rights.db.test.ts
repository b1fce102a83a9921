// The whole matrix: every role, every act, on rows of one's own territory, of a foreign one, of another organisation.
import type { PoolClient } from 'pg'
import { expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import { serverDeps } from '#app/server-deps.ts'
import type { JsonObject } from '#core/json.ts'
import type { AnyMutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { roles } from '#core/role.ts'
import { tableOf } from '#server/postgres/sql-columns.ts'
import { actTogether } from '#sync/server/act-together.ts'
import { apply } from '#sync/server/apply.ts'
import type { Principal } from '#sync/server/principal.ts'
import { freshDatabase } from './kit/postgres.ts'
import { rightsOrg, validArgs } from './kit/rights-world.ts'

const { owner, app } = await freshDatabase()
const deps = serverDeps(app, { committed: () => {}, now: () => '2026-08-31T02:00:00.000Z' })
const ours = await rightsOrg(deps, app)
const theirs = await rightsOrg(deps, app)

const entities = [...registry.entities.values()]
const mutations = [...registry.mutations.values()]
const places = { own: ours.own, foreign: ours.foreign, elsewhere: theirs.own }
type Where = keyof typeof places

/** Acts and takes it back, so that every cell finds the same world. Gives the refusal's code, or how much was written. */
async function tryOut(client: PoolClient, principal: Principal, act: Act): Promise<string | number> {
  await client.query('begin')
  try {
    await client.query(`select set_config('rapport.org', $1, true)`, [principal.orgId])
    await client.query('set local role rapport_app')
    await actTogether(client, deps, { principal, acts: [act] })
    await client.query('reset role')
    return await rowsTouched(client)
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  } finally {
    await client.query('rollback')
  }
}

interface Act {
  readonly name: string
  readonly args: JsonObject
}

/** Acts as a program from outside does, for good. */
async function doIt(principal: Principal, act: Act): Promise<string> {
  const outcome = await apply(deps, principal, act)
  return outcome.status === 'refused' ? outcome.code : 'accepted'
}

const written = [...entities.map(tableOf), 'feed', 'audit', 'scope_member']

/** Rows of any organisation that the transaction under way has written. */
async function rowsTouched(client: PoolClient): Promise<number> {
  const counts = written.map(
    (table) => `(select count(*) from ${table} where xmin::text::bigint = txid_current() & 4294967295)`,
  )
  const { rows } = await client.query<{ n: number }>(`select ${counts.join(' + ')} as n`)
  return Number(rows[0]?.n)
}

/** Every row of both organisations; what was refused is noted elsewhere. */
async function world(): Promise<string> {
  const digests = written.map(
    (table) => `(select md5(string_agg(t::text, ' ' order by t::text)) from ${table} t)`,
  )
  const { rows } = await owner.query<{ digest: string }>(
    `select concat_ws(' ', ${digests.join(', ')}) as digest`,
  )
  return rows[0]?.digest ?? ''
}

/** What the declared rights say. */
function expected({ rights, name }: AnyMutation, role: (typeof roles)[number], where: Where): string {
  const reach = rights[role]
  if (reach === undefined) return 'not_allowed'
  // It names no row that is there already, so there is nothing foreign about it.
  if (name === 'member.add' || where === 'own') return 'accepted'
  return where === 'foreign' && reach === 'organisation' ? 'accepted' : 'not_found'
}

test('arguments are known for every act', () => {
  expect(mutations.map(({ name }) => name).filter((name) => !Object.hasOwn(validArgs, name))).toEqual([])
})

test.each(mutations)(
  '$name is done by those who may, where they may, and by nobody else',
  async (mutation) => {
    const argsOf = validArgs[mutation.name]
    if (!argsOf) throw new Error(`no arguments for ${mutation.name}`)
    const before = await world()
    const client = await owner.connect()
    try {
      for (const role of roles) {
        for (const where of ['own', 'foreign', 'elsewhere'] as const) {
          const cell = `${role} on what is ${where}`
          const act = { name: mutation.name, args: argsOf(places[where], role) }
          const wanted = expected(mutation, role, where)
          if (wanted === 'accepted') {
            const done = await tryOut(client, ours.members[role], act)
            expect([cell, done]).toEqual([cell, expect.any(Number)])
            expect(done).not.toBe(0)
          } else expect([cell, await doIt(ours.members[role], act)]).toEqual([cell, wanted])
        }
      }
    } finally {
      client.release()
    }
    expect(await world()).toBe(before)
  },
)

test('where a role is given further reach than is declared, the matrix says so', async () => {
  const mutations = new Map(registry.mutations)
  const edit = mutations.get('customer.edit')
  if (!edit) throw new Error('customer.edit is there')
  mutations.set('customer.edit', { ...edit, rights: { ...edit.rights, auditor: 'organisation' } })
  const lax = { ...deps, registry: { ...registry, mutations } }
  const args = validArgs['customer.edit']?.(ours.foreign, 'auditor') ?? {}
  const outcome = await apply(lax, ours.members.auditor, { name: 'customer.edit', args })
  expect([outcome.status, expected(edit, 'auditor', 'foreign')]).toEqual(['accepted', 'not_allowed'])
})

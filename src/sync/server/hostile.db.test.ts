// What somebody with a valid account and bad intentions sends.
import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#core/json.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { kernel, type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import type { Outcome } from '../protocol.ts'
import { insertRows } from './bulk.ts'
import type { Principal } from './principal.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { readList } from './read-rows.ts'

const database = await freshDatabase()
let org: SmallOrg

beforeEach(async () => {
  org = await smallOrg(database.app)
})

interface Sent {
  readonly name: string
  readonly args: JsonObject
  readonly base?: { readonly [row: string]: JsonObject }
  readonly at?: string
}

async function send(who: Principal, sent: Sent): Promise<Outcome | undefined> {
  const sentAt = org.clock.now()
  const mutation = { n: 1, version: 1, at: sentAt, base: {}, deps: [], ...sent }
  return (await push(org.deps, who, { device: uuidv7(), sentAt, mutations: [mutation] })).outcomes[0]
}

function newCustomer(more: JsonObject): JsonObject {
  const none = { sex: null, title: null, specialty: null, phone: null, email: null, note: null }
  return { id: uuidv7(), name: '赵敏（虚构）', role: 'physician', ...none, affiliation: null, ...more }
}

const refused = { status: 'refused', code: 'not_found' }
const taken = { status: 'refused', code: 'already_exists' }

describe('a bundle of one’s own making', () => {
  test('is not named like the organisation: everybody would see it, wherever it was put', async () => {
    const args = newCustomer({ id: org.orgId, territoryId: org.south })
    expect(await send(org.rep, { name: 'customer.create', args })).toMatchObject(taken)
  })

  test('is not named like oneself: it would stay in sight whoever it is given to', async () => {
    const args = newCustomer({ id: org.rep.userId, territoryId: org.south })
    expect(await send(org.rep, { name: 'customer.create', args })).toMatchObject(taken)
  })

  test('is not named like an institution elsewhere: that would come into sight with it', async () => {
    const far = uuidv7()
    const own = { name: '远方医院（虚构）', kind: 'general_hospital', territoryId: null, bigrams: [] }
    const facts = Object.keys(institution.fields).map((field) => [field, null])
    await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.lay_down' }, [
      [institution, { ...Object.fromEntries(facts), ...kernel(org.clock.now(), far), ...own }],
    ])
    const args = newCustomer({ id: far, territoryId: org.north })
    expect(await send(org.rep, { name: 'customer.create', args })).toMatchObject(taken)
    const { rows } = await readList(org.deps, org.rep, 'institution')
    expect(rows.map(({ id }) => id)).toEqual([org.hospital])
  })
})

describe('territories', () => {
  test('a manager gives customers only to territories below his own', async () => {
    const manager = await managerOf(org.north)
    const align = (ids: readonly string[], territoryId: string) =>
      send(manager, { name: 'customer.align', args: { ids: [...ids], territoryId } })
    expect(await align([org.liMing], org.south)).toMatchObject(refused)
    expect(await align([org.wangFang], org.north)).toMatchObject(refused)
    expect(await align([org.liMing], org.north)).toMatchObject({ status: 'accepted' })
    const all = { name: 'customer.align', args: { ids: [org.liMing], territoryId: org.south } }
    expect(await send(org.manager, all)).toMatchObject({ status: 'accepted' })
  })

  test('a manager neither takes an institution from another territory nor puts one there', async () => {
    const manager = await managerOf(org.south)
    const work = { id: uuidv7(), customerId: org.wangFang, institutionId: org.hospital, departmentId: null }
    const days = { position: null, isPrimary: true, sinceOn: null, untilOn: null }
    // He sees it from now on, because one of his customers works there.
    await send(org.steward, { name: 'affiliation.add', args: { ...work, ...days } })
    const align = (who: Principal, territoryId: string | null) =>
      send(who, { name: 'institution.align', args: { ids: [org.hospital], territoryId } })
    expect(await align(manager, org.south)).toMatchObject(refused)
    expect(await align(manager, null)).toMatchObject(refused)
    expect(await align(await managerOf(org.north), org.south)).toMatchObject(refused)
    expect(await align(org.manager, org.south)).toMatchObject({ status: 'accepted' })
  })

  test('nothing is put into a territory that was lost longer ago than the lease', async () => {
    const { rows } = await readList(org.deps, org.admin, 'assignment', {
      filter: { memberId: org.rep.userId },
    })
    const [own] = rows
    const ended = { id: own?.id ?? '', changes: { untilOn: '2026-08-31' } }
    await send(org.admin, { name: 'assignment.edit', args: ended })
    org.clock.advance(20 * 86_400_000)
    const args = newCustomer({ territoryId: org.north })
    const at = '2026-08-30T01:00:00.000Z'
    expect(await send(org.rep, { name: 'customer.create', args, at })).toMatchObject(refused)
  })
})

test('who waits over midnight is judged by the day that has begun', async () => {
  const { rows } = await readList(org.deps, org.admin, 'assignment', { filter: { memberId: org.rep.userId } })
  const ended = { id: rows[0]?.id ?? '', changes: { untilOn: '2026-08-31' } }
  await send(org.admin, { name: 'assignment.edit', args: ended })
  // A second before midnight in Shanghai.
  org.clock.advance(Date.parse('2026-08-31T15:59:59.000Z') - Date.parse(org.clock.now()))
  const holder = await database.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from org_counter where org_id = $1 for update', [org.orgId])
  const align = { ids: [org.wangFang], territoryId: org.north }
  const aligned = send(org.steward, { name: 'customer.align', args: align })
  await expect.poll(waiting).toBe(1)
  org.clock.advance(2000)
  await holder.query('commit')
  holder.release()
  expect(await aligned).toMatchObject({ status: 'accepted' })
  const seen = await database.owner.query(
    'select user_id from scope_member where org_id = $1 and scope = $2 and until_seq is null',
    [org.orgId, org.wangFang],
  )
  expect(seen.rows).toEqual([{ user_id: org.manager.userId }])
})

test('a device does not go by a name that is made from somebody’s idempotency key', async () => {
  const mutations: readonly unknown[] = []
  const request = {
    device: `${uuidv7().slice(0, 14)}8${uuidv7().slice(15)}`,
    sentAt: org.clock.now(),
    mutations,
  }
  await expect(push(org.deps, org.rep, request)).rejects.toMatchObject({ code: 'input.invalid' })
})

describe('what gave way', () => {
  const phoneIs = (phone: string, seen: string | null, at?: string): Sent => ({
    name: 'customer.edit',
    args: { id: org.liMing, changes: { phone } },
    base: { [`customer:${org.liMing}`]: { phone: seen } },
    ...(at === undefined ? {} : { at }),
  })

  test('is not told to somebody who has lost sight of the customer', async () => {
    await send(org.rep, phoneIs('1', null))
    const before = org.clock.now()
    org.clock.advance(3_600_000)
    await send(org.steward, {
      name: 'customer.align',
      args: { ids: [org.liMing], territoryId: org.south },
    })
    org.clock.advance(3_600_000)
    await send(org.otherRep, phoneIs('secret', '1'))
    // Late, or pretending to be.
    expect(await send(org.rep, phoneIs('2', '1', before))).toMatchObject({ status: 'accepted' })
    expect(await told()).toEqual([org.otherRep.userId])
    expect(JSON.stringify(await pull(org.deps, org.rep, { cursor: 0 }))).not.toContain('secret')
  })

  test('is told to a steward, who sees everybody, and to nobody who has left', async () => {
    await send(org.steward, phoneIs('1', null))
    await send(org.rep, phoneIs('2', null))
    expect(await told()).toEqual([org.steward.userId, org.rep.userId].sort())
    await send(org.admin, { name: 'member.deactivate', args: { id: org.rep.userId } })
    await send(org.manager, phoneIs('3', null))
    expect(await told()).toEqual([org.steward.userId, org.rep.userId, org.manager.userId].sort())
  })
})

describe('forged texts', () => {
  test('a forged resume is refused, not answered with a fault', async () => {
    const { epoch } = await pull(org.deps, org.rep, { cursor: 0 })
    const plain = { epoch, isFresh: false, from: 0, upTo: 1, day: '2026-08-31', step: 0, afterId: null }
    const places = [['x'], ['x', 'y', 'z'], ['1', 'customer', 'z'], ['1e3', 'customer', uuidv7()], []]
    for (const isFresh of [true, false]) {
      for (const step of [0, 5, 999]) {
        for (const after of places) {
          for (const afterId of [null, uuidv7()]) {
            const forged = Buffer.from(JSON.stringify({ ...plain, isFresh, step, after, afterId }))
            const asked = { cursor: 0, epoch, resume: forged.toString('base64url') }
            const answer = await pull(org.deps, org.rep, asked).catch((error: unknown) => error)
            if (answer instanceof Error) expect(answer).toMatchObject({ code: 'pull.unknown_resume' })
          }
        }
      }
    }
  })

  test('a range beyond what its column can hold is refused, not answered with a fault', async () => {
    const within = (most: number) =>
      readList(org.deps, org.rep, 'visit', { filter: { minutes: { from: -most, to: most } } })
    expect(await within(2_147_483_647)).toEqual({ rows: [], next: null })
    await expect(within(2_147_483_648)).rejects.toMatchObject({ code: 'input.invalid' })
  })

  test('a mutation with thirty thousand unknown fields is answered in few words', async () => {
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`f${at}`, 1]))
    const outcome = await send(org.rep, { name: 'visit.record', args: many })
    expect(outcome).toMatchObject({ status: 'refused', code: 'input.invalid' })
    expect(JSON.stringify(outcome).length).toBeLessThan(20_000)
  })
})

describe('the last administrator', () => {
  test('stays, even when two take each other out at once', async () => {
    const second = await memberWith(['admin'])
    const out = (who: Principal, whom: Principal) =>
      send(who, { name: 'member.deactivate', args: { id: whom.userId } })
    const outcomes = await Promise.all([out(org.admin, second), out(second, org.admin)])
    expect(outcomes.map((outcome) => outcome?.status).sort()).toEqual(['accepted', 'refused'])
  })

  test('who has left lets himself in again by no late act, nor anybody else', async () => {
    const second = await memberWith(['admin'])
    const before = org.clock.now()
    org.clock.advance(60_000)
    const out = { name: 'member.deactivate', args: { id: second.userId } }
    expect(await send(org.admin, out)).toMatchObject({ status: 'accepted' })
    const leaver = { ...second, leftAt: org.clock.now() }
    org.clock.advance(60_000)
    const late = (name: string, args: JsonObject) => send(leaver, { name, args, at: before })
    const days = { sinceOn: '2026-01-01', untilOn: null }
    const given = { id: uuidv7(), memberId: org.rep.userId, territoryId: org.top, ...days }
    for (const outcome of [
      await late('member.reactivate', { id: second.userId }),
      await late('member.set_roles', { id: org.rep.userId, roles: ['admin'] }),
      await late('assignment.add', given),
    ]) {
      expect(outcome).toMatchObject({ status: 'refused', code: 'not_allowed' })
    }
  })

  test('stays, even when two take each other’s role at once', async () => {
    const second = await memberWith(['admin'])
    const demote = (who: Principal, whom: Principal) =>
      send(who, { name: 'member.set_roles', args: { id: whom.userId, roles: ['auditor'] } })
    const outcomes = await Promise.all([demote(org.admin, second), demote(second, org.admin)])
    expect(outcomes.map((outcome) => outcome?.status).sort()).toEqual(['accepted', 'refused'])
  })
})

describe('what belongs together', () => {
  test('a commitment given in a visit is given to the customer of that visit', async () => {
    const { visitId } = await visitTo(org.liMing)
    const given = { promisedBy: 'us', what: '送资料', dueOn: null }
    const make = (who: Principal, customerId: string) =>
      send(who, { name: 'commitment.make', args: { id: uuidv7(), customerId, visitId, ...given } })
    expect(await make(org.manager, org.wangFang)).toMatchObject(refused)
    expect(await make(org.otherRep, org.wangFang)).toMatchObject(refused)
    expect(await make(org.manager, org.liMing)).toMatchObject({ status: 'accepted' })
  })

  test('a customer works in a department of his own institution', async () => {
    const [other, ward] = [uuidv7(), uuidv7()]
    const facts = { ...Object.fromEntries(Object.keys(institution.fields).map((field) => [field, null])) }
    const { bigrams: _, pinyin: __, sortKey: ___, initials: ____, ...own } = facts
    const hospital = { ...own, id: other, name: '第二医院（虚构）', kind: 'clinic', territoryId: org.north }
    await send(org.steward, { name: 'institution.create', args: hospital })
    await send(org.steward, {
      name: 'department.add',
      args: { id: ward, institutionId: other, name: '心内科' },
    })
    const place = { position: null, departmentId: ward }
    const add = (institutionId: string) =>
      send(org.rep, {
        name: 'affiliation.add',
        args: {
          ...place,
          id: uuidv7(),
          customerId: org.liMing,
          institutionId,
          isPrimary: false,
          sinceOn: null,
          untilOn: null,
        },
      })
    expect(await add(org.hospital)).toMatchObject(refused)
    expect(await add(other)).toMatchObject({ status: 'accepted' })
    const affiliation = { ...place, id: uuidv7(), institutionId: org.hospital }
    const args = newCustomer({ territoryId: org.north, affiliation })
    expect(await send(org.rep, { name: 'customer.create', args })).toMatchObject(refused)
  })

  test('nothing is handed to somebody who has left', async () => {
    const gone = await memberWith(['rep'])
    await send(org.admin, { name: 'member.deactivate', args: { id: gone.userId } })
    const plan = { id: uuidv7(), customerId: org.liMing, ownerId: gone.userId, institutionId: null }
    const when = { channel: 'phone', startsAt: org.clock.now(), minutes: 10, objective: null }
    expect(await send(org.manager, { name: 'visit.plan', args: { ...plan, ...when } })).toMatchObject({
      status: 'refused',
      code: 'member.has_left',
    })
  })
})

/** Transactions that wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await database.owner.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]?.n ?? 0
}

async function told(): Promise<readonly string[]> {
  const { rows } = await database.owner.query<{ member: string }>(
    'select distinct member_id as member from conflict where org_id = $1 order by member_id',
    [org.orgId],
  )
  return rows.map(({ member }) => member)
}

async function memberWith(roles: Principal['roles']): Promise<Principal> {
  const userId = uuidv7()
  const args = { id: userId, name: '虚构', email: `${userId}@example.com`, roles: [...roles] }
  expect(await send(org.admin, { name: 'member.add', args })).toMatchObject({ status: 'accepted' })
  return { orgId: org.orgId, userId, roles }
}

async function managerOf(territoryId: string): Promise<Principal> {
  const manager = await memberWith(['manager'])
  const args = { id: uuidv7(), memberId: manager.userId, territoryId, sinceOn: '2026-01-01', untilOn: null }
  expect(await send(org.admin, { name: 'assignment.add', args })).toMatchObject({ status: 'accepted' })
  return manager
}

async function visitTo(customerId: string): Promise<{ readonly visitId: string }> {
  const visitId = uuidv7()
  const report = { channel: 'phone', startsAt: org.clock.now(), minutes: 10, result: null, note: null }
  const more = { institutionId: null, objective: null, commitments: [] }
  const args = { id: visitId, customerId, ...report, ...more }
  expect(await send(org.rep, { name: 'visit.record', args })).toMatchObject({ status: 'accepted' })
  return { visitId }
}

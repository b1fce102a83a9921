import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#core/json.ts'
import { verifyAudit } from '#server/audit/audit-verify.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import type { PushAnswer, SentMutation } from '../protocol.ts'
import { apply } from './apply.ts'
import type { Principal } from './principal.ts'
import { push } from './push.ts'

const database = await freshDatabase()
let org: SmallOrg

beforeEach(async () => {
  org = await smallOrg(database.app)
})

/** A device that numbers what it sends. */
class Sender {
  readonly device = uuidv7()
  readonly principal: Principal
  #n = 0
  constructor(principal: Principal) {
    this.principal = principal
  }

  mutation(name: string, args: JsonObject, more: Partial<SentMutation> = {}): SentMutation {
    this.#n += 1
    const at = org.clock.now()
    return { n: this.#n, name, version: 1, args, at, base: {}, deps: [], ...more }
  }

  send(mutations: readonly SentMutation[], sentAt = org.clock.now()): Promise<PushAnswer> {
    return push(org.deps, this.principal, { device: this.device, sentAt, mutations })
  }
}

function visitOf(customerId: string, more: JsonObject = {}): JsonObject {
  const startsAt = '2026-08-31T00:30:00.000Z'
  return {
    id: uuidv7(),
    customerId,
    institutionId: null,
    objective: null,
    channel: 'phone',
    startsAt,
    minutes: 10,
    result: 'reached',
    note: '谈了随访安排',
    commitments: [],
    ...more,
  }
}

async function count(table: string): Promise<number> {
  const { rows } = await database.owner.query<{ n: number }>(
    `select count(*)::int as n from ${table} where org_id = $1`,
    [org.orgId],
  )
  return rows[0]?.n ?? -1
}

describe('exactly once', () => {
  test('a push that is sent three times takes effect once and is answered alike', async () => {
    const phone = new Sender(org.rep)
    const mutations = [1, 2, 3].map(() => phone.mutation('visit.record', visitOf(org.liMing)))
    const answers = [await phone.send(mutations), await phone.send(mutations), await phone.send(mutations)]
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]?.outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(answers[0]?.next).toBe(4)
    expect(await count('visit')).toBe(3)
  })

  test('the same push sent ten times at once takes effect once', async () => {
    const phone = new Sender(org.rep)
    const mutations = [phone.mutation('visit.record', visitOf(org.liMing))]
    const answers = await Promise.all(Array.from({ length: 10 }, () => phone.send(mutations)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await count('visit')).toBe(1)
  })

  test('another mutation under a number that was used already is noticed', async () => {
    const phone = new Sender(org.rep)
    const sent = phone.mutation('visit.record', visitOf(org.liMing))
    await phone.send([sent])
    await expect(phone.send([{ ...sent, args: visitOf(org.liMing) }])).rejects.toMatchObject({
      code: 'device.cloned',
    })
    await expect(push(org.deps, org.otherRep, request(phone, sent))).rejects.toMatchObject({
      code: 'device.cloned',
    })
    expect(await count('visit')).toBe(1)
  })

  test('a gap stops the push and says which number is expected', async () => {
    const phone = new Sender(org.rep)
    const [first, , third] = [1, 2, 3].map(() => phone.mutation('visit.record', visitOf(org.liMing)))
    const answer = await phone.send([first, third].filter((each) => each !== undefined))
    expect(answer).toMatchObject({ outcomes: [{ n: 1, status: 'accepted' }], next: 2 })
  })

  test('an act from outside with a key takes effect once, and its key is not for another act', async () => {
    const args = visitOf(org.liMing)
    const [one, two] = await Promise.all(
      [1, 2].map(() => apply(org.deps, org.rep, { name: 'visit.record', args, key: 'a' })),
    )
    org.clock.advance(1000)
    const three = await apply(org.deps, org.rep, { name: 'visit.record', args, key: 'a' })
    expect(one).toMatchObject({ status: 'accepted' })
    expect([two, three]).toEqual([one, one])
    const other = { name: 'visit.record', args: visitOf(org.liMing), key: 'a' }
    await expect(apply(org.deps, org.rep, other)).rejects.toMatchObject({ code: 'key.reused' })
    expect(await count('visit')).toBe(1)
  })
})

describe('refusals', () => {
  test('what is refused is kept with its whole input and does not hold up the rest', async () => {
    const phone = new Sender(org.rep)
    const foreign = phone.mutation('visit.record', visitOf(org.wangFang, { note: '不可见\u0000' }))
    const unknown = phone.mutation('visit.teleport', { there: ['\u0000', '\ud800'] })
    const good = phone.mutation('visit.record', visitOf(org.liMing))
    const hanging = phone.mutation('visit.record', visitOf(org.liMing), { deps: [1] })
    const answer = await phone.send([foreign, unknown, good, hanging])
    expect(answer.outcomes).toMatchObject([
      { n: 1, status: 'refused', code: 'input.invalid' },
      { n: 2, status: 'refused', code: 'mutation.unknown' },
      { n: 3, status: 'accepted' },
      { n: 4, status: 'refused', code: 'dependency_refused', details: { n: 1 } },
    ])
    const { rows } = await database.owner.query<{ args: string }>(
      "select args::text from applied where org_id = $1 and status = 'refused' order by n",
      [org.orgId],
    )
    expect(rows.map(({ args }) => JSON.parse(args))).toEqual([foreign.args, unknown.args, hanging.args])
    expect(await phone.send([foreign, unknown, good, hanging])).toEqual(answer)
  })

  test('a customer of another territory is not there, for reading and for writing', async () => {
    const phone = new Sender(org.rep)
    const answer = await phone.send([phone.mutation('visit.record', visitOf(org.wangFang))])
    expect(answer.outcomes).toMatchObject([
      { status: 'refused', code: 'not_found', details: { entity: 'customer' } },
    ])
  })

  test('an id that is taken and a reference to nothing are refused, and what is sent with them is accepted', async () => {
    const phone = new Sender(org.rep)
    const first = visitOf(org.liMing)
    await phone.send([phone.mutation('visit.record', first)])
    const tablet = new Sender(org.rep)
    const twice = { ...visitOf(org.liMing), id: first.id ?? '' }
    const answer = await tablet.send([
      tablet.mutation('visit.record', visitOf(org.liMing)),
      tablet.mutation('visit.record', twice),
      tablet.mutation('visit.record', visitOf(org.liMing, { institutionId: uuidv7() })),
      tablet.mutation('visit.record', visitOf(org.liMing)),
    ])
    expect(answer.outcomes).toMatchObject([
      { status: 'accepted' },
      { status: 'refused', code: 'already_exists' },
      { status: 'refused', code: 'not_found' },
      { status: 'accepted' },
    ])
    expect(await count('visit')).toBe(3)
    expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ isIntact: true })
  })

  test('a customer is created in one’s own territory only', async () => {
    const phone = new Sender(org.rep)
    const create = (territoryId: string) =>
      phone.mutation('customer.create', {
        id: uuidv7(),
        name: '赵敏（虚构）',
        sex: null,
        role: 'physician',
        title: null,
        specialty: null,
        phone: null,
        email: null,
        note: null,
        territoryId,
        affiliation: null,
      })
    const own = create(org.north)
    const answer = await phone.send([
      own,
      phone.mutation('visit.record', visitOf(String(own.args.id)), { deps: [1] }),
      create(org.south),
    ])
    expect(answer.outcomes).toMatchObject([
      { status: 'accepted' },
      { status: 'accepted' },
      { status: 'refused', code: 'not_found' },
    ])
    expect(await members(String(own.args.id))).toEqual([org.rep.userId, org.manager.userId].sort())
  })
})

describe('authority at the time of the act', () => {
  test('a visit made before a re-alignment is accepted after it; one made after it is not', async () => {
    const phone = new Sender(org.rep)
    const monday = phone.mutation('visit.record', visitOf(org.liMing))
    org.clock.advance(3_600_000)
    await apply(org.deps, org.steward, {
      name: 'customer.align',
      args: { ids: [org.liMing], territoryId: org.south },
    })
    org.clock.advance(3_600_000)
    const late = phone.mutation('visit.record', visitOf(org.liMing))
    const answer = await phone.send([monday, late])
    expect(answer.outcomes).toMatchObject([{ status: 'accepted' }, { status: 'refused', code: 'not_found' }])
    expect(await members(org.liMing)).toEqual([org.otherRep.userId, org.manager.userId].sort())
  })

  test('an act that claims to be older than the lease is judged as of the lease', async () => {
    await apply(org.deps, org.steward, {
      name: 'customer.align',
      args: { ids: [org.liMing], territoryId: org.south },
    })
    org.clock.advance(8 * 86_400_000)
    const phone = new Sender(org.rep)
    const old = phone.mutation('visit.record', visitOf(org.liMing), { at: '2026-08-31T00:59:00.000Z' })
    expect((await phone.send([old])).outcomes).toMatchObject([{ status: 'refused', code: 'not_found' }])
  })

  test('a clock that is off by more than ten minutes is set right, and both times are kept', async () => {
    const phone = new Sender(org.rep)
    const ahead = new Date(Date.parse(org.clock.now()) + 3 * 3_600_000).toISOString()
    await phone.send([phone.mutation('visit.record', visitOf(org.liMing), { at: ahead })], ahead)
    const { rows } = await database.owner.query(
      'select at, judged_at from applied where org_id = $1 and device = $2',
      [org.orgId, phone.device],
    )
    expect(rows).toEqual([{ at: ahead, judged_at: org.clock.now() }])
  })
})

describe('two people at once', () => {
  test('the value accepted last stands, the other is told to both', async () => {
    const [phone, tablet] = [new Sender(org.rep), new Sender(org.manager)]
    const base = { [`customer:${org.liMing}`]: { specialty: null, phone: null } }
    const edit = (sender: Sender, changes: JsonObject) =>
      sender.mutation('customer.edit', { id: org.liMing, changes }, { base })
    await phone.send([edit(phone, { specialty: '心内科' })])
    org.clock.advance(1000)
    await tablet.send([edit(tablet, { specialty: '心力衰竭', phone: '1' })])
    const { rows } = await database.owner.query(
      'select member_id, field, kept, lost, kept_by, lost_by from conflict where org_id = $1 order by member_id',
      [org.orgId],
    )
    const told = (member: Principal) => ({
      member_id: member.userId,
      field: 'specialty',
      kept: '心力衰竭',
      lost: '心内科',
      kept_by: org.manager.userId,
      lost_by: org.rep.userId,
    })
    expect(rows).toEqual(
      [told(org.rep), told(org.manager)].sort((a, b) => (a.member_id < b.member_id ? -1 : 1)),
    )
  })

  test('the same value entered twice, or a field nobody else touched, is no clash', async () => {
    const [phone, tablet] = [new Sender(org.rep), new Sender(org.manager)]
    const base = { [`customer:${org.liMing}`]: { specialty: null, phone: null } }
    await phone.send([
      phone.mutation('customer.edit', { id: org.liMing, changes: { specialty: '肾内科' } }, { base }),
    ])
    await tablet.send([
      tablet.mutation(
        'customer.edit',
        { id: org.liMing, changes: { specialty: '肾内科', phone: '2' } },
        { base },
      ),
    ])
    expect(await count('conflict')).toBe(0)
  })
})

function request(sender: Sender, sent: SentMutation) {
  return { device: sender.device, sentAt: org.clock.now(), mutations: [sent] }
}

async function members(scope: string): Promise<readonly string[]> {
  const { rows } = await database.owner.query<{ user_id: string }>(
    'select user_id from scope_member where org_id = $1 and scope = $2 and until_seq is null',
    [org.orgId, scope],
  )
  return rows.map(({ user_id }) => user_id).sort()
}

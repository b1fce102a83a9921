import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#core/json.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { customerRow, type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import { deviceColumns } from '../device-columns.ts'
import { type PulledRow, type PullPage, pullLimit } from '../protocol.ts'
import { apply } from './apply.ts'
import { insertRows, writeChanges } from './bulk.ts'
import type { Principal } from './principal.ts'
import { pull } from './pull.ts'

const database = await freshDatabase()
let org: SmallOrg

beforeEach(async () => {
  org = await smallOrg(database.app)
})

/** A device as small as can be: it does with pages what the protocol says. */
class Mirror {
  readonly rows = new Map<string, PulledRow>()
  readonly principal: Principal
  readonly pages: PullPage[] = []
  cursor = 0
  epoch = ''

  constructor(principal: Principal) {
    this.principal = principal
  }

  /** Pulls until there is no more. */
  async pull(): Promise<this> {
    let resume: string | undefined
    this.pages.length = 0
    do {
      const asked = { cursor: this.cursor, epoch: this.epoch, ...(resume && { resume }) }
      const page: PullPage = await pull(org.deps, this.principal, asked)
      this.#take(page, resume !== undefined)
      resume = page.resume
    } while (resume !== undefined)
    return this
  }

  #take(page: PullPage, isContinued: boolean): void {
    if (page.fresh && (!isContinued || page.epoch !== this.epoch)) this.rows.clear()
    for (const [key, row] of this.rows) if (page.left.includes(row[3])) this.rows.delete(key)
    for (const row of page.rows) {
      const key = `${row[0]}:${row[1]}`
      const held = this.rows.get(key)
      if (row[4] !== null) this.rows.set(key, row)
      else if (held?.[3] === row[3]) this.rows.delete(key)
    }
    this.pages.push(page)
    this.cursor = page.cursor
    this.epoch = page.epoch
  }

  ids(entity: string): readonly string[] {
    return [...this.rows.values()].filter(([of]) => of === entity).map(([, id]) => id)
  }

  /** All it holds without numbers, which may differ between two ways to the same rows. */
  content(): ReadonlyMap<string, unknown> {
    return new Map(
      [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, [row[3], row[4]]]),
    )
  }
}

function visitArgs(customerId: string, more: JsonObject = {}): JsonObject {
  const plan = { institutionId: null, channel: 'phone', objective: null, minutes: 10 }
  return { id: uuidv7(), customerId, ownerId: null, startsAt: '2026-08-31T02:00:00.000Z', ...plan, ...more }
}

async function act(principal: Principal, name: string, args: JsonObject): Promise<void> {
  expect(await apply(org.deps, principal, { name, args })).toMatchObject({ status: 'accepted' })
}

describe('a pull', () => {
  test('gives the bundles of one’s own territory and what everybody shares, and nothing else', async () => {
    const mirror = await new Mirror(org.rep).pull()
    expect(mirror.ids('customer')).toEqual([org.liMing])
    expect(mirror.ids('institution')).toEqual([org.hospital])
    expect(mirror.ids('member')).toHaveLength(5)
    expect(mirror.pages).toMatchObject([{ fresh: true, usable: true, left: [] }])
    const both = await new Mirror(org.manager).pull()
    expect([...both.ids('customer')].sort()).toEqual([org.liMing, org.wangFang].sort())
    expect((await new Mirror(org.admin).pull()).ids('customer')).toEqual([])
  })

  test('says the columns of the entities of which it brings rows, and of no others', async () => {
    const mirror = await new Mirror(org.rep).pull()
    const [page] = mirror.pages
    expect(page?.columns.customer).toEqual(deviceColumns(customer))
    expect(Object.keys(page?.columns ?? {}).sort()).toEqual(
      [...new Set(page?.rows.map(([entity]) => entity))].sort(),
    )
    await act(org.rep, 'customer.edit', { id: org.liMing, changes: { specialty: '急诊' } })
    await mirror.pull()
    expect(mirror.pages.map(({ columns }) => columns)).toEqual([{ customer: deviceColumns(customer) }])
    await mirror.pull()
    expect(mirror.pages.map(({ columns }) => columns)).toEqual([{}])
  })

  test('sends values in the order of the device’s columns, as the mutation wrote them', async () => {
    const note = '引号"、反斜线\\、换行\n、制表\t、😀'
    await act(org.rep, 'customer.edit', { id: org.liMing, changes: { note, specialty: '介入' } })
    const mirror = await new Mirror(org.rep).pull()
    const values = mirror.rows.get(`customer:${org.liMing}`)?.[4] ?? []
    const row = Object.fromEntries(deviceColumns(customer).map((name, index) => [name, values[index]]))
    expect(row).toMatchObject({
      note,
      specialty: '介入',
      updatedBy: org.rep.userId,
      updatedAt: org.clock.now(),
    })
    expect(row).toMatchObject({ name: '李明华', sex: null, createdAt: org.clock.now(), createdBy: null })
    expect(deviceColumns(customer)).not.toContain('bigrams')
    expect(values).toHaveLength(deviceColumns(customer).length)
  })

  test('brings changes and removals since the cursor, and nothing twice', async () => {
    const mirror = await new Mirror(org.rep).pull()
    const visit = visitArgs(org.liMing)
    await act(org.rep, 'visit.plan', visit)
    await act(org.otherRep, 'visit.plan', visitArgs(org.wangFang))
    await mirror.pull()
    expect(mirror.pages.flatMap(({ rows }) => rows.map(([entity, id]) => [entity, id]))).toEqual([
      ['visit', visit.id],
    ])
    const extra = customerRow('孙小小', org.north, org.clock.now())
    await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, [extra])
    expect((await mirror.pull()).ids('customer')).toContain(extra[1].id)
    await act(org.rep, 'customer.remove', { id: extra[1].id })
    expect((await mirror.pull()).ids('customer')).toEqual([org.liMing])
    await mirror.pull()
    expect(mirror.pages).toMatchObject([{ rows: [], left: [], fresh: false }])
  })

  test('a re-alignment takes the bundle from one and gives it whole to the other', async () => {
    await act(org.rep, 'visit.plan', visitArgs(org.liMing))
    const [from, to] = [await new Mirror(org.rep).pull(), await new Mirror(org.otherRep).pull()]
    expect(to.ids('visit')).toHaveLength(0)
    await act(org.manager, 'customer.align', { ids: [org.liMing], territoryId: org.south })
    await Promise.all([from.pull(), to.pull()])
    expect(from.pages[0]?.left).toEqual([org.liMing])
    expect([...from.rows.values()].filter(([, , , scope]) => scope === org.liMing)).toEqual([])
    expect(to.ids('visit')).toHaveLength(1)
    expect([...to.ids('customer')].sort()).toEqual([org.liMing, org.wangFang].sort())
    await act(org.manager, 'customer.align', { ids: [org.liMing], territoryId: org.north })
    await Promise.all([from.pull(), to.pull()])
    expect(from.content()).toEqual((await new Mirror(org.rep).pull()).content())
    expect(to.content()).toEqual((await new Mirror(org.otherRep).pull()).content())
  })

  test('a row that moves to another bundle leaves one and comes with the other', async () => {
    const promised = {
      id: uuidv7(),
      customerId: org.liMing,
      visitId: null,
      promisedBy: 'us',
      what: '寄资料',
      dueOn: null,
    }
    await act(org.rep, 'commitment.make', promised)
    const mirrors = [org.rep, org.otherRep, org.manager].map((who) => new Mirror(who))
    for (const mirror of mirrors) await mirror.pull()
    await move(promised.id, org.wangFang)
    for (const mirror of mirrors) await mirror.pull()
    expect(mirrors.map((mirror) => mirror.ids('commitment').length)).toEqual([0, 1, 1])
    for (const mirror of mirrors) {
      expect(mirror.content()).toEqual((await new Mirror(mirror.principal).pull()).content())
    }
  })

  test('a change of roles and a new epoch bring a fresh picture', async () => {
    const mirror = await new Mirror(org.otherRep).pull()
    await act(org.admin, 'member.set_roles', { id: org.otherRep.userId, roles: ['rep', 'medical'] })
    await mirror.pull()
    expect(mirror.pages).toMatchObject([{ fresh: true }])
    await database.owner.query('update org_counter set epoch = gen_random_uuid() where org_id = $1', [
      org.orgId,
    ])
    await mirror.pull()
    expect(mirror.pages).toMatchObject([{ fresh: true }])
    await act(org.rep, 'visit.plan', visitArgs(org.liMing))
    await database.owner.query('update org_counter set min_cursor = seq where org_id = $1', [org.orgId])
    await mirror.pull()
    expect(mirror.pages).toMatchObject([{ fresh: true }])
    await mirror.pull()
    expect(mirror.pages).toMatchObject([{ fresh: false, rows: [] }])
  })

  test('a large territory comes in pages, usable before its old visits, and a lost page is asked for again', async () => {
    const rows = Array.from({ length: 900 }, (_, index) =>
      customerRow(`虚构${index}`, org.north, org.clock.now()),
    )
    await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, rows)
    const days = ['2026-08-30T02:00:00.000Z', '2026-03-02T02:00:00.000Z', '2026-02-02T02:00:00.000Z']
    const visits = rows.flatMap(([, { id }]) => days.map((startsAt) => visitArgs(id, { startsAt })))
    await planAll(visits)
    const mirror = await new Mirror(org.rep).pull()
    expect(mirror.ids('visit')).toHaveLength(2700)
    expect(mirror.pages.length).toBeGreaterThan(1)
    expect(mirror.pages.every(({ rows }) => rows.length <= pullLimit)).toBe(true)
    const usable = mirror.pages.findIndex((page) => page.usable)
    const before = mirror.pages.slice(0, usable + 1).flatMap(({ rows: sent }) => sent.map(([, id]) => id))
    const early = visits.filter(({ startsAt }) => startsAt === days[0]).map(({ id }) => String(id))
    expect(before).toEqual(expect.arrayContaining(early))
    expect(mirror.pages.at(-1)).toMatchObject({ usable: true })
    const resume = mirror.pages[0]?.resume ?? ''
    const again = await pull(org.deps, org.rep, { cursor: 0, epoch: mirror.epoch, resume })
    expect(again).toEqual(mirror.pages[1])
    await expect(pull(org.deps, org.rep, { cursor: 0, epoch: '', resume: 'e30' })).rejects.toMatchObject({
      code: 'pull.unknown_resume',
    })
  })

  test('whatever happens, a device that follows holds what a new one gets', async () => {
    const step = fc.record({
      what: fc.constantFrom('plan', 'align', 'align', 'create', 'remove', 'end', 'pull', 'leap'),
      who: fc.nat(2),
      which: fc.nat(50),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        org = await smallOrg(database.app)
        const mirrors = [org.rep, org.otherRep, org.manager].map((who) => new Mirror(who))
        for (const { what, who, which } of steps) {
          org.clock.advance(60_000)
          await randomStep(what, { who, which })
          if (what === 'pull') await mirrors[who]?.pull()
        }
        for (const mirror of mirrors) {
          const fresh = await new Mirror(mirror.principal).pull()
          expect((await mirror.pull()).content()).toEqual(fresh.content())
          await expectOnlyOwn(fresh)
        }
      }),
      { numRuns: 25 },
    )
  })
})

async function randomStep(what: string, { who, which }: { who: number; which: number }): Promise<void> {
  const people = [org.rep, org.otherRep, org.manager]
  const { rows } = await database.owner.query<{ id: string }>(
    'select id from customer where org_id = $1 order by id',
    [org.orgId],
  )
  const chosen = rows[which % Math.max(rows.length, 1)]?.id
  const person = people[who] ?? org.rep
  const territoryId = which % 2 === 0 ? org.north : org.south
  const give = (by: Principal, name: string, args: JsonObject) => apply(org.deps, by, { name, args })
  // As if others had written so much in between that the feed is read by scopes.
  const leap = 'update org_counter set seq = seq + 2000 where org_id = $1'
  if (what === 'leap') await database.owner.query(leap, [org.orgId])
  else if (what === 'create') {
    await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, [
      customerRow(`虚构${which}`, territoryId, org.clock.now()),
    ])
  } else if (chosen === undefined) return
  else if (what === 'plan') await give(person, 'visit.plan', visitArgs(chosen))
  else if (what === 'align') await give(org.steward, 'customer.align', { ids: [chosen], territoryId })
  else if (what === 'remove') await give(org.steward, 'customer.remove', { id: chosen })
  else if (what === 'end')
    await give(org.admin, which % 2 ? 'member.deactivate' : 'member.reactivate', { id: org.otherRep.userId })
}

/** Checked by another way than the one that made it: the territories' own rows. */
async function expectOnlyOwn({ principal }: Mirror): Promise<void> {
  const { rows } = await database.owner.query<{ n: number }>(
    `select count(*)::int as n from scope_member m join customer c on c.org_id = m.org_id and c.id = m.scope
     where m.org_id = $1 and m.user_id = $2 and m.until_seq is null and not exists (
       select from assignment a join member p on p.org_id = a.org_id and p.id = a.member_id
       where a.org_id = m.org_id and a.member_id = m.user_id and p.is_active
         and (a.territory_id = c.territory_id or a.territory_id = $3))`,
    [org.orgId, principal.userId, org.top],
  )
  expect(rows).toEqual([{ n: 0 }])
}

async function planAll(visits: readonly JsonObject[]): Promise<void> {
  for (let from = 0; from < visits.length; from += 60) {
    await Promise.all(visits.slice(from, from + 60).map((args) => act(org.rep, 'visit.plan', args)))
  }
}

/** No mutation moves a row between bundles yet; the feed must carry it all the same. */
async function move(id: string, customerId: string): Promise<void> {
  const before = {
    id,
    createdAt: org.clock.now(),
    createdBy: org.rep.userId,
    updatedAt: org.clock.now(),
    updatedBy: org.rep.userId,
    customerId: org.liMing,
    visitId: null,
    ownerId: org.rep.userId,
    promisedBy: 'us',
    what: '寄资料',
    dueOn: null,
    status: 'open',
    settledAt: null,
    proof: null,
    reason: null,
    confirmedAt: null,
  }
  await writeChanges(org.deps, { orgId: org.orgId, actor: null, name: 'test.move' }, [
    { entity: commitment, id, before, after: { ...before, customerId } },
  ])
}

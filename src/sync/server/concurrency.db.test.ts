// Several processes at once: each set of dependencies has a writer of its own, as another process would.
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { verifyAudit } from '#server/audit/audit-verify.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { customerRow, smallOrg } from '#tests/kit/small-org.ts'
import { apply } from './apply.ts'
import { insertRows } from './bulk.ts'
import { refreshMemberships } from './memberships.ts'
import { pull } from './pull.ts'

const database = await freshDatabase()

test('eight processes write, and a reader that follows the feed never passes over a row', async () => {
  const org = await smallOrg(database.app)
  const people = Array.from({ length: 40 }, (_, index) =>
    customerRow(`虚构${index}`, org.north, org.clock.now()),
  )
  await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, people)
  const plan = (customerId: string) => ({
    id: uuidv7(),
    customerId,
    ownerId: null,
    institutionId: null,
    channel: 'phone',
    startsAt: '2026-08-31T02:00:00.000Z',
    minutes: 10,
    objective: null,
  })
  const processes = Array.from({ length: 8 }, () => ({ ...org.deps }))
  let isWriting = true
  const writers = Promise.all(
    processes.map(async (deps, writer) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const args = plan(people[(writer * 7 + turn) % people.length]?.[1].id ?? '')
        expect(await apply(deps, org.rep, { name: 'visit.plan', args })).toMatchObject({ status: 'accepted' })
      }
    }),
  ).finally(() => {
    isWriting = false
  })
  const seen = new Set<string>()
  let [cursor, epoch] = [0, '']
  const follow = async () => {
    const page = await pull(org.deps, org.rep, { cursor, epoch })
    expect(page.cursor).toBeGreaterThanOrEqual(cursor)
    ;[cursor, epoch] = [page.cursor, page.epoch]
    for (const [entity, id] of page.rows) if (entity === 'visit') seen.add(id)
  }
  while (isWriting) await follow()
  await writers
  await follow()
  expect(seen.size).toBe(200)
  expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ isIntact: true, entries: 202 })
})

test('alignments and assignments from several processes leave the memberships that follow from the rows', async () => {
  const org = await smallOrg(database.app)
  const people = Array.from({ length: 12 }, (_, index) =>
    customerRow(`虚构${index}`, org.north, org.clock.now()),
  )
  await insertRows(org.deps, { orgId: org.orgId, actor: null, name: 'test.more' }, people)
  const processes = Array.from({ length: 6 }, () => ({ ...org.deps }))
  await Promise.all(
    processes.map(async (deps, index) => {
      for (let turn = 0; turn < 8; turn += 1) {
        const ids = people.slice(index, index + 5).map(([, { id }]) => id)
        const territoryId = (turn + index) % 2 === 0 ? org.south : org.north
        await apply(deps, org.steward, { name: 'customer.align', args: { ids, territoryId } })
        const memberId = turn % 2 === 0 ? org.rep.userId : org.otherRep.userId
        const days = { sinceOn: '2026-08-01', untilOn: null }
        const args = { id: uuidv7(), memberId, territoryId: org.south, ...days }
        await apply(deps, org.admin, { name: 'assignment.add', args })
      }
    }),
  )
  expect(await refreshMemberships(org.deps, org.orgId)).toBe(0)
  expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ isIntact: true })
})

test('memberships follow assignments that begin and end with a day', async () => {
  const org = await smallOrg(database.app)
  const args = {
    id: uuidv7(),
    memberId: org.rep.userId,
    territoryId: org.south,
    sinceOn: '2026-09-01',
    untilOn: '2026-09-01',
  }
  await apply(org.deps, org.admin, { name: 'assignment.add', args })
  const sees = async () =>
    (await pull(org.deps, org.rep, { cursor: 0 })).rows.some(([, id]) => id === org.wangFang)
  expect(await sees()).toBe(false)
  // 2026-08-31 15:59 UTC is one minute before the first of September in Shanghai.
  org.clock.advance(15 * 3_600_000 - 60_000)
  await refreshMemberships(org.deps, org.orgId)
  expect(await sees()).toBe(false)
  org.clock.advance(60_000)
  expect(await refreshMemberships(org.deps, org.orgId)).toBe(1)
  expect(await sees()).toBe(true)
  org.clock.advance(24 * 3_600_000)
  expect(await refreshMemberships(org.deps, org.orgId)).toBe(1)
  expect(await sees()).toBe(false)
})

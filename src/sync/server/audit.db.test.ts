import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AuditChange } from '#server/audit/audit.ts'
import { verifyAudit, verifyAudits } from '#server/audit/audit-verify.ts'
import { eraseSubject, openChange, subjectKeys } from '#server/audit/subject-keys.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import { apply } from './apply.ts'

const database = await freshDatabase()
let org: SmallOrg

beforeEach(async () => {
  org = await smallOrg(database.app)
  for (const specialty of ['心内科', '肾内科', '心力衰竭 1e400', '介入 \\u0000 \\']) {
    await apply(org.deps, org.rep, {
      name: 'customer.edit',
      args: { id: org.liMing, changes: { specialty } },
    })
  }
})

/** As somebody with the owner's password would. */
function tamper(statement: string) {
  return database.owner.query(statement, [org.orgId])
}

async function lastChange(): Promise<AuditChange> {
  const { rows } = await database.owner.query<{ changes: AuditChange[] }>(
    'select changes from audit where org_id = $1 order by n desc limit 1',
    [org.orgId],
  )
  const change = rows[0]?.changes[0]
  if (!change) throw new Error('no audit entry')
  return change
}

describe('the audit', () => {
  test('verifies, and gives its length and head', async () => {
    expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ isIntact: true, entries: 5 })
    expect((await verifyAudits(database.owner)).get(org.orgId)).toMatchObject({ isIntact: true })
  })

  test.each([
    [
      'a changed value',
      "update audit set changes = '[]' where org_id = $1 and n = 3",
      { n: 3, what: 'changed' },
    ],
    ['another actor', 'update audit set actor = null where org_id = $1 and n = 2', { n: 2, what: 'changed' }],
    [
      'another time',
      "update audit set at = at - interval '1 ms' where org_id = $1 and n = 4",
      { n: 4, what: 'changed' },
    ],
    ['a removed first entry', 'delete from audit where org_id = $1 and n = 1', { n: 1, what: 'missing' }],
    [
      'an entry taken from the middle',
      'delete from audit where org_id = $1 and n = 3',
      { n: 3, what: 'missing' },
    ],
    [
      'entries cut off at the end',
      'delete from audit where org_id = $1 and n > 3',
      { n: 4, what: 'missing' },
    ],
    [
      'a gap closed by renumbering',
      `with gone as (delete from audit where org_id = $1 and n = 5 returning hash)
       update audit set hash = gone.hash from gone where org_id = $1 and n = 4`,
      { n: 4, what: 'changed' },
    ],
    [
      'an end cut off with its counter',
      `with gone as (delete from audit where org_id = $1 and n = 5)
       update org_counter set audit_n = 4 where org_id = $1`,
      { n: 4, what: 'head' },
    ],
    ['all entries removed', 'delete from audit where org_id = $1', { n: 1, what: 'missing' }],
  ])('names the first broken entry: %s', async (_, statement, fault) => {
    await tamper(statement)
    expect(await verifyAudit(database.app, org.orgId)).toEqual({ isIntact: false, ...fault })
  })

  test('seals personal values with the customer’s key and leaves the rest readable', async () => {
    const args = { id: org.liMing, changes: { note: '周三下午有空', role: 'department_head' } }
    await apply(org.deps, org.rep, { name: 'customer.edit', args })
    const change = await lastChange()
    expect(change).toMatchObject({
      fields: { role: ['physician', 'department_head'] },
      sealed: { names: ['note'] },
    })
    expect(JSON.stringify(change)).not.toContain('周三')
    const keys = await transaction(database.app, org.orgId, (client) =>
      subjectKeys(client, org.orgId, [org.liMing]),
    )
    expect(openChange(org.orgId, change, keys)).toEqual({ note: [null, '周三下午有空'] })
  })

  test('after a person’s key is destroyed his values are gone and the chain holds', async () => {
    const change = await lastChange()
    const keys = await transaction(database.app, org.orgId, async (client) => {
      await eraseSubject(client, { orgId: org.orgId, subject: org.liMing, now: org.clock.now() })
      return subjectKeys(client, org.orgId, [org.liMing])
    })
    expect(openChange(org.orgId, change, keys)).toBeNull()
    await apply(org.deps, org.rep, {
      name: 'customer.edit',
      args: { id: org.liMing, changes: { note: '再来' } },
    })
    expect(await lastChange()).toMatchObject({ sealed: { box: null } })
    expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ isIntact: true, entries: 6 })
  })

  test('a mutation that is refused leaves no entry', async () => {
    await apply(org.deps, org.rep, { name: 'customer.edit', args: { id: uuidv7(), changes: {} } })
    expect(await verifyAudit(database.app, org.orgId)).toMatchObject({ entries: 5 })
  })
})

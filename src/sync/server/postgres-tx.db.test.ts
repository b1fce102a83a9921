// The same acts over rows in memory and over Postgres: what a device shows at once is what the server makes of it.
import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import type { AnyRow } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { type Context, runInMemory } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { selectList, tableOf } from '#server/postgres/sql-columns.ts'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { type SmallOrg, smallOrg } from '#tests/kit/small-org.ts'
import type { Outcome, SentMutation } from '../protocol.ts'
import { push } from './push.ts'

const database = await freshDatabase()

const step = fc.record({
  kind: fc.constantFrom(
    'plan',
    'record',
    'complete',
    'miss',
    'cancel',
    'replan',
    'reschedule',
    'make',
    'keep',
    'edit',
  ),
  which: fc.nat(5),
  text: fc.constantFrom('随访', '寄资料', '引号\'"', '换行\n第二行', '😀'),
})

test('memory and Postgres agree on every outcome and every row, whatever is done and however it is batched', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 12 }),
      compare,
    ),
    { numRuns: 60 },
  )
})

interface Step {
  readonly kind: string
  readonly which: number
  readonly text: string
}

async function compare(steps: readonly Step[], batch: number): Promise<void> {
  const org = await smallOrg(database.app)
  const memory = await everything(org)
  const made = { visits: [uuidv7()], commitments: [uuidv7()] }
  const sent = steps.map((each, index): SentMutation => {
    const [name, args] = actOf(each, { org, made })
    const at = new Date(Date.parse(org.clock.now()) - 60_000 + index * 1000).toISOString()
    return { n: index + 1, name, version: 1, args, at, base: {}, deps: [] }
  })
  const expected = sent.map((mutation) => inMemory(org, memory, mutation))
  const device = uuidv7()
  const outcomes: Outcome[] = []
  for (let from = 0; from < sent.length; from += batch) {
    const mutations = sent.slice(from, from + batch)
    outcomes.push(...(await push(org.deps, org.rep, { device, sentAt: org.clock.now(), mutations })).outcomes)
  }
  expect(outcomes.map(codeOf)).toEqual(expected)
  expect(contentOf(org, await everything(org))).toEqual(contentOf(org, memory))
}

function actOf(
  { kind, which, text }: Step,
  { org, made }: { org: SmallOrg; made: { visits: string[]; commitments: string[] } },
): readonly [string, JsonObject] {
  const visit = made.visits[which % made.visits.length] ?? ''
  const commitment = made.commitments[which % made.commitments.length] ?? ''
  // Sometimes one that is there already, which is refused.
  const id = which === 0 ? visit : uuidv7()
  const when = { startsAt: '2026-08-31T00:30:00.000Z', minutes: 5 + which }
  const report = {
    channel: 'phone',
    ...when,
    result: 'reached',
    note: text,
    commitments: promises(which, made),
  }
  const where = { customerId: org.liMing, institutionId: which === 1 ? org.hospital : null, objective: null }
  if (kind === 'plan' || kind === 'record') made.visits.push(id)
  switch (kind) {
    case 'plan':
      return ['visit.plan', { id, ...where, ownerId: null, channel: 'wechat', ...when }]
    case 'record':
      return ['visit.record', { id, ...where, ...report }]
    case 'complete':
      return ['visit.complete', { id: visit, ...report }]
    case 'miss':
      return ['visit.miss', { id: visit, reason: '临时手术' }]
    case 'cancel':
      return ['visit.cancel', { id: visit, reason: null }]
    case 'replan':
      return ['visit.replan', { id: visit }]
    case 'reschedule':
      return ['visit.reschedule', { id: visit, startsAt: '2026-09-02T01:00:00.000Z', minutes: null }]
    case 'make': {
      const next = uuidv7()
      made.commitments.push(next)
      const what = { promisedBy: 'us', what: '寄资料', dueOn: '2026-09-05' }
      return [
        'commitment.make',
        { id: next, customerId: org.liMing, visitId: which === 2 ? visit : null, ...what },
      ]
    }
    case 'keep':
      return ['commitment.keep', { id: commitment, proof: text }]
    default:
      return [
        'customer.edit',
        { id: org.liMing, changes: { note: text, specialty: which > 2 ? '心内科' : null } },
      ]
  }
}

function promises(which: number, made: { commitments: string[] }): readonly JsonObject[] {
  if (which < 3) return []
  const id = uuidv7()
  made.commitments.push(id)
  return [{ id, promisedBy: 'customer', what: '回电', dueOn: null }]
}

/** What comes of it in memory: a code, or '' when it is accepted. */
function inMemory(
  { deps, rep, clock }: SmallOrg,
  rows: MemoryRows,
  { name, args, at }: SentMutation,
): string {
  const context: Context = { ...rep, at, now: clock.now(), pinyin: deps.pinyin }
  const mutation = deps.registry.mutations.get(name)
  if (!mutation) throw new Error(name)
  try {
    const tx = runInMemory(mutation, args, { context, read: rows.read })
    const clash = tx.changes().find(({ entity, id, before }) => before === null && rows.get(entity, id))
    if (clash) return 'already_exists'
    const dangling = tx.changes().find(({ after }) => {
      const visitId = after?.visitId
      const visit = deps.registry.entities.get('visit')
      const isMade = tx.changes().some(({ id }) => id === visitId)
      return visit && typeof visitId === 'string' && !isMade && !rows.get(visit, visitId)
    })
    if (dangling) return 'not_found'
    rows.apply(tx.changes())
    return ''
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

function codeOf(outcome: Outcome): string {
  return outcome.status === 'accepted' ? '' : outcome.code
}

async function everything({ deps, orgId }: SmallOrg): Promise<MemoryRows> {
  const rows = new MemoryRows()
  for (const entity of deps.registry.entities.values()) {
    const found = await database.owner.query<AnyRow>(
      `select ${selectList(entity)} from ${tableOf(entity)} t where org_id = $1`,
      [orgId],
    )
    for (const row of found.rows) rows.put(entity, row)
  }
  return rows
}

function contentOf({ deps }: SmallOrg, rows: MemoryRows): object {
  const all = [...deps.registry.entities.values()].map((entity) => {
    const own = [...rows.all(entity)].map((row) => ({ ...row }))
    return [entity.name, own.sort((a, b) => (JSON.stringify(a.id) < JSON.stringify(b.id) ? -1 : 1))]
  })
  return Object.fromEntries(all)
}

import { registry } from '#app/registry.ts'
import { weekdayOf } from '#core/calendar.ts'
import type { AnyRow, Entity, RowOf } from '#core/entity.ts'
import { MemoryRows } from '#core/memory-rows.ts'
import { runInMemory } from '#core/mutation.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { conflict } from '#features/conflicts/conflict.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import type { Device, DeviceStatus } from '#sync/device/device.ts'
import { generateDemo } from '../../demo/generate.ts'
import { fakeDevice } from './fake-device.ts'

/** The device of one of the demo's people, by the part of his address before the @. */
export function previewDevice(who: string): Device {
  const now = new Date().toISOString()
  const [company] = generateDemo(now, (day) => weekdayOf(day) <= 5)
  if (!company) throw new Error('the demo has no company')
  const { orgId, name: orgName, colleagues, acts } = company
  const memory = new MemoryRows()
  for (const { name, args, ...by } of acts) {
    const mutation = registry.mutations.get(name)
    if (!mutation) throw new Error(`no mutation ${name}`)
    const context = { ...by, orgId, now: by.at, pinyin: pinyinOf }
    memory.apply(runInMemory(mutation, args, { context, read: memory.read }).changes())
  }
  const login = who === 'trouble' || who === 'none' ? 'rep' : who
  const colleague = colleagues.find(({ email }) => email === `${login}@demo.rapport`)
  if (!colleague) throw new Error(`nobody is called ${login}`)
  const { id: userId, ...person } = colleague
  const until = new Date(Date.parse(now) + 7 * 86_400_000).toISOString()
  const lease = { orgId, orgName, userId, ...person, from: now, until, pass: 'demo' }
  if (who === 'none') return fakeDevice({ lease, rows: [] })
  const rows = [...registry.entities.values()].flatMap((entity) =>
    memory.all(entity).map((row): readonly [Entity, AnyRow] => [entity, row]),
  )
  if (who !== 'trouble') return fakeDevice({ lease, rows })
  return fakeDevice({
    lease,
    rows: [...rows, ...conflictsIn(memory, userId, now)],
    status: troubleIn(memory, userId, now),
  })
}

function conflictsIn(
  memory: MemoryRows,
  memberId: string,
  now: string,
): readonly (readonly [Entity, AnyRow])[] {
  const [whom] = memory.all(customer)
  if (!whom) return []
  const item: RowOf<typeof conflict> = {
    id: '019ab000-0000-7000-8000-000000000001',
    createdAt: now,
    createdBy: null,
    updatedAt: now,
    updatedBy: null,
    memberId,
    entity: 'customer',
    rowId: whom.id,
    customerId: whom.id,
    field: 'specialty',
    kept: '心力衰竭，尤其是射血分数保留型',
    lost: '心力衰竭、心肌病',
    keptBy: memory.all(customer)[1]?.createdBy ?? memberId,
    lostBy: memberId,
    keptAt: new Date(Date.parse(now) - 3_600_000).toISOString(),
    lostAt: new Date(Date.parse(now) - 90 * 60_000).toISOString(),
    settledAt: null,
    choice: null,
  }
  return [[conflict, item]]
}

function troubleIn(memory: MemoryRows, memberId: string, now: string): Partial<DeviceStatus> {
  const planned = memory.where(visit, 'ownerId', memberId).find(({ status }) => status === 'planned')
  const open = memory.where(commitment, 'ownerId', memberId).find(({ status }) => status === 'open')
  const at = new Date(Date.parse(now) - 5_400_000).toISOString()
  return {
    connection: 'offline',
    pending: [
      { n: 41, name: 'commitment.keep', args: { id: open?.id ?? '', proof: null }, at, state: 'sent' },
      { n: 42, name: 'visit.complete', args: { id: planned?.id ?? '' }, at: now, state: 'saved' },
    ],
    refused: [
      {
        n: 40,
        name: 'visit.complete',
        args: {
          id: planned?.id ?? '',
          channel: 'face_to_face',
          startsAt: at,
          minutes: 15,
          result: 'reached',
          note: '交流了指南更新要点，对方希望看到全文。',
          commitments: [{ id: open?.id ?? '', promisedBy: 'us', what: '寄指南全文', dueOn: '2026-11-27' }],
        },
        at,
        code: 'visit.already_completed',
        details: { status: 'completed', wanted: 'completed' },
      },
    ],
  }
}

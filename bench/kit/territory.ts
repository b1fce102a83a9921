// One rep's territory: 1,000 customers at 40 hospitals and 24,000 rows in all, with an account to sign in with.
// Fictitious, and the same for the same day.
import { uuidv7 } from 'uuidv7'
import { serverDeps } from '#app/server-deps.ts'
import { addDays, dayOf } from '#core/calendar.ts'
import type { AnyRow, Entity } from '#core/entity.ts'
import { pinyinOf } from '#core/pinyin.ts'
import { bigramsOf, nameKeys } from '#core/search-text.ts'
import { member } from '#features/access/member.entity.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { createAccountsAlike } from '#server/accounts/accounts.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { insertRows } from '#sync/server/bulk.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import { kernel } from '#tests/kit/small-org.ts'
import { sized } from './measure.ts'
import { type Doors, filled } from './running.ts'

export const password = 'rapport-bench-only'

export interface Territory {
  readonly orgId: string
  readonly repId: string
  readonly email: string
  readonly rows: number
}

const dayMs = 86_400_000
const hospitals = 40
const departments = ['心血管内科', '神经内科', '肿瘤科', '呼吸科', '内分泌科']
const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰志红春海燕晓东梅云峰林波斌宇浩凯琳',
]

/** Fills a new database in this folder. */
export function territoryIn(folder: string): Promise<Territory> {
  return filled(folder, fill)
}

type Laid = readonly [Entity, AnyRow]

async function fill({ owner, app }: Doors): Promise<Territory> {
  const deps = serverDeps(app, { committed: () => {} })
  const now = deps.now()
  const [orgId, repId, territoryId] = [uuidv7(), uuidv7(), uuidv7()]
  const email = 'rep@bench.example'
  await transaction(app, orgId, (client) => createOrganisation(client, { orgId, name: '基准（虚构）', now }))
  const base: readonly Laid[] = [
    [member, { ...kernel(now, repId), name: '虚构代表', email, roles: ['rep'], isActive: true }],
    [territory, { ...kernel(now, territoryId), name: '片区', parentId: null }],
    [assignment, { ...kernel(now), memberId: repId, territoryId, sinceOn: '2020-01-01', untilOn: null }],
  ]
  const places = hospitalsOf(now, territoryId)
  const people = customersOf(now, { territoryId, places })
  const work = workOf(now, { repId, people })
  const rows = [...base, ...places.rows, ...people.rows, ...work]
  await insertRows(deps, { orgId, actor: null, name: 'bench.fill' }, rows)
  const client = await owner.connect()
  try {
    await createAccountsAlike(client, [{ orgId, memberId: repId, name: '虚构代表', email }], password)
  } finally {
    client.release()
  }
  return { orgId, repId, email, rows: rows.length }
}

interface Places {
  readonly rows: readonly Laid[]
  readonly at: readonly { readonly institutionId: string; readonly departmentId: string }[]
}

function hospitalsOf(now: string, territoryId: string): Places {
  const rows: Laid[] = []
  const at: { institutionId: string; departmentId: string }[] = []
  for (let index = 0; index < hospitals; index += 1) {
    const name = `虚构市第${index + 1}人民医院`
    const institutionId = uuidv7()
    const place = {
      province: '虚构省',
      city: index % 2 === 0 ? '虚构市' : '临市',
      district: '中区',
      address: `中山路${index}号`,
    }
    rows.push([
      institution,
      {
        ...kernel(now, institutionId),
        ...{ name, kind: 'general_hospital', level: '3A', ...place },
        ...{ longitude: 113.2, latitude: 23.1, phone: null, territoryId },
        ...nameKeys(name, pinyinOf),
        bigrams: bigramsOf(name),
      },
    ])
    for (const ward of departments) {
      const departmentId = uuidv7()
      rows.push([department, { ...kernel(now, departmentId), institutionId, name: ward }])
      at.push({ institutionId, departmentId })
    }
  }
  return { rows, at }
}

interface People {
  readonly rows: readonly Laid[]
  readonly ids: readonly { readonly customerId: string; readonly institutionId: string }[]
}

function customersOf(now: string, { territoryId, places }: { territoryId: string; places: Places }): People {
  const rows: Laid[] = []
  const ids: { customerId: string; institutionId: string }[] = []
  const pick = (from: readonly string[], at: number) => from[at % from.length] ?? ''
  for (let index = 0; index < sized(1000); index += 1) {
    const name = pick(surnames, index * 7) + pick(given, index * 11) + pick(given, index * 13 + (index >> 4))
    const place = places.at[(index * 3) % places.at.length]
    if (!place) continue
    const customerId = uuidv7()
    rows.push([
      customer,
      {
        ...kernel(now, customerId),
        ...{ name, sex: index % 2 === 0 ? 'female' : 'male' },
        role: pick(['physician', 'physician', 'department_head', 'head_nurse'], index),
        title: pick(['chief_physician', 'attending_physician', 'resident_physician'], index),
        ...{ specialty: '心力衰竭', phone: `1380000${String(index).padStart(4, '0')}`, email: null },
        ...{ note: '周三上午门诊，下午查房，愿意收到新的研究全文。', territoryId, ...place },
        ...nameKeys(name, pinyinOf),
        bigrams: bigramsOf(name),
      },
    ])
    rows.push([
      affiliation,
      {
        ...kernel(now),
        ...{ customerId, ...place, position: null, isPrimary: true, sinceOn: null, untilOn: null },
      },
    ])
    ids.push({ customerId, institutionId: place.institutionId })
  }
  return { rows, ids }
}

/** As if it had been made at that moment. */
function idOf(moment: number): string {
  const time = moment.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${uuidv7().slice(14)}`
}

/** Twenty visits a customer within two years, and a promise in every tenth. */
function workOf(now: string, { repId, people }: { repId: string; people: People }): readonly Laid[] {
  const rows: { readonly at: number; readonly laid: Laid }[] = []
  const today = Date.parse(`${dayOf(now)}T01:00:00.000Z`)
  const { ids } = people
  ids.forEach(({ customerId, institutionId }, index) => {
    for (let k = 0; k < 20; k += 1) {
      // Every customer has one visit ahead, within a month.
      const days = k === 0 ? (index % 30) - 2 : -(k * 37 + (index % 31))
      const moment = today + days * dayMs + (index % 16) * 30 * 60_000
      const at = new Date(moment).toISOString()
      const isDone = moment < Date.parse(now)
      const visitId = idOf(Math.min(moment, Date.parse(now)))
      rows.push({
        at: moment,
        laid: [
          visit,
          {
            ...kernel(isDone ? at : now, visitId),
            ...{ customerId, ownerId: repId, institutionId, channel: 'face_to_face' },
            ...{ status: isDone ? 'completed' : 'planned', startsAt: at, minutes: 15, visitOn: dayOf(at) },
            ...{
              objective: '随访',
              result: isDone ? 'reached' : null,
              completedAt: isDone ? at : null,
              reason: null,
            },
            note: isDone ? '介绍了新的研究结果，约定下次带来全文；对剂量有疑问，已转医学。' : null,
          },
        ],
      })
      if (k % 10 !== 1) continue
      const isKept = k > 1 || index % 3 > 0
      rows.push({
        at: moment + 1,
        laid: [
          commitment,
          {
            ...kernel(at),
            ...{ customerId, visitId, ownerId: repId, promisedBy: 'us', what: '带来研究全文' },
            ...{
              dueOn: addDays(dayOf(at), 30),
              status: isKept ? 'kept' : 'open',
              settledAt: isKept ? at : null,
            },
            ...{ proof: isKept ? '已送达' : null, reason: null, confirmedAt: null },
          },
        ],
      })
    }
  })
  return rows.sort((a, b) => a.at - b.at).map(({ laid }) => laid)
}

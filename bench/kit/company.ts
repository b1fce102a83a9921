// One large organisation: 100 territories with 1,000 customers each, 500,000 visits. Written by SQL, past the
// mutations, as there is no other way to have it within a minute; people and talk are invented.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { serverDeps } from '#app/server-deps.ts'
import { pinyinOf } from '#core/pinyin.ts'
import type { Role } from '#core/role.ts'
import { createApiToken } from '#features/access/api-token.server.ts'
import { member } from '#features/access/member.entity.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { insertRows } from '#sync/server/bulk.ts'
import { refreshMemberships } from '#sync/server/memberships.ts'
import { createOrganisation } from '#sync/server/organisation.ts'
import { kernel } from '#tests/kit/small-org.ts'
import { sized } from './measure.ts'
import { type Doors, filled, newFolder } from './running.ts'

export interface Person {
  readonly id: string
  readonly token: string
}

export interface Company {
  readonly orgId: string
  /** Works in `territory`. */
  readonly rep: Person
  readonly territory: string
  /** Over eight territories. */
  readonly manager: Person
  readonly managed: readonly string[]
  /** Reads and writes everywhere. */
  readonly steward: Person
  /** Customers of `territory` with 21 visits each. */
  readonly frequented: readonly string[]
  /** Records the visits that are measured, elsewhere, so that the rep's own rows stay as they are. */
  readonly author: Person
  readonly visited: readonly string[]
}

const territories = 100
const managedCount = 8

/** The folder with the database of the company: made once a run of `npm run bench`. */
export async function companyFolder(): Promise<{ readonly folder: string; readonly company: Company }> {
  const shared = process.env.RAPPORT_BENCH_FOLDER
  const folder = shared ? join(shared, 'company') : await newFolder()
  const known = join(folder, 'company.json')
  // Written below by this very program.
  if (existsSync(known)) return { folder, company: JSON.parse(readFileSync(known, 'utf8')) as Company }
  await mkdir(folder, { recursive: true })
  const begun = performance.now()
  const company = await filled(folder, fill)
  writeFileSync(known, JSON.stringify(company))
  console.log(`   (the company was written in ${((performance.now() - begun) / 1000).toFixed(0)} s)`)
  return { folder, company }
}

async function fill({ owner, app }: Doors): Promise<Company> {
  const deps = serverDeps(app, { committed: () => {} })
  const now = deps.now()
  const orgId = uuidv7()
  await transaction(app, orgId, (client) => createOrganisation(client, { orgId, name: '基准（虚构）', now }))
  const top = uuidv7()
  const region = uuidv7()
  const fields = Array.from({ length: territories }, () => ({ territoryId: uuidv7(), repId: uuidv7() }))
  const [managerId, stewardId] = [uuidv7(), uuidv7()]
  const person = (id: string, role: Role) =>
    [
      member,
      { ...kernel(now, id), name: `虚构${role}`, email: `${id}@example.test`, roles: [role], isActive: true },
    ] as const
  const works = (memberId: string, territoryId: string) =>
    [assignment, { ...kernel(now), memberId, territoryId, sinceOn: '2020-01-01', untilOn: null }] as const
  await insertRows(deps, { orgId, actor: null, name: 'bench.fill' }, [
    [territory, { ...kernel(now, top), name: '全国', parentId: null }],
    [territory, { ...kernel(now, region), name: '大区', parentId: top }],
    ...fields.map(
      ({ territoryId }, at) =>
        [
          territory,
          { ...kernel(now, territoryId), name: `片区${at}`, parentId: at < managedCount ? region : top },
        ] as const,
    ),
    ...fields.map(({ repId }) => person(repId, 'rep')),
    person(managerId, 'manager'),
    person(stewardId, 'steward'),
    ...fields.map(({ repId, territoryId }) => works(repId, territoryId)),
    works(managerId, region),
  ])
  const client = await owner.connect()
  try {
    await writeRows(client, orgId, fields)
  } finally {
    client.release()
  }
  await refreshMemberships(deps, orgId)
  const first = fields[0]
  const last = fields.at(-1)
  if (!first || !last) throw new Error('the company has no territory')
  const withToken = async (id: string): Promise<Person> => {
    const made = { input: { name: 'bench', days: null }, id: uuidv7(), now }
    return { id, token: (await createApiToken(app, { orgId, userId: id }, made)).token }
  }
  const { rows } = await owner.query<{ id: string }>(
    `select c.id from customer c where org_id = $1 and territory_id = $2
     and (select count(*) from visit v where v.org_id = $1 and v.customer_id = c.id) > 20 order by id`,
    [orgId, first.territoryId],
  )
  const { rows: visited } = await owner.query<{ id: string }>(
    'select id from customer where org_id = $1 and territory_id = $2 order by id',
    [orgId, last.territoryId],
  )
  return {
    orgId,
    author: await withToken(last.repId),
    visited: visited.map(({ id }) => id),
    rep: await withToken(first.repId),
    territory: first.territoryId,
    manager: await withToken(managerId),
    managed: fields.slice(0, managedCount).map(({ territoryId }) => territoryId),
    steward: await withToken(stewardId),
    frequented: rows.map(({ id }) => id),
  }
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰志红春海燕晓东梅云峰林波斌宇浩凯琳雪倩',
]

async function writeRows(
  client: pg.PoolClient,
  orgId: string,
  fields: readonly { readonly territoryId: string; readonly repId: string }[],
): Promise<void> {
  const spelled = (characters: readonly string[]) => characters.map((each) => pinyinOf(each).join(''))
  await client.query(
    `create temp table field_of as
     select (i - 1)::int as i, t, r from unnest($1::uuid[], $2::uuid[]) with ordinality as f(t, r, i)`,
    [fields.map(({ territoryId }) => territoryId), fields.map(({ repId }) => repId)],
  )
  await client.query(
    `create temp table name_of as
     select s.c || a.c || b.c as name, concat_ws(' ', s.p, a.p, b.p) as sort_key, s.p || a.p || b.p as pinyin,
       left(s.p, 1) || left(a.p, 1) || left(b.p, 1) as initials,
       array[s.c, a.c, b.c, s.c || a.c, a.c || b.c] as bigrams,
       row_number() over (order by md5(s.c || a.c || b.c)) - 1 as i
     from unnest($1::text[], $2::text[]) as s(c, p), unnest($3::text[], $4::text[]) as a(c, p),
       unnest($3::text[], $4::text[]) as b(c, p)`,
    [surnames, spelled(surnames), given, spelled(given)],
  )
  await client.query('create index on name_of (i)')
  const customers = sized(100_000)
  await client.query(
    `insert into customer (org_id, id, scope, created_at, updated_at, name, sex, role, title, specialty, note,
       territory_id, sort_key, pinyin, initials, bigrams)
     select $1, id, id, now() - interval '1 year', now() - interval '1 year', n.name,
       (array['female', 'male'])[1 + c.i % 2], (array['physician', 'department_head', 'head_nurse', 'other'])[1 + c.i / 100 % 4],
       'attending_physician', '心血管内科', '周三上午门诊，下午查房。', f.t, n.sort_key, n.pinyin, n.initials, n.bigrams
     from (select i, uuidv7() as id from generate_series(1, $2::int) i) c
     join field_of f on f.i = c.i % ${territories} join name_of n on n.i = c.i % (select count(*) from name_of)`,
    [orgId, customers],
  )
  // Every fifth customer of a territory is seen often: 100,000 customers have 500,000 visits.
  await client.query(
    `insert into visit (org_id, id, scope, created_at, updated_at, customer_id, owner_id, channel, status, starts_at,
       minutes, visit_on, objective, result, note, completed_at)
     select $1, uuidv7(), c.id, at, at, c.id, f.r, 'face_to_face', 'completed', at, 15,
       (at at time zone 'Asia/Shanghai')::date, '随访', 'reached', '介绍了新的研究结果，约定下次带来全文；对剂量有疑问，已转医学。', at
     from (select c.id, c.territory_id, row_number() over (partition by c.territory_id order by c.id) as i from customer c
           where org_id = $1) c
     join field_of f on f.t = c.territory_id
     cross join lateral generate_series(1, case when c.i % 5 = 0 then 21 else 1 end) k
     cross join lateral (select now() - (k * 16 + c.i % 14) * interval '1 day' - c.i % 9 * interval '1 hour' as at) t
     order by at`,
    [orgId],
  )
  await client.query(
    `insert into feed select $1, 'customer', id, scope, 1 + row_number() over () / 100, false from customer where org_id = $1`,
    [orgId],
  )
  await client.query(
    `insert into feed select $1, 'visit', id, scope, 1001 + row_number() over (order by id) / 100, false from visit where org_id = $1`,
    [orgId],
  )
  await client.query('update org_counter set seq = 10000 where org_id = $1', [orgId])
}

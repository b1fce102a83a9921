import { addDays, instantAt } from '#core/calendar.ts'
import type { Role } from '#core/role.ts'
import { addMember } from '#features/access/member.mutations.ts'
import { assignMember, createTerritory } from '#features/territories/territory.mutations.ts'
import { type Act, act, type By } from './act.ts'
import type { hospitals } from './hospitals.ts'
import { personName } from './people.ts'
import type { Random } from './random.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/** A rep with the territory he works. */
export interface Field {
  readonly rep: Colleague
  readonly territoryId: string
  readonly city: keyof typeof hospitals
  /** Which share of the city's hospitals is his: 0, 1 or 2 of 3. */
  readonly part: number
}

export interface Company {
  readonly orgId: string
  readonly name: string
  readonly colleagues: readonly Colleague[]
  readonly fields: readonly Field[]
  readonly acts: readonly Act[]
}

/** What is asked for: the colleagues other than reps by the part of their address before the @, and the reps' places. */
interface Plan {
  readonly name: string
  readonly region: string
  readonly staff: readonly (readonly [login: string, role: Role])[]
  readonly places: readonly (readonly [login: string, city: keyof typeof hospitals])[]
}

export const demoDomain = 'demo.rapport'

export const northStar: Plan = {
  name: '远航医药（演示）',
  region: '京汉大区',
  staff: [
    ['admin', 'admin'],
    ['manager', 'manager'],
    ['medical', 'medical'],
    ['content', 'content'],
    ['compliance', 'compliance'],
    ['safety', 'safety'],
    ['steward', 'steward'],
    ['auditor', 'auditor'],
  ],
  places: [
    ['rep', '北京市'],
    ['rep2', '北京市'],
    ['rep3', '北京市'],
    ['rep4', '武汉市'],
    ['rep5', '武汉市'],
    ['rep6', '武汉市'],
  ],
}

export const greenRice: Plan = {
  name: '青禾生物（演示）',
  region: '华北区',
  staff: [
    ['admin.qinghe', 'admin'],
    ['manager.qinghe', 'manager'],
  ],
  places: [['rep.qinghe', '北京市']],
}

/** A fictitious company as it was set up a year ago: people, territories, who works where. */
export function foundCompany({ name, region, staff, places }: Plan, random: Random, today: string): Company {
  const sinceOn = addDays(today, -400)
  const at = instantAt(sinceOn, '09:00')
  const newId = () => random.id(Date.parse(at))
  const colleague = (login: string, role: Role): Colleague => ({
    id: newId(),
    name: personName(random, random.chance(0.5) ? 'female' : 'male'),
    email: `${login}@${demoDomain}`,
    roles: [role],
  })
  const office = staff.map(([login, role]) => colleague(login, role))
  const root = newId()
  const cities = [...new Set(places.map(([, city]) => city))].map((city) => ({ city, id: newId() }))
  const fields = places.map(([login, city], index): Field & { name: string } => {
    const part = places.slice(0, index).filter(([, other]) => other === city).length
    return {
      rep: colleague(login, 'rep'),
      territoryId: newId(),
      city,
      part,
      name: `${city.replace('市', '')}${'一二三'[part] ?? ''}区`,
    }
  })
  const admin = office[0]
  if (!admin) throw new Error('a company needs an administrator')
  const by: By = { userId: admin.id, roles: admin.roles, at }
  const colleagues = [...office, ...fields.map(({ rep }) => rep)]
  const parentOf = (city: string) => cities.find((each) => each.city === city)?.id ?? root
  const assign = (memberId: string, territoryId: string) =>
    act(by, assignMember, { id: newId(), memberId, territoryId, sinceOn, untilOn: null })
  // Medical and safety colleagues look after the whole region, as the manager does.
  const everywhere = office.filter(({ roles }) =>
    roles.some((role) => ['manager', 'medical', 'safety'].includes(role)),
  )
  return {
    orgId: newId(),
    name,
    colleagues,
    fields,
    acts: [
      ...colleagues.map(({ id, name, email, roles }) => act(by, addMember, { id, name, email, roles })),
      act(by, createTerritory, { id: root, name: region, parentId: null }),
      ...cities.map(({ city, id }) =>
        act(by, createTerritory, { id, name: city.replace('市', ''), parentId: root }),
      ),
      ...fields.map(({ territoryId, name, city }) =>
        act(by, createTerritory, { id: territoryId, name, parentId: parentOf(city) }),
      ),
      ...everywhere.map(({ id }) => assign(id, root)),
      ...fields.map(({ rep, territoryId }) => assign(rep.id, territoryId)),
    ],
  }
}

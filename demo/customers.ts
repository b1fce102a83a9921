import { addDays, instantAt } from '#core/calendar.ts'
import { addAffiliation } from '#features/customers/affiliation.mutations.ts'
import type { customerRoles, professionalTitles } from '#features/customers/customer.entity.ts'
import { createCustomer } from '#features/customers/customer.mutations.ts'
import { addDepartment, createInstitution } from '#features/institutions/institution.mutations.ts'
import { type Act, act, type By } from './act.ts'
import type { Company, Field } from './company.ts'
import { hospitals } from './hospitals.ts'
import { personName } from './people.ts'
import type { Random } from './random.ts'
import { positions, type Specialty, specialties } from './talk.ts'

type Role = (typeof customerRoles)[number]
type Title = (typeof professionalTitles)[number]

/** A generated customer as the rest of the demo needs him. */
export interface DemoCustomer {
  readonly id: string
  readonly institutionId: string
  readonly specialty: Specialty
  /** How often he is seen: 4 weekly, 2 fortnightly, 1 monthly. */
  readonly rhythm: number
}

export interface Portfolio {
  readonly field: Field
  readonly customers: readonly DemoCustomer[]
  readonly acts: readonly Act[]
}

const customersPerRep = 150
const departmentsPerHospital = 6

interface Ward {
  readonly institutionId: string
  readonly departmentId: string
  readonly specialty: Specialty
}

/** The hospitals of one rep with their departments, and his customers in them. */
export function fillTerritory(
  field: Field,
  company: Company,
  { random, today }: { random: Random; today: string },
): Portfolio {
  const steward = company.colleagues.find(({ roles }) => roles.includes('steward') || roles.includes('admin'))
  if (!steward) throw new Error('somebody has to enter the hospitals')
  const at = instantAt(addDays(today, -390), '10:00')
  const by: By = { userId: steward.id, roles: ['steward'], at }
  const mine = hospitals[field.city].filter((_, index) => index % 3 === field.part)
  const acts: Act[] = []
  const wards: Ward[] = []
  for (const hospital of mine) {
    const institutionId = random.id(Date.parse(at))
    const place = { ...hospital, province: provinceOf[field.city], phone: null }
    acts.push(act(by, createInstitution, { id: institutionId, ...place, territoryId: field.territoryId }))
    for (const specialty of random.some(specialties, departmentsPerHospital)) {
      const departmentId = random.id(Date.parse(at))
      acts.push(act(by, addDepartment, { id: departmentId, institutionId, name: specialty.department }))
      wards.push({ institutionId, departmentId, specialty })
    }
  }
  const repBy: By = { userId: field.rep.id, roles: ['rep'], at: instantAt(addDays(today, -380), '11:00') }
  const customers = Array.from({ length: customersPerRep }, (_, index) => {
    const ward = wards[index % wards.length] ?? random.pick(wards)
    const isFirst = index < wards.length
    const made = makeCustomer(ward, isFirst, { random, by: repBy, territoryId: field.territoryId })
    acts.push(...made.acts)
    if (random.chance(0.08)) acts.push(secondPlace(made.customer, random.pick(wards), { random, by: repBy }))
    return made.customer
  })
  return { field, customers, acts }
}

const provinceOf = { 北京市: '北京市', 武汉市: '湖北省' } as const

/** The first of a ward is its head; the rest are mostly physicians. */
function makeCustomer(
  ward: Ward,
  isFirst: boolean,
  { random, by, territoryId }: { random: Random; by: By; territoryId: string },
): { customer: DemoCustomer; acts: readonly Act[] } {
  const { institutionId, departmentId, specialty } = ward
  const role = isFirst
    ? ('department_head' as const)
    : random.weighted({
        physician: 82,
        head_nurse: 7,
        pharmacy_director: 4,
        medical_affairs_director: 3,
        vice_president: 2,
        president: 1,
        procurement: 1,
      })
  const sex = random.chance(role === 'head_nurse' ? 0.97 : 0.45) ? 'female' : 'male'
  const id = random.id(Date.parse(by.at))
  const isClinical = role === 'physician' || role === 'department_head' || role === 'head_nurse'
  const customer: DemoCustomer = {
    id,
    institutionId,
    specialty,
    rhythm: role === 'department_head' ? random.pick([4, 2]) : random.pick([2, 1, 1, 1, 0.5]),
  }
  const created = act(by, createCustomer, {
    id,
    name: personName(random, sex),
    sex,
    role,
    title: titleOf(role, random),
    specialty: isClinical && role !== 'head_nurse' ? random.pick(specialty.directions) : null,
    // 199 0000 is no range in use: nobody is rung up from a demo.
    phone: random.chance(0.35) ? `1990000${String(random.whole(0, 9999)).padStart(4, '0')}` : null,
    email: null,
    note: null,
    territoryId,
    affiliation: {
      id: random.id(Date.parse(by.at)),
      institutionId,
      departmentId: isClinical ? departmentId : null,
      position: random.pick(positions[role]) || null,
    },
  })
  return { customer, acts: [created] }
}

function titleOf(role: Role, random: Random): Title {
  if (role === 'head_nurse') return random.pick<Title>(['chief_nurse', 'nurse'])
  if (role === 'pharmacy_director')
    return random.pick<Title>(['chief_pharmacist', 'associate_chief_pharmacist'])
  if (role === 'physician') {
    return random.weighted({
      chief_physician: 18,
      associate_chief_physician: 32,
      attending_physician: 35,
      resident_physician: 15,
    })
  }
  if (role === 'procurement') return 'other'
  return random.pick<Title>(['chief_physician', 'chief_physician', 'associate_chief_physician'])
}

/** 多点执业: a second place of work. */
function secondPlace(customer: DemoCustomer, ward: Ward, { random, by }: { random: Random; by: By }): Act {
  return act(by, addAffiliation, {
    id: random.id(Date.parse(by.at)),
    customerId: customer.id,
    institutionId: ward.institutionId,
    departmentId: ward.departmentId,
    position: '多点执业',
    isPrimary: false,
    sinceOn: null,
    untilOn: null,
  })
}

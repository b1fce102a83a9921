import { dayOf } from '#core/calendar.ts'
import type { Act } from './act.ts'
import { type Colleague, foundCompany, greenRice, northStar } from './company.ts'
import { fillTerritory } from './customers.ts'
import { randomFrom } from './random.ts'
import type { IsWorkday } from './span.ts'
import { workYear } from './year.ts'

/** A fictitious organisation: who belongs to it and all they did, in the order of time. */
export interface DemoOrganisation {
  readonly orgId: string
  readonly name: string
  readonly colleagues: readonly Colleague[]
  readonly acts: readonly Act[]
}

const seed = 20260801

/**
 * Two fictitious companies at real public hospitals, with a year of work up to `now`. People are generated;
 * the same day gives the same demo.
 */
export function generateDemo(now: string, isWorkday: IsWorkday): readonly DemoOrganisation[] {
  const today = dayOf(now)
  return [northStar, greenRice].map((plan, index) => {
    const random = randomFrom(seed + index)
    const company = foundCompany(plan, random, today)
    const acts = [...company.acts]
    for (const field of company.fields) {
      const portfolio = fillTerritory(field, company, { random, today })
      acts.push(...portfolio.acts, ...workYear(portfolio, { today, now, isWorkday, random }))
    }
    // A stable sort: acts of one moment stay in the order in which they follow from each other.
    acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    const { orgId, name, colleagues } = company
    return { orgId, name, colleagues, acts }
  })
}

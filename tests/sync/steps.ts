import fc from 'fast-check'
import type { Step } from './simulation.ts'

const where = {
  origin: fc.constantFrom(0, 1, 2),
  tab: fc.nat({ max: 1 }),
  about: fc.nat({ max: 20 }),
  turns: fc.nat({ max: 12 }),
}

/** A step of the simulation; what a day brings often comes often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  often(6, fc.record({ ...where, kind: fc.constantFrom('edit' as const, 'edit' as const, 'plan' as const) })),
  often(4, fc.record({ ...where, kind: fc.constantFrom('sync' as const, 'come-back' as const) })),
  often(3, fc.record({ ...where, kind: fc.constantFrom('offline' as const, 'online' as const) })),
  often(3, fc.record({ ...where, kind: fc.constantFrom('kill' as const, 'open' as const, 'open' as const) })),
  often(2, fc.record({ ...where, kind: fc.constantFrom('office' as const, 'align' as const) })),
  often(1, fc.record({ ...where, kind: fc.constantFrom('rights' as const, 'old-request' as const) })),
  often(1, fc.record({ ...where, kind: fc.constantFrom('disk-lost' as const, 'sign-out' as const) })),
  often(
    3,
    fc.record({
      ...where,
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom('request-lost' as const, 'answer-lost' as const, 'sent-twice' as const),
    }),
  ),
  often(
    3,
    fc.record({
      ...where,
      kind: fc.constant('crash' as const),
      at: fc.constantFrom(
        ...(['before-outbox-write', 'after-outbox-write', 'before-send', 'after-send'] as const),
        ...(['after-outcome-write', 'before-page-write', 'after-page-write'] as const),
        ...(['before-fold', 'after-fold'] as const),
      ),
    }),
  ),
  often(2, fc.record({ ...where, kind: fc.constant('time' as const), by: fc.constantFrom(1000, 61_000) })),
  often(
    1,
    fc.record({
      ...where,
      kind: fc.constant('skew' as const),
      by: fc.constantFrom(0, 3_600_000, -86_400_000),
    }),
  ),
)

function often(weight: number, arbitrary: fc.Arbitrary<Step>) {
  return { weight, arbitrary }
}

import fc from 'fast-check'
import type { CrashPoint } from '#sync/device/surroundings.ts'
import type { WireFault } from '../kit/device-origin.ts'
import { type DeedKind, deedKinds } from './deeds.ts'
import { type ServerCrash, serverCrashes } from './evidence.ts'

interface Place {
  /** Which browser and which of its tabs, by number; taken modulo what there is. */
  readonly origin: number
  readonly tab: number
  /** Which customer, visit or old request it is about. */
  readonly about: number
  /** How long to let things go on before the next step. */
  readonly turns: number
}

export type DeedStep = Place & { readonly kind: 'do'; readonly deed: DeedKind }

export type Step =
  | DeedStep
  | (Place & { readonly kind: (typeof plainKinds)[number] })
  | (Place & { readonly kind: 'fault'; readonly fault: WireFault })
  | (Place & { readonly kind: 'crash'; readonly at: CrashPoint })
  | (Place & { readonly kind: 'server-crash'; readonly at: ServerCrash })
  | (Place & { readonly kind: 'time' | 'skew'; readonly by: number })

const plainKinds = [
  ...([
    'sync',
    'come-back',
    'offline',
    'online',
    'kill',
    'open',
    'office',
    'align',
    'rights',
    'epoch',
  ] as const),
  ...(['old-request', 'disk-lost', 'sign-out', 'update'] as const),
] as const

const crashPoints: readonly CrashPoint[] = [
  ...(['before-outbox-write', 'after-outbox-write', 'before-send', 'after-send'] as const),
  ...(['after-outcome-write', 'before-page-write', 'after-page-write', 'before-fold', 'after-fold'] as const),
]

const where = {
  origin: fc.constantFrom(0, 1, 2),
  tab: fc.nat({ max: 1 }),
  about: fc.nat({ max: 20 }),
  turns: fc.nat({ max: 12 }),
}

const [second, hour, day] = [1000, 3_600_000, 86_400_000]

/** A step of the simulation; what a day brings often comes often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  often(8, fc.record({ ...where, kind: fc.constant('do'), deed: fc.constantFrom(...deedKinds) })),
  often(4, plain('sync', 'come-back')),
  often(3, plain('offline', 'online')),
  often(3, plain('kill', 'open', 'open')),
  often(2, plain('office', 'align')),
  often(1, plain('rights', 'epoch', 'old-request')),
  often(1, plain('disk-lost', 'sign-out', 'update')),
  often(
    3,
    fc.record({
      ...where,
      kind: fc.constant('fault'),
      fault: fc.constantFrom<WireFault>('request-lost', 'answer-lost', 'sent-twice', 'late'),
    }),
  ),
  often(3, fc.record({ ...where, kind: fc.constant('crash'), at: fc.constantFrom(...crashPoints) })),
  often(2, fc.record({ ...where, kind: fc.constant('server-crash'), at: fc.constantFrom(...serverCrashes) })),
  often(
    2,
    fc.record({ ...where, kind: fc.constant('time'), by: fc.constantFrom(second, 61 * second, 3 * day) }),
  ),
  often(1, fc.record({ ...where, kind: fc.constant('skew'), by: fc.constantFrom(0, hour, -day) })),
)

function plain(...kinds: (typeof plainKinds)[number][]): fc.Arbitrary<Step> {
  return fc.record({ ...where, kind: fc.constantFrom(...kinds) })
}

function often(weight: number, arbitrary: fc.Arbitrary<Step>) {
  return { weight, arbitrary }
}

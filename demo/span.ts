import type { Random } from './random.ts'

/** Whether people work on a day in China. */
export type IsWorkday = (day: string) => boolean

export interface Year {
  readonly today: string
  /** The moment the demo is made at; nothing was done after it. */
  readonly now: string
  readonly isWorkday: IsWorkday
  readonly random: Random
}

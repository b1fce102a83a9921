// Which visits a device needs before anything else: this week's, last week's and next week's.
import type { EarlyRows } from '#sync/server/principal.ts'

export const earlyVisits: EarlyRows = {
  where: 't.visit_on between $day::date - 7 and $day::date + 14',
}

import { dayOf } from '#core/calendar.ts'
import { type ChangesOf, editableFields, type RowOf } from '#core/entity.ts'
import { id, instant, listOf, maybe, patchOf, ref, shape, text, type ValuesOf } from '#core/field.ts'
import { sameJson } from '#core/json.ts'
import { type Context, mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import type { Steps, Tx } from '#core/transaction.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import { mustBeActive } from '#features/access/member.rules.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { openCommitment } from '#features/commitments/commitment.rules.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { visit } from './visit.entity.ts'
import { mustBecome, mustHaveHappened } from './visit.rules.ts'

type Visit = RowOf<typeof visit>

const { channel, startsAt, minutes, objective, institutionId, result, note } = visit.fields

/** A commitment as it is written down inside a visit report. */
const reportedCommitment = shape({
  id: id(),
  promisedBy: commitment.fields.promisedBy,
  what: commitment.fields.what,
  dueOn: commitment.fields.dueOn,
})

const report = {
  channel,
  startsAt,
  minutes,
  result,
  note,
  commitments: listOf(reportedCommitment, { max: 10 }),
}

type Report = ValuesOf<typeof report>

export const planVisit = mutation('visit.plan', {
  about: 'Plans a visit to a customer, by default one’s own; a manager may plan for a rep.',
  rights: fieldWork,
  args: {
    id: id(),
    customerId: ref('customer'),
    ownerId: maybe(ref('member')),
    institutionId,
    channel,
    startsAt,
    minutes,
    objective,
  },
  *run(tx, { ownerId, ...plan }, { userId, roles }) {
    const whom = yield* tx.need(customer, plan.customerId)
    const owner = ownerId ?? userId
    if (owner !== userId) {
      if (!roles.includes('manager')) throw new Refused('visit.not_yours', { ownerId })
      yield* mustBeActive(tx, owner)
    }
    tx.insert(visit, {
      ...plan,
      institutionId: plan.institutionId ?? whom.institutionId,
      ownerId: owner,
      status: 'planned',
      visitOn: dayOf(plan.startsAt),
      result: null,
      note: null,
      completedAt: null,
      reason: null,
    })
  },
})

export const completeVisit = mutation('visit.complete', {
  about: 'Reports a planned visit as done, with what was talked about and what was promised.',
  rights: fieldWork,
  args: { id: id(), ...report },
  *run(tx, { id, ...done }, context) {
    const planned = yield* ownVisit(tx, id, context)
    if (planned.status === 'completed') {
      mustBeTheSame(planned, done)
    } else {
      mustBecome(planned.status, 'completed')
      mustHaveHappened(done.startsAt, context.at)
      tx.update(visit, planned, completion(done, context))
    }
    yield* addCommitments(tx, { customerId: planned.customerId, visitId: id }, { done, context })
  },
})

export const recordVisit = mutation('visit.record', {
  about: 'Reports a visit that was not planned.',
  rights: fieldWork,
  args: { id: id(), customerId: ref('customer'), institutionId, objective, ...report },
  *run(tx, { id, customerId, institutionId, objective, ...done }, context) {
    const whom = yield* tx.need(customer, customerId)
    mustHaveHappened(done.startsAt, context.at)
    tx.insert(visit, {
      id,
      customerId,
      ownerId: context.userId,
      institutionId: institutionId ?? whom.institutionId,
      objective,
      reason: null,
      ...completion(done, context),
    })
    yield* addCommitments(tx, { customerId, visitId: id }, { done, context })
  },
})

export const editVisit = mutation('visit.edit', {
  about: 'Corrects what was planned or reported; who corrected what stays in the audit.',
  rights: fieldWork,
  args: {
    id: id(),
    changes: patchOf(
      editableFields(visit, [
        'channel',
        'startsAt',
        'minutes',
        'objective',
        'institutionId',
        'result',
        'note',
        'reason',
      ]),
    ),
  },
  *run(tx, { id, changes }, context) {
    const current = yield* ownVisit(tx, id, context)
    const { startsAt, result, note } = changes
    if (current.status !== 'completed' && (result !== undefined || note !== undefined)) {
      throw new Refused('visit.not_completed', { status: current.status })
    }
    if (startsAt !== undefined && current.status === 'completed') mustHaveHappened(startsAt, context.at)
    const moved = startsAt === undefined ? {} : { visitOn: dayOf(startsAt) }
    tx.update(visit, current, { ...changes, ...moved })
  },
})

export const rescheduleVisit = mutation('visit.reschedule', {
  about: 'Moves a planned visit to another time.',
  rights: fieldWork,
  args: { id: id(), startsAt: instant(), minutes: maybe(minutes) },
  *run(tx, { id, startsAt, minutes }, context) {
    const current = yield* ownVisit(tx, id, context)
    if (current.status !== 'planned') {
      throw new Refused('visit.not_planned', { status: current.status })
    }
    tx.update(visit, current, {
      startsAt,
      visitOn: dayOf(startsAt),
      minutes: minutes ?? current.minutes,
    })
  },
})

export const missVisit = mutation('visit.miss', {
  about: 'Says that a planned visit did not take place, and why.',
  rights: fieldWork,
  args: { id: id(), reason: text({ max: 200, screened: true }) },
  *run(tx, { id, reason }, context) {
    yield* settle(tx, { id, status: 'missed', reason }, context)
  },
})

export const cancelVisit = mutation('visit.cancel', {
  about: 'Calls off a planned visit.',
  rights: fieldWork,
  args: { id: id(), reason: maybe(text({ max: 200, screened: true })) },
  *run(tx, { id, reason }, context) {
    yield* settle(tx, { id, status: 'cancelled', reason }, context)
  },
})

export const replanVisit = mutation('visit.replan', {
  about: 'Takes back that a visit was missed or called off.',
  rights: fieldWork,
  args: { id: id() },
  *run(tx, { id }, context) {
    yield* settle(tx, { id, status: 'planned', reason: null }, context)
  },
})

export const takeOverVisit = mutation('visit.take_over', {
  about: 'Makes a colleague’s planned visit one’s own, after a customer has changed hands.',
  rights: fieldWork,
  args: { id: id() },
  *run(tx, { id }, { userId }) {
    const current = yield* tx.need(visit, id)
    if (current.status === 'completed') {
      throw new Refused('visit.already_completed', { status: current.status, wanted: current.status })
    }
    tx.update(visit, current, { ownerId: userId })
  },
})

function* settle(
  tx: Tx,
  { id, status, reason }: { id: string; status: 'planned' | 'missed' | 'cancelled'; reason: string | null },
  context: Context,
): Steps<void> {
  const current = yield* ownVisit(tx, id, context)
  if (current.status === status) {
    // The same once more is no second act, but a reason that comes with it is not lost.
    if (reason !== null) tx.update(visit, current, { reason })
    return
  }
  mustBecome(current.status, status)
  tx.update(visit, current, { status, reason })
}

/** A visit is reported by the one who made it; his manager may move or correct it. */
function* ownVisit(tx: Tx, id: string, { userId, roles }: Context): Steps<Visit> {
  const found = yield* tx.need(visit, id)
  if (found.ownerId !== userId && !roles.includes('manager')) {
    throw new Refused('visit.not_yours', { ownerId: found.ownerId })
  }
  return found
}

function completion({ commitments: _, ...done }: Report, { at }: Context) {
  return { ...done, status: 'completed', visitOn: dayOf(done.startsAt), completedAt: at } as const
}

/** The same report once more is no second report; another one is refused with what stands. */
function mustBeTheSame(current: Visit, { commitments: _, ...done }: Report): void {
  const standing: ChangesOf<typeof visit> = {
    channel: current.channel,
    startsAt: current.startsAt,
    minutes: current.minutes,
    result: current.result,
    note: current.note,
  }
  if (sameJson({ ...done }, { ...standing })) return
  throw new Refused('visit.already_completed', {
    status: 'completed',
    wanted: 'completed',
    standing: { ...standing },
  })
}

/** A report that comes a second time may bring promises that the first did not have. */
function* addCommitments(
  tx: Tx,
  where: { customerId: string; visitId: string },
  { done, context }: { done: Report; context: Context },
): Steps<void> {
  for (const promised of done.commitments) {
    const known = yield* tx.get(commitment, promised.id)
    if (known?.visitId === where.visitId) continue
    tx.insert(commitment, openCommitment({ ...promised, ...where, ownerId: context.userId }))
  }
}

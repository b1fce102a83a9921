import { editableFields } from '#core/entity.ts'
import { id, listOf, maybe, patchOf, ref, shape } from '#core/field.ts'
import { mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { bigramsOf, nameKeys } from '#core/search-text.ts'
import { alignment, masterData } from '#features/access/access.rules.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import { mustBelongTo } from '#features/institutions/department.rules.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { mustAlign } from '#features/territories/territory.rules.ts'
import { visit } from '#features/visits/visit.entity.ts'
import { affiliation } from './affiliation.entity.ts'
import { customer } from './customer.entity.ts'

const own = editableFields(customer, ['name', 'sex', 'role', 'title', 'specialty', 'phone', 'email', 'note'])

/** Most customers that are aligned in one act. */
const alignLimit = 1000

export const createCustomer = mutation('customer.create', {
  about: 'Adds a customer to a territory, with the place where he works if it is known.',
  rights: masterData,
  args: {
    id: id(),
    ...own,
    territoryId: customer.fields.territoryId,
    affiliation: maybe(
      shape({
        id: id(),
        institutionId: affiliation.fields.institutionId,
        departmentId: affiliation.fields.departmentId,
        position: affiliation.fields.position,
      }),
    ),
  },
  *run(tx, { affiliation: place, ...given }, { pinyin }) {
    yield* tx.need(territory, given.territoryId)
    if (place !== null) yield* mustBelongTo(tx, place.departmentId, place.institutionId)
    tx.insert(customer, {
      ...given,
      institutionId: place?.institutionId ?? null,
      departmentId: place?.departmentId ?? null,
      ...nameKeys(given.name, pinyin),
      bigrams: bigramsOf(given.name),
    })
    if (place === null) return
    tx.insert(affiliation, {
      ...place,
      customerId: given.id,
      isPrimary: true,
      sinceOn: null,
      untilOn: null,
    })
  },
})

export const editCustomer = mutation('customer.edit', {
  about: 'Corrects what is known of a customer.',
  rights: masterData,
  args: { id: id(), changes: patchOf(own) },
  *run(tx, { id, changes }, { pinyin }) {
    const current = yield* tx.need(customer, id)
    const renamed = changes.name !== undefined && changes.name !== current.name
    const keys = renamed ? { ...nameKeys(changes.name, pinyin), bigrams: bigramsOf(changes.name) } : {}
    tx.update(customer, current, { ...changes, ...keys })
  },
})

export const alignCustomers = mutation('customer.align', {
  about:
    'Moves customers to another territory; those who worked them before lose sight of them. A manager moves them within his own territories.',
  rights: alignment,
  args: { ids: listOf(ref('customer'), { max: alignLimit }), territoryId: ref('territory') },
  *run(tx, { ids, territoryId }, context) {
    yield* mustAlign(tx, territoryId, context)
    for (const id of ids) tx.update(customer, yield* tx.need(customer, id), { territoryId })
  },
})

export const removeCustomer = mutation('customer.remove', {
  about: 'Removes a customer who was entered by mistake and with whom nothing has happened yet.',
  rights: masterData,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(customer, id)
    const visits = yield* tx.find(visit, 'customerId', id)
    const commitments = yield* tx.find(commitment, 'customerId', id)
    if (visits.length + commitments.length > 0) {
      throw new Refused('customer.has_history', {
        visits: visits.length,
        commitments: commitments.length,
      })
    }
    for (const place of yield* tx.find(affiliation, 'customerId', id)) tx.remove(affiliation, place)
    tx.remove(customer, current)
  },
})

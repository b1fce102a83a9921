import { editableFields } from '#core/entity.ts'
import { id, listOf, maybe, patchOf, ref } from '#core/field.ts'
import { mutation } from '#core/mutation.ts'
import { Refused } from '#core/refused.ts'
import { bigramsOf, nameKeys } from '#core/search-text.ts'
import { alignment, masterData, sharedMasterData } from '#features/access/access.rules.ts'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import { customer } from '#features/customers/customer.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import { mustAlign } from '#features/territories/territory.rules.ts'
import { department } from './department.entity.ts'
import { institution } from './institution.entity.ts'

const own = editableFields(institution, [
  'name',
  'kind',
  'level',
  'province',
  'city',
  'district',
  'address',
  'longitude',
  'latitude',
  'phone',
])

/** Most institutions that are aligned in one act. */
const alignLimit = 1000

export const createInstitution = mutation('institution.create', {
  about: 'Adds an institution.',
  rights: sharedMasterData,
  args: { id: id(), ...own, territoryId: institution.fields.territoryId },
  *run(tx, given, { pinyin }) {
    if (given.territoryId !== null) yield* tx.need(territory, given.territoryId)
    tx.insert(institution, {
      ...given,
      ...nameKeys(given.name, pinyin),
      bigrams: bigramsOf(given.name),
    })
  },
})

export const editInstitution = mutation('institution.edit', {
  about: 'Corrects what is known of an institution.',
  rights: sharedMasterData,
  args: { id: id(), changes: patchOf(own) },
  *run(tx, { id, changes }, { pinyin }) {
    const current = yield* tx.need(institution, id)
    const renamed = changes.name !== undefined && changes.name !== current.name
    const keys = renamed ? { ...nameKeys(changes.name, pinyin), bigrams: bigramsOf(changes.name) } : {}
    tx.update(institution, current, { ...changes, ...keys })
  },
})

export const alignInstitutions = mutation('institution.align', {
  about:
    'Says which territory looks after institutions; null for none. A manager says so of his own and of those that nobody looks after.',
  rights: alignment,
  args: { ids: listOf(ref('institution'), { max: alignLimit }), territoryId: maybe(ref('territory')) },
  *run(tx, { ids, territoryId }, context) {
    if (territoryId !== null) yield* mustAlign(tx, territoryId, context)
    for (const id of ids) {
      const current = yield* tx.need(institution, id)
      // One sees institutions of others too, where one's customers work.
      if (current.territoryId !== null) yield* mustAlign(tx, current.territoryId, context)
      tx.update(institution, current, { territoryId })
    }
  },
})

export const removeInstitution = mutation('institution.remove', {
  about: 'Removes an institution that was entered by mistake and at which nobody works.',
  rights: sharedMasterData,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(institution, id)
    const people = yield* tx.find(affiliation, 'institutionId', id)
    if (people.length > 0) throw new Refused('institution.has_people', { people: people.length })
    for (const each of yield* tx.find(department, 'institutionId', id)) tx.remove(department, each)
    tx.remove(institution, current)
  },
})

export const addDepartment = mutation('department.add', {
  about: 'Adds a department to an institution.',
  rights: { ...masterData, admin: 'organisation' },
  args: { id: id(), ...department.fields },
  *run(tx, args) {
    yield* tx.need(institution, args.institutionId)
    const others = yield* tx.find(department, 'institutionId', args.institutionId)
    if (others.some(({ name }) => name === args.name)) {
      throw new Refused('department.exists', { name: args.name })
    }
    tx.insert(department, args)
  },
})

export const editDepartment = mutation('department.edit', {
  about: 'Corrects the name of a department.',
  rights: sharedMasterData,
  args: { id: id(), changes: patchOf(editableFields(department, ['name'])) },
  *run(tx, { id, changes }) {
    tx.update(department, yield* tx.need(department, id), changes)
  },
})

export const removeDepartment = mutation('department.remove', {
  about: 'Removes a department in which nobody works.',
  rights: sharedMasterData,
  args: { id: id() },
  *run(tx, { id }) {
    const current = yield* tx.need(department, id)
    const people = [
      ...(yield* tx.find(affiliation, 'departmentId', id)),
      ...(yield* tx.find(customer, 'departmentId', id)),
    ]
    if (people.length > 0) throw new Refused('department.has_people', { people: people.length })
    tx.remove(department, current)
  },
})

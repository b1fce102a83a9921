import type { Rights } from '#core/role.ts'

/** Everybody in the organisation reads the organisation's shared rows; they are in its own scope. */
export const readByAll: Rights = {
  rep: 'territory',
  manager: 'territory',
  medical: 'territory',
  content: 'territory',
  compliance: 'organisation',
  safety: 'territory',
  steward: 'organisation',
  admin: 'organisation',
  auditor: 'organisation',
}

/**
 * Who reads customers and what hangs on them: a rep and his manager within their territories; medical and
 * safety colleagues where a territory has been assigned to them; those who answer for the whole, everywhere.
 * Content approvers and administrators work without customers.
 */
export const readCustomers: Rights = {
  rep: 'territory',
  manager: 'territory',
  medical: 'territory',
  safety: 'territory',
  compliance: 'organisation',
  steward: 'organisation',
  auditor: 'organisation',
}

/** Field work: done by reps and their managers, within their territories. */
export const fieldWork: Rights = { rep: 'territory', manager: 'territory' }

/** Field work and the upkeep of master data by the data steward. */
export const masterData: Rights = { rep: 'territory', manager: 'territory', steward: 'organisation' }

/** Master data that is shared between reps and therefore not theirs to change. */
export const sharedMasterData: Rights = { steward: 'organisation', admin: 'organisation' }

/** Who belongs to the organisation and who works where. */
export const administration: Rights = { admin: 'organisation' }

/** Alignment of customers and institutions with territories. */
export const alignment: Rights = { steward: 'organisation', admin: 'organisation', manager: 'territory' }

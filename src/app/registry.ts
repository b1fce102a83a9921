import { registered } from '#core/mutation.ts'
import { registryOf } from '#core/registry.ts'
import { member } from '#features/access/member.entity.ts'
import * as members from '#features/access/member.mutations.ts'
import { commitment } from '#features/commitments/commitment.entity.ts'
import * as commitments from '#features/commitments/commitment.mutations.ts'
import { conflict } from '#features/conflicts/conflict.entity.ts'
import { settleConflict } from '#features/conflicts/conflict.mutations.ts'
import { affiliation } from '#features/customers/affiliation.entity.ts'
import * as affiliations from '#features/customers/affiliation.mutations.ts'
import { customer } from '#features/customers/customer.entity.ts'
import * as customers from '#features/customers/customer.mutations.ts'
import { importRun } from '#features/imports/import-run.entity.ts'
import { department } from '#features/institutions/department.entity.ts'
import { institution } from '#features/institutions/institution.entity.ts'
import * as institutions from '#features/institutions/institution.mutations.ts'
import { assignment } from '#features/territories/assignment.entity.ts'
import { territory } from '#features/territories/territory.entity.ts'
import * as territories from '#features/territories/territory.mutations.ts'
import { visit } from '#features/visits/visit.entity.ts'
import * as visits from '#features/visits/visit.mutations.ts'

/** Everything the product consists of. A feature is added here and in `words.ts`, nowhere else. */
export const registry = registryOf(
  // Rows arrive on a device in this order, so that what a row points to is there before it.
  [
    member,
    territory,
    assignment,
    institution,
    department,
    customer,
    affiliation,
    commitment,
    visit,
    conflict,
    importRun,
  ],
  [
    registered(members.addMember),
    registered(members.editMember),
    registered(members.setRoles),
    registered(members.deactivateMember),
    registered(members.reactivateMember),
    registered(territories.createTerritory),
    registered(territories.editTerritory),
    registered(territories.moveTerritory),
    registered(territories.removeTerritory),
    registered(territories.assignMember),
    registered(territories.editAssignment),
    registered(territories.removeAssignment),
    registered(institutions.createInstitution),
    registered(institutions.editInstitution),
    registered(institutions.alignInstitutions),
    registered(institutions.removeInstitution),
    registered(institutions.addDepartment),
    registered(institutions.editDepartment),
    registered(institutions.removeDepartment),
    registered(customers.createCustomer),
    registered(customers.editCustomer),
    registered(customers.alignCustomers),
    registered(customers.removeCustomer),
    registered(affiliations.addAffiliation),
    registered(affiliations.editAffiliation),
    registered(affiliations.makeAffiliationPrimary),
    registered(affiliations.endAffiliation),
    registered(affiliations.removeAffiliation),
    registered(visits.planVisit),
    registered(visits.completeVisit),
    registered(visits.recordVisit),
    registered(visits.editVisit),
    registered(visits.rescheduleVisit),
    registered(visits.missVisit),
    registered(visits.cancelVisit),
    registered(visits.replanVisit),
    registered(visits.takeOverVisit),
    registered(commitments.makeCommitment),
    registered(commitments.editCommitment),
    registered(commitments.keepCommitment),
    registered(commitments.breakCommitment),
    registered(commitments.releaseCommitment),
    registered(commitments.reopenCommitment),
    registered(commitments.confirmCommitment),
    registered(settleConflict),
  ],
)

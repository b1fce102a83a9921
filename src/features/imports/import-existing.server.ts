// What is there already, read for one look at a list.
import type { Pool } from 'pg'
import { columnName } from '#server/postgres/sql-columns.ts'
import { inOrg } from '#server/postgres/transaction.ts'
import { departmentKey } from './import-acts.rules.ts'
import type { ExistingCustomer, ExistingInstitution, KnownTerritory } from './import-existing.rules.ts'
import { ownFields } from './row-fate.rules.ts'

/** All institutions of an organisation with what a list can fill. */
export async function existingInstitutions(
  app: Pool,
  orgId: string,
): Promise<readonly ExistingInstitution[]> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<ExistingInstitution>(
      `select i.id, ${valuesOf('institution', 'i')} as values from institution i where i.org_id = $1 order by i.id`,
      [orgId],
    ),
  )
  return rows
}

/** Customers by their exact names, or by a mobile number among their telephone numbers. */
export async function existingCustomers(
  app: Pool,
  orgId: string,
  { names, mobiles }: { readonly names: readonly string[]; readonly mobiles: readonly string[] },
): Promise<readonly ExistingCustomer[]> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<ExistingCustomer>(
      `select c.id, c.institution_id as "institutionId", ${valuesOf('customer', 'c')} as values from customer c
       where c.org_id = $1
         and (c.name = any($2) or substring(c.phone from '(?:^|[^0-9])(1[3-9][0-9]{9})(?:[^0-9]|$)') = any($3))
       order by c.id`,
      [orgId, names, mobiles],
    ),
  )
  return rows
}

export async function knownTerritories(app: Pool, orgId: string): Promise<readonly KnownTerritory[]> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<KnownTerritory>(
      `with recursive tree (id, name, path) as (
         select id, name, name from territory where org_id = $1 and parent_id is null
         union all
         select t.id, t.name, tree.path || ' / ' || t.name from tree join territory t on t.org_id = $1 and t.parent_id = tree.id
       )
       select id, name, path from tree order by path`,
      [orgId],
    ),
  )
  return rows
}

/** Departments of these institutions, by institution and name. */
export async function existingDepartments(
  app: Pool,
  orgId: string,
  institutionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await inOrg(app, orgId, (client) =>
    client.query<{ id: string; institution_id: string; name: string }>(
      'select id, institution_id, name from department where org_id = $1 and institution_id = any($2)',
      [orgId, institutionIds],
    ),
  )
  return new Map(rows.map(({ id, institution_id, name }) => [departmentKey(institution_id, name), id]))
}

/** The fields as one JSON object; names of fields are this program's, never input. */
function valuesOf(target: keyof typeof ownFields, table: string): string {
  return `json_build_object(${ownFields[target].map((field) => `'${field}', ${table}.${columnName(field)}`).join(', ')})`
}

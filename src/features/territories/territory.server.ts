// Who sees which scope, as it follows from territories, assignments, customers and where they work.
import type { Change } from '#core/transaction.ts'
import type { MembershipRule, Touched } from '#sync/server/principal.ts'

/** Members with the territories they work on day `$2`, all below them included. */
const worked = `
worked (user_id, territory_id) as (
  select a.member_id, a.territory_id
  from assignment a join member m on m.org_id = a.org_id and m.id = a.member_id
  where a.org_id = $1 and m.is_active
    and a.since_on <= $2::date and (a.until_on is null or a.until_on >= $2::date)
    and ($4::uuid[] is null or a.member_id = any($4))
  union
  select w.user_id, t.id from worked w join territory t on t.org_id = $1 and t.parent_id = w.territory_id
)`

// A member sees the customers of his territories, the institutions that belong to them or where those customers
// work, his own things, and what everybody shares.
const desired = `
with recursive ${worked},
active (id) as (
  select id from member where org_id = $1 and is_active and ($4::uuid[] is null or id = any($4))
)
select w.user_id, c.id as scope
from worked w join customer c on c.org_id = $1 and c.territory_id = w.territory_id
where $3::uuid[] is null or c.id = any($3)
union
select w.user_id, i.id
from worked w join institution i on i.org_id = $1 and i.territory_id = w.territory_id
where $3::uuid[] is null or i.id = any($3)
union
select w.user_id, a.institution_id
from worked w
join customer c on c.org_id = $1 and c.territory_id = w.territory_id
join affiliation a on a.org_id = $1 and a.customer_id = c.id
where $3::uuid[] is null or a.institution_id = any($3)
union
select id, id from active where $3::uuid[] is null or id = any($3)
union
select id, $1::uuid from active where $3::uuid[] is null or $1::uuid = any($3)`

const territories = `
with recursive below (territory_id) as (
  select a.territory_id from assignment a join member m on m.org_id = a.org_id and m.id = a.member_id
  where a.org_id = $1 and a.member_id = $2 and m.is_active
    and a.since_on <= $3::date and (a.until_on is null or a.until_on >= $3::date)
  union
  select t.id from below b join territory t on t.org_id = $1 and t.parent_id = b.territory_id
)
select territory_id from below`

export const territoryMemberships: MembershipRule = {
  desired,
  related: 'select institution_id as scope from affiliation where org_id = $1 and customer_id = any($2)',
  roles: 'select id as user_id, roles from member where org_id = $1 and id = any($2) and is_active',
  territories,
  territoryField: new Map([['customer', 'territoryId']]),
  touchedBy,
  rightsOf: (change) => (change.entity.name === 'member' && changes(change, 'roles') ? change.id : null),
}

function touchedBy(change: Change): Touched | null {
  const { entity, id, before, after } = change
  const isNewOrGone = before === null || after === null
  switch (entity.name) {
    case 'customer':
    case 'institution':
      return isNewOrGone || changes(change, 'territoryId') ? { scopes: [id] } : null
    case 'affiliation':
      return isNewOrGone ? { scopes: textsOf([before?.institutionId, after?.institutionId]) } : null
    case 'assignment':
      return { users: textsOf([before?.memberId, after?.memberId]) }
    case 'member':
      return isNewOrGone || changes(change, 'isActive') ? { users: [id] } : null
    case 'territory':
      return !isNewOrGone && changes(change, 'parentId') ? { everybody: true } : null
    default:
      return null
  }
}

function changes({ before, after }: Change, field: string): boolean {
  return JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field])
}

function textsOf(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string')
}

-- The first subjects. A table has its entity's fields in snake case, after the columns that every row has; its
-- scope says with which bundle it moves. tests/schema.db.test.ts compares them with the entities.
--
-- Tables of rows have no foreign key to the organisation: each of their transactions would lock its one row.
-- References that only remember (created_by, kept_by) have none either: they hold nothing back.

create table member (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  name text not null,
  email text not null,
  roles text[] not null,
  is_active boolean not null,
  primary key (org_id, id)
);
create index member_scope on member (org_id, scope, id);
create unique index member_email on member (org_id, email);

create table territory (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  name text not null,
  parent_id uuid,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references territory
);
create index territory_scope on territory (org_id, scope, id);
create index territory_parent on territory (org_id, parent_id);

create table assignment (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  member_id uuid not null,
  territory_id uuid not null,
  since_on date not null,
  until_on date,
  primary key (org_id, id),
  foreign key (org_id, member_id) references member,
  foreign key (org_id, territory_id) references territory
);
create index assignment_scope on assignment (org_id, scope, id);
create index assignment_member on assignment (org_id, member_id, since_on);
create index assignment_territory on assignment (org_id, territory_id);

create table institution (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  name text not null,
  kind text not null,
  level text,
  province text,
  city text,
  district text,
  address text,
  longitude double precision,
  latitude double precision,
  phone text,
  territory_id uuid,
  sort_key text collate "C",
  pinyin text collate "C",
  initials text collate "C",
  bigrams text[] not null,
  primary key (org_id, id),
  foreign key (org_id, territory_id) references territory
);
create index institution_scope on institution (org_id, scope, id);
create index institution_city on institution (org_id, city);
create index institution_territory on institution (org_id, territory_id, sort_key, id);
create index institution_sort_key on institution (org_id, sort_key, id);

create table department (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  institution_id uuid not null,
  name text not null,
  primary key (org_id, id),
  foreign key (org_id, institution_id) references institution
);
create index department_scope on department (org_id, scope, id);
create index department_institution on department (org_id, institution_id);

create table customer (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  name text not null,
  sex text,
  role text not null,
  title text,
  specialty text,
  phone text,
  email text,
  note text,
  territory_id uuid not null,
  institution_id uuid,
  department_id uuid,
  sort_key text collate "C",
  pinyin text collate "C",
  initials text collate "C",
  bigrams text[] not null,
  primary key (org_id, id),
  foreign key (org_id, territory_id) references territory,
  foreign key (org_id, institution_id) references institution,
  foreign key (org_id, department_id) references department
);
create index customer_scope on customer (org_id, scope, id);
-- The list of one territory and of the whole organisation, in their order.
create index customer_territory on customer (org_id, territory_id, sort_key, id);
create index customer_sort_key on customer (org_id, sort_key, id);
create index customer_institution on customer (org_id, institution_id);
create index customer_department on customer (org_id, department_id);

create table affiliation (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  customer_id uuid not null,
  institution_id uuid not null,
  department_id uuid,
  position text,
  is_primary boolean not null,
  since_on date,
  until_on date,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customer,
  foreign key (org_id, institution_id) references institution,
  foreign key (org_id, department_id) references department
);
create index affiliation_scope on affiliation (org_id, scope, id);
create index affiliation_customer on affiliation (org_id, customer_id);
create index affiliation_institution on affiliation (org_id, institution_id);
create index affiliation_department on affiliation (org_id, department_id);

create table visit (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  customer_id uuid not null,
  owner_id uuid not null,
  institution_id uuid,
  channel text not null,
  status text not null,
  starts_at timestamptz not null,
  minutes integer not null,
  visit_on date not null,
  objective text,
  result text,
  note text,
  completed_at timestamptz,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customer,
  foreign key (org_id, owner_id) references member,
  foreign key (org_id, institution_id) references institution
);
create index visit_scope on visit (org_id, scope, id);
create index visit_customer on visit (org_id, customer_id, starts_at, id);
create index visit_owner on visit (org_id, owner_id, visit_on, id);
create index visit_institution on visit (org_id, institution_id);
create index visit_visit_on on visit (org_id, visit_on, id);
create index visit_starts_at on visit (org_id, starts_at, id);

create table commitment (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  customer_id uuid not null,
  visit_id uuid,
  owner_id uuid not null,
  promised_by text not null,
  what text not null,
  due_on date,
  status text not null,
  settled_at timestamptz,
  proof text,
  reason text,
  confirmed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customer,
  foreign key (org_id, visit_id) references visit,
  foreign key (org_id, owner_id) references member
);
create index commitment_scope on commitment (org_id, scope, id);
create index commitment_customer on commitment (org_id, customer_id);
create index commitment_visit on commitment (org_id, visit_id);
create index commitment_owner on commitment (org_id, owner_id, status, due_on);
create index commitment_status on commitment (org_id, status, due_on);

create table conflict (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  member_id uuid not null,
  entity text not null,
  row_id uuid not null,
  customer_id uuid,
  field text not null,
  kept jsonb,
  lost jsonb,
  kept_by uuid not null,
  lost_by uuid,
  kept_at timestamptz not null,
  lost_at timestamptz not null,
  settled_at timestamptz,
  choice text,
  primary key (org_id, id),
  foreign key (org_id, member_id) references member
);
create index conflict_scope on conflict (org_id, scope, id);
create index conflict_member on conflict (org_id, member_id);

-- Fragments of names (see core/search-text.ts). btree_gin lets the organisation lead here too.
create extension if not exists btree_gin;
create index customer_bigrams on customer using gin (org_id, bigrams);
create index institution_bigrams on institution using gin (org_id, bigrams);

create index customer_pinyin on customer (org_id, pinyin);
create index customer_initials on customer (org_id, initials);
create index institution_pinyin on institution (org_id, pinyin);
create index institution_initials on institution (org_id, initials);

select keep_apart(name::regclass) from unnest(array[
  'member', 'territory', 'assignment', 'institution', 'department', 'customer', 'affiliation', 'visit', 'commitment',
  'conflict'
]) as name;

-- Array containment is not leakproof, so under row-level security no index answers it. These speak as the owner
-- and keep to the organisation themselves; plpgsql keeps their plans.
create function customer_with_bigrams(terms text[]) returns setof uuid
  language plpgsql stable security definer set search_path = public rows 200 as $$
    begin
      return query select id from customer
      where org_id = nullif(current_setting('rapport.org', true), '')::uuid and bigrams @> terms;
    end
  $$;
create function institution_with_bigrams(terms text[]) returns setof uuid
  language plpgsql stable security definer set search_path = public rows 200 as $$
    begin
      return query select id from institution
      where org_id = nullif(current_setting('rapport.org', true), '')::uuid and bigrams @> terms;
    end
  $$;

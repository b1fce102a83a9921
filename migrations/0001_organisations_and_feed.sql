-- What every organisation has before it has any subject: its counters, the change feed, who sees which scope,
-- the mutations it has taken in, the audit chain. The organisation leads every key.

-- Makes a table one of those that row-level security keeps apart by organisation. The owner (migrations, backup,
-- sign-in) is not bound by it; the application is, through rapport_app.
create function keep_apart(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy own_organisation on %s to rapport_app'
    ' using (org_id = nullif(current_setting(''rapport.org'', true), '''')::uuid)'
    ' with check (org_id = nullif(current_setting(''rapport.org'', true), '''')::uuid)', target);
  execute format('grant select, insert, update, delete on %s to rapport_app', target);
end
$$;

grant usage on schema public to rapport_app;

create table organisation (
  org_id uuid primary key,
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

-- One row an organisation, raised by the last statement of each transaction that writes: its lock is held from
-- there to the commit, so numbers become visible in their order and no reader passes over one.
create table org_counter (
  org_id uuid primary key references organisation,
  seq bigint not null default 0,
  -- New after a restored backup: cursors of before mean nothing then.
  epoch uuid not null,
  -- Cursors below it have missed deletions that were cleared away.
  min_cursor bigint not null default 0,
  audit_n bigint not null default 0,
  audit_head bytea not null
);

-- One line a row and scope with its newest number; does not grow with the number of changes.
create table feed (
  org_id uuid not null,
  entity text collate "C" not null,
  row_id uuid not null,
  scope uuid not null,
  seq bigint not null,
  deleted boolean not null,
  primary key (org_id, entity, row_id, scope)
);
-- For who is a little behind, and for who is far behind: the lines of everybody, or those of his scopes.
create index feed_seq on feed (org_id, seq);
create index feed_scope on feed (org_id, scope, seq);

-- Who sees a scope from when to when: by feed number for pulls, by wall clock for acts that arrive late.
create table scope_member (
  org_id uuid not null,
  user_id uuid not null,
  scope uuid not null,
  since_seq bigint not null,
  until_seq bigint,
  since_at timestamptz not null,
  until_at timestamptz,
  primary key (org_id, user_id, scope, since_seq)
);
create unique index scope_member_open on scope_member (org_id, user_id, scope) where until_seq is null;
create index scope_member_scope on scope_member (org_id, scope) where until_seq is null;
create index scope_member_entered on scope_member (org_id, user_id, since_seq);
create index scope_member_left on scope_member (org_id, user_id, until_seq) where until_seq is not null;

-- Raised when a member's rights change: his devices take a fresh picture.
create table member_epoch (
  org_id uuid not null,
  member_id uuid not null,
  epoch integer not null,
  primary key (org_id, member_id)
);

create table device (
  org_id uuid not null,
  device uuid not null,
  member_id uuid not null,
  next_n bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (org_id, device)
);
create index device_member on device (org_id, member_id);

-- Every mutation that came in, once, with the server's last word. What was refused keeps its whole input; what
-- was accepted is in the audit and keeps none, so that no personal value stands here longer than it must.
create table applied (
  org_id uuid not null,
  device uuid not null,
  n bigint not null,
  fingerprint bytea not null,
  member_id uuid not null,
  name text not null,
  version integer not null,
  -- The device's clock as it sent it, and the moment it was judged by when that clock was off.
  at timestamptz not null,
  judged_at timestamptz not null,
  received_at timestamptz not null,
  status text not null check (status in ('accepted', 'refused')),
  seq bigint,
  code text,
  -- json, not jsonb: what was refused may hold what jsonb cannot (U+0000).
  details json,
  args json,
  base json,
  primary key (org_id, device, n),
  check ((status = 'accepted') = (seq is not null) and (status = 'refused') = (code is not null))
);
create index applied_refused on applied (org_id, member_id, received_at) where status = 'refused';

-- Append-only and hash-chained: hash = sha256(hash before || sha256(canonical text of the entry)).
create table audit (
  org_id uuid not null,
  n bigint not null,
  at timestamptz not null,
  received_at timestamptz not null,
  actor uuid,
  device uuid,
  device_n bigint,
  mutation text not null,
  changes jsonb not null,
  reason text,
  hash bytea not null,
  primary key (org_id, n)
);
create index audit_received on audit (org_id, received_at);
create index audit_actor on audit (org_id, actor, n);

-- Personal values in the audit are sealed with their subject's key; without it they are gone and the chain holds.
create table subject_key (
  org_id uuid not null,
  subject_id uuid not null,
  key bytea,
  erased_at timestamptz,
  primary key (org_id, subject_id),
  check ((key is null) = (erased_at is not null))
);

select keep_apart(name::regclass) from unnest(array[
  'organisation', 'org_counter', 'feed', 'scope_member', 'member_epoch', 'device', 'applied', 'audit', 'subject_key'
]) as name;

-- What has been written down is not the application's to change.
revoke update, delete on audit, applied from rapport_app;
revoke delete on org_counter, organisation, subject_key from rapport_app;

-- Secrets that open a door to a member's things: links by which he sets his password, and tokens of his programs.
-- Kept as hashes. The secret itself begins with the organisation, so that it is looked up under the leading key.

create table sign_in_link (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('invitation', 'reset')),
  token_hash bytea not null,
  created_at timestamptz not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  unique (org_id, token_hash),
  foreign key (org_id, member_id) references member
);
create index sign_in_link_member on sign_in_link (org_id, member_id);

create table api_token (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  unique (org_id, token_hash),
  foreign key (org_id, member_id) references member
);
create index api_token_member on api_token (org_id, member_id);

select keep_apart(name::regclass) from unnest(array['sign_in_link', 'api_token']) as name;

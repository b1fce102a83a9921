-- Lists that were brought in, and what is needed to take each of them back as a whole.

create table import_run (
  org_id uuid not null,
  id uuid not null,
  scope uuid not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  target text not null,
  file_name text not null,
  status text not null,
  read_rows integer not null,
  created_rows integer not null,
  filled_rows integer not null,
  passed_rows integer not null,
  refused_rows integer not null,
  undone_at timestamptz,
  undone_by uuid,
  kept_rows integer not null,
  primary key (org_id, id)
);
create index import_run_scope on import_run (org_id, scope, id);
create index import_run_created_at on import_run (org_id, created_at, id);

-- Every row that an import wrote: what stood in the fields it filled (null for a row it created), and when it
-- left the row, by which a later change is known. Kept as long as the import can be undone.
create table import_line (
  org_id uuid not null,
  run_id uuid not null,
  entity text not null,
  row_id uuid not null,
  before jsonb,
  left_at timestamptz not null,
  primary key (org_id, run_id, entity, row_id),
  -- Checked at the end: lines are written before the import they belong to.
  foreign key (org_id, run_id) references import_run deferrable initially deferred
);

select keep_apart(name::regclass) from unnest(array['import_run', 'import_line']) as name;

-- The log: one row per event, one row per commit (the hash chain), one head row per tenant.
-- The tenant comes first in every key, so that the tables can be distributed or partitioned by tenant.

create table {schema}.log_head (
  tenant    int    not null primary key,
  position  bigint not null check (position >= 0),
  hash      bytea  not null check (octet_length(hash) = 32)
)
-- Updated by every append: the free space keeps the new row version on the same page (HOT).
with (fillfactor = 10);

create table {schema}.event (
  tenant       int         not null,
  position     bigint      not null check (position > 0),
  version      bigint      not null check (version > 0),
  recorded_at  timestamptz not null,
  id           uuid        not null,
  stream       text        collate "C" not null,
  type         text        collate "C" not null,
  source       text        collate "C",
  key_hash     bytea,
  body_hash    bytea,
  content_hash bytea       not null check (octet_length(content_hash) = 32),
  -- json, not jsonb: the text is bound by the content hash and must come back byte for byte.
  metadata     json        not null,
  -- Sealed bytes. When retention has removed the body, this is the SHA-256 of what stood here.
  body         bytea       not null,
  body_removed boolean     not null default false,
  primary key (tenant, position),
  check ((key_hash is null) = (body_hash is null)),
  check (key_hash is null or source is not null),
  check (not body_removed or octet_length(body) = 32)
);

-- Sealed bytes do not compress; without this PostgreSQL tries on every row over 2 kB.
alter table {schema}.event alter column body set storage external;

create unique index event_stream_version on {schema}.event (tenant, stream, version);
create unique index event_source_key on {schema}.event (tenant, source, key_hash) where key_hash is not null;

-- One row per tenant and commit. hash = sha256(previous hash, tenant, first and last position, recorded_at,
-- then per event in position order: version, content hash). ADR 0002.
create table {schema}.log_commit (
  tenant         int         not null,
  last_position  bigint      not null,
  first_position bigint      not null check (first_position > 0),
  recorded_at    timestamptz not null,
  hash           bytea       not null check (octet_length(hash) = 32),
  primary key (tenant, last_position),
  check (last_position >= first_position)
);

-- Forced: the owner of the tables is bound too (a superuser never is).
alter table {schema}.log_head   enable row level security;
alter table {schema}.log_head   force  row level security;
alter table {schema}.event      enable row level security;
alter table {schema}.event      force  row level security;
alter table {schema}.log_commit enable row level security;
alter table {schema}.log_commit force  row level security;

-- The tenants a transaction works for are declared with set_config('vkp.tenants', '{...}', true).
-- Undeclared reads as null, and "= any(null)" matches nothing. The sub-select makes it one evaluation per statement.
create policy declared_tenants on {schema}.log_head
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy declared_tenants on {schema}.event
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy declared_tenants on {schema}.log_commit
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

-- Which tenants exist and how far their logs reach is needed by every subscription; it goes through tenant_heads().
create policy heads_of_all on {schema}.log_head for select to vkp_store using (true);
-- append() probes by exact tenant; with the array of declared tenants in the condition too, each probe would search the
-- index once per declared tenant. What it writes is still checked against the declaration.
create policy probes_of_append on {schema}.event for select to vkp_store using (true);

grant select on {schema}.log_head, {schema}.event, {schema}.log_commit to vkp_app;
grant select, insert on {schema}.event, {schema}.log_commit to vkp_store;
grant select, insert, update (position, hash) on {schema}.log_head to vkp_store;

create function {schema}.tenant_heads()
returns table (tenant int, "position" bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select h.tenant, h.position from {schema}.log_head h order by h.tenant
$$;

alter function {schema}.tenant_heads() owner to vkp_store;
revoke all on function {schema}.tenant_heads() from public;
grant execute on function {schema}.tenant_heads() to vkp_app;

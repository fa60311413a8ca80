-- Keys. Every one is stored wrapped: tenant keys by the master key, which is never in the database; stream keys by a
-- tenant key. A dump of these tables opens nothing.

-- purpose 'wrap': wraps stream keys; a rotation adds a generation. 'index': keyed hashes; one generation for ever,
-- because what was hashed under it must be found again.
create table {schema}.tenant_key (
  tenant     int         not null,
  purpose    text        not null check (purpose in ('wrap', 'index')),
  generation int         not null check (generation > 0),
  master_id  bytea       not null check (octet_length(master_id) = 8),
  wrapped    bytea       not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant, purpose, generation),
  check (purpose = 'wrap' or generation = 1)
);

-- One data key per stream. Shredded: the wrapped key is gone for good, the row stays to say so.
create table {schema}.stream_key (
  tenant      int         not null,
  stream      text        collate "C" not null,
  generation  int         not null,
  wrapped     bytea,
  created_at  timestamptz not null default clock_timestamp(),
  shredded_at timestamptz,
  primary key (tenant, stream),
  check ((wrapped is null) = (shredded_at is not null))
);

-- Which stream is a patient's. The alias is HMAC(tenant's index key, identifier): nobody without the key can guess it.
create table {schema}.patient_alias (
  tenant     int         not null,
  alias      bytea       not null check (octet_length(alias) = 32),
  stream     text        collate "C" not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant, alias)
);

create index patient_alias_stream on {schema}.patient_alias (tenant, stream);

alter table {schema}.tenant_key    enable row level security;
alter table {schema}.tenant_key    force  row level security;
alter table {schema}.stream_key    enable row level security;
alter table {schema}.stream_key    force  row level security;
alter table {schema}.patient_alias enable row level security;
alter table {schema}.patient_alias force  row level security;

create policy declared_tenants on {schema}.tenant_key
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy declared_tenants on {schema}.stream_key
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy declared_tenants on {schema}.patient_alias
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

grant select, insert, update (master_id, wrapped) on {schema}.tenant_key to vkp_app;
grant select, insert, update (generation, wrapped, shredded_at) on {schema}.stream_key to vkp_app;
grant select, insert, delete on {schema}.patient_alias to vkp_app;

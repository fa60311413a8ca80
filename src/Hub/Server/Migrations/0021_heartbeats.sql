-- Who was heard last, and when. A heartbeat that changes nothing is counted here; a change (first heard, heard again) is an event of its own.
-- device is a keyed hash; empty for a service that beats for itself.
create table {schema}.heartbeat (
  tenant integer not null,
  source text not null,
  device text not null,
  -- The message that said it was heard, under which every beat since is counted.
  message_id uuid not null,
  heard_at timestamptz not null,
  beats bigint not null default 1,
  is_silent boolean not null default false,
  primary key (tenant, source, device)
) with (fillfactor = 70);

create index heartbeat_heard on {schema}.heartbeat (tenant, heard_at) where not is_silent;

alter table {schema}.heartbeat enable row level security;
alter table {schema}.heartbeat force row level security;
create policy declared_tenants on {schema}.heartbeat
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, update on {schema}.heartbeat to vkp_app;

-- Deliveries that the journal system fetches itself: they wait for it, and no worker sends them.
alter table {schema}.delivery add column pulled boolean not null default false;

-- What a journal system can fetch, in the order it became available. offered_at differs for every row of a destination, so that a reader that asks for what is
-- later than the last it saw misses nothing.
create table {schema}.offer (
  tenant integer not null,
  destination text not null,
  offered_at timestamptz not null,
  position bigint not null,
  message_id uuid not null,
  form text not null check (form in ('Bundle', 'Composition', 'MedicationDispense')),
  source text not null,
  source_system text,
  primary key (tenant, destination, offered_at)
);

alter table {schema}.offer enable row level security;
alter table {schema}.offer force row level security;
create policy declared_tenants on {schema}.offer
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert on {schema}.offer to vkp_app;

-- A message that the journal system has fetched and not yet answered.
alter table {schema}.message add column read_at timestamptz;
alter table {schema}.message drop constraint message_state_check;
alter table {schema}.message add constraint message_state_check
  check (state in ('held', 'registered', 'forwarded', 'read', 'journaled', 'settled', 'failed', 'rejected'));
drop index {schema}.message_open;
create index message_open on {schema}.message (tenant, position) where state in ('held', 'registered', 'forwarded', 'read', 'failed');

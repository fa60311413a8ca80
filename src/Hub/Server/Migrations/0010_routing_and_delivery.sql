-- Cases: which messages wait for a closing, and what closed them. The router's own memory; rebuilt by routing again from position 0.
-- case_key is a keyed hash of patient stream, source and the vendor's case id.
create table {schema}.routing_case (
  tenant integer not null,
  case_key text not null,
  message_id uuid not null,
  position bigint not null,
  closed_by uuid,
  primary key (tenant, case_key, message_id)
);

-- One message to one destination. state-machine.md in the Delivery room draws the states.
create table {schema}.delivery (
  tenant integer not null,
  position bigint not null,
  destination text not null,
  message_id uuid not null,
  bundle_id uuid not null,
  stream text not null,
  lane smallint not null,
  -- Log positions of the messages whose content the document carries, the message itself first.
  covers bigint[] not null,
  state text not null check (state in ('available', 'scheduled', 'retryable', 'unknown', 'accepted', 'journaled', 'refused', 'withdrawn')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  forwarded_at timestamptz,
  finished_at timestamptz,
  code text,
  primary key (tenant, position, destination),
  check ((state in ('journaled', 'refused', 'withdrawn')) = (finished_at is not null)),
  check (state <> 'refused' or code is not null)
) with (fillfactor = 70);

-- The worker's cursor walks this; the predicate names no state, so that a retry stays a heap-only update.
create index delivery_pending on {schema}.delivery (tenant, position) where finished_at is null;
create index delivery_message on {schema}.delivery (tenant, message_id);

-- Each try: what was done when, and what came of it.
create table {schema}.delivery_attempt (
  tenant integer not null,
  position bigint not null,
  destination text not null,
  attempt integer not null,
  node uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  outcome text not null,
  code text,
  message text,
  primary key (tenant, position, destination, attempt)
);

-- Which node works on a municipality's deliveries. Database time decides; a new owner raises the epoch, and a write under an old epoch changes nothing.
create table {schema}.delivery_lease (
  tenant integer not null primary key,
  owner uuid not null,
  epoch bigint not null,
  until timestamptz not null
) with (fillfactor = 20);

-- Where every message is now: one row per message, made from the log.
create table {schema}.message (
  tenant integer not null,
  message_id uuid not null,
  position bigint not null,
  stream text not null,
  source text not null,
  adapter text not null,
  kind text not null,
  lane text,
  state text not null check (state in ('held', 'registered', 'forwarded', 'journaled', 'settled', 'failed', 'rejected')),
  reason text,
  occurred_at timestamptz not null,
  registered_at timestamptz not null,
  forwarded_at timestamptz,
  journaled_at timestamptz,
  settled_at timestamptz,
  failed_at timestamptz,
  in_document_of uuid,
  primary key (tenant, message_id)
) with (fillfactor = 70);

create index message_open on {schema}.message (tenant, position) where state in ('held', 'registered', 'forwarded', 'failed');

-- A municipality never sees another's rows, whatever a query forgets. Which tenants a transaction works for is declared with
-- set_config('vkp.tenants', ...), as for the log.
alter table {schema}.routing_case enable row level security;
alter table {schema}.routing_case force row level security;
create policy declared_tenants on {schema}.routing_case
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.delivery enable row level security;
alter table {schema}.delivery force row level security;
create policy declared_tenants on {schema}.delivery
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.delivery_attempt enable row level security;
alter table {schema}.delivery_attempt force row level security;
create policy declared_tenants on {schema}.delivery_attempt
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.delivery_lease enable row level security;
alter table {schema}.delivery_lease force row level security;
create policy declared_tenants on {schema}.delivery_lease
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.message enable row level security;
alter table {schema}.message force row level security;
create policy declared_tenants on {schema}.message
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

grant select, insert, update, delete on {schema}.routing_case, {schema}.delivery, {schema}.message to vkp_app;
grant select, insert on {schema}.delivery_attempt to vkp_app;
grant select, insert, update on {schema}.delivery_lease to vkp_app;

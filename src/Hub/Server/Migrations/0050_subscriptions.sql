-- A journal system's FHIR Subscription: what it asked for stands sealed in the log (at config_position), where it stands is here.
-- last_number is the newest event it has, sent_number the newest that its endpoint took.
create table {schema}.fhir_subscription (
  tenant          integer     not null,
  id              uuid        not null,
  destination     text        not null,
  -- The access client that made it; no other sees it.
  client          text        not null,
  status          text        not null check (status in ('requested', 'active', 'error', 'off')),
  config_position bigint      not null,
  -- Its endpoint has answered a handshake since it was last asked for.
  confirmed       boolean     not null,
  -- The last offer that was looked at for it.
  cursor_at       timestamptz not null,
  last_number     bigint      not null check (last_number >= 0),
  sent_number     bigint      not null check (sent_number >= 0 and sent_number <= last_number),
  failures        integer     not null,
  code            text,
  -- When the endpoint was last reached.
  heard_at        timestamptz not null,
  -- Not before: the wait after a failure.
  due_at          timestamptz not null,
  -- When something is due without any new event: a handshake, a heartbeat, its end.
  next_at         timestamptz not null,
  changed_at      timestamptz not null,
  -- Which node sends for it. Database time decides; a write under an old epoch changes nothing.
  owner           uuid,
  epoch           bigint      not null,
  until           timestamptz,
  primary key (tenant, id),
  check ((status = 'error') = (code is not null))
) with (fillfactor = 70);

create index fhir_subscription_destination on {schema}.fhir_subscription (tenant, destination);

-- Its events, numbered without a hole from 1; a number is given once and stands for the same document for ever.
create table {schema}.fhir_subscription_event (
  tenant       integer     not null,
  subscription uuid        not null,
  number       bigint      not null check (number > 0),
  offered_at   timestamptz not null,
  primary key (tenant, subscription, number)
);

alter table {schema}.fhir_subscription enable row level security;
alter table {schema}.fhir_subscription force row level security;
create policy declared_tenants on {schema}.fhir_subscription
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.fhir_subscription_event enable row level security;
alter table {schema}.fhir_subscription_event force row level security;
create policy declared_tenants on {schema}.fhir_subscription_event
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

grant select, insert, update, delete on {schema}.fhir_subscription to vkp_app;
grant select, insert, delete on {schema}.fhir_subscription_event to vkp_app;

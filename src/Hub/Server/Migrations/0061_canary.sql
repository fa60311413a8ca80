-- Where each municipality's canary is: one on its way or just arrived.
create table {schema}.canary (
  tenant     integer     not null primary key,
  message_id uuid        not null,
  sent_at    timestamptz not null,
  -- Null while it is on its way.
  arrived_at timestamptz,
  -- When the newest that has arrived was sent; the first one's sending until it has.
  heard_at   timestamptz not null
) with (fillfactor = 50);

alter table {schema}.canary enable row level security;
alter table {schema}.canary force row level security;
create policy declared_tenants on {schema}.canary
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, update on {schema}.canary to vkp_app;

alter table {schema}.escalation drop constraint escalation_kind_check;
alter table {schema}.escalation add constraint escalation_kind_check check (kind in ('alarm', 'destination', 'silence', 'canary'));
alter table {schema}.escalation_notice drop constraint escalation_notice_kind_check;
alter table {schema}.escalation_notice add constraint escalation_notice_kind_check check (kind in ('alarm', 'destination', 'silence', 'canary'));

-- What somebody must act on. One open row per thing it is about, so that it is raised once, however many nodes look and whatever dies.
create table {schema}.escalation (
  tenant     integer     not null,
  id         uuid        not null,
  kind       text        not null check (kind in ('alarm', 'destination', 'silence')),
  -- A message, a destination, a subscription or a sending system; never a person or a device.
  subject    text        not null,
  since      timestamptz not null,
  count      bigint      not null,
  raised_at  timestamptz not null,
  cleared_at timestamptz,
  primary key (tenant, id)
);

create unique index escalation_open on {schema}.escalation (tenant, kind, subject) where cleared_at is null;

-- What is to be told about it, and has not been yet. To whom, the municipality's configuration says when it is sent.
create table {schema}.escalation_notice (
  tenant     integer     not null,
  id         uuid        not null,
  channel    text        not null check (channel in ('mail', 'webhook')),
  kind       text        not null check (kind in ('alarm', 'destination', 'silence')),
  escalations uuid[]     not null,
  written_at timestamptz not null,
  due_at     timestamptz not null,
  attempts   integer     not null default 0,
  sent_at    timestamptz,
  code       text,
  primary key (tenant, id)
) with (fillfactor = 70);

create index escalation_notice_due on {schema}.escalation_notice (tenant, due_at) where sent_at is null;

alter table {schema}.escalation enable row level security;
alter table {schema}.escalation force row level security;
create policy declared_tenants on {schema}.escalation
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.escalation_notice enable row level security;
alter table {schema}.escalation_notice force row level security;
create policy declared_tenants on {schema}.escalation_notice
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

grant select, insert, update on {schema}.escalation to vkp_app;
grant select, insert, update on {schema}.escalation_notice to vkp_app;

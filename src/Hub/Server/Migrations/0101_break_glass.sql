-- Access to content that a person opened for herself, for a reason and a time (break-glass). What happened is in the log; this is what is asked at each request.
create table {schema}.break_glass (
  tenant      integer     not null,
  id          uuid        not null,
  -- Who: the staff issuer, and its name for the person.
  issuer      text        not null,
  subject     text        not null,
  -- Free of identity numbers, as every purpose.
  reason      text        not null,
  opened_at   timestamptz not null,
  until       timestamptz not null,
  -- Earlier than the clock would; null when the clock ends it.
  closed_at   timestamptz,
  reviewed_at timestamptz,
  reviewed_by text,
  review      text,
  primary key (tenant, id),
  check (until > opened_at),
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (review is null)),
  -- Nobody reviews herself, whatever asks.
  check (reviewed_by <> subject)
);

create index break_glass_open on {schema}.break_glass (tenant, subject) where closed_at is null;
create index break_glass_unreviewed on {schema}.break_glass (tenant, opened_at) where reviewed_at is null;

alter table {schema}.break_glass enable row level security;
alter table {schema}.break_glass force row level security;
create policy declared_tenants on {schema}.break_glass
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
-- Who, why, when and for how long cannot be changed afterwards.
grant select, insert on {schema}.break_glass to vkp_app;
grant update (closed_at, reviewed_at, reviewed_by, review) on {schema}.break_glass to vkp_app;

alter table {schema}.escalation drop constraint escalation_kind_check;
alter table {schema}.escalation add constraint escalation_kind_check check (kind in ('alarm', 'destination', 'silence', 'canary', 'breakglass'));
alter table {schema}.escalation_notice drop constraint escalation_notice_kind_check;
alter table {schema}.escalation_notice add constraint escalation_notice_kind_check check (kind in ('alarm', 'destination', 'silence', 'canary', 'breakglass'));

-- How far each replay has come. What it was asked for, by whom, and what it came to stands on its stream; this row is its working place, written with every page.
create table {schema}.replay (
  tenant integer not null,
  replay_id uuid not null,
  kind text not null check (kind in ('audit')),
  state text not null check (state in ('planned', 'running', 'paused', 'aborted', 'completed')),
  -- The last place looked at, and the last that is to be: in the log, or in the patient's stream when only one patient is asked for.
  position bigint not null,
  up_to bigint not null,
  -- Messages that fit, as counted when it was planned.
  estimate bigint not null,
  -- Messages a second; 0 = as fast as it goes.
  rate integer not null check (rate >= 0),
  tally text not null,
  worked_ms bigint not null default 0,
  planned_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant, replay_id),
  check ((state in ('aborted', 'completed')) = (ended_at is not null))
) with (fillfactor = 50);

create index replay_running on {schema}.replay (tenant) where state = 'running';

alter table {schema}.replay enable row level security;
alter table {schema}.replay force row level security;
create policy declared_tenants on {schema}.replay
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, update on {schema}.replay to vkp_app;

-- How far each named subscription has come in each tenant's log. The row is locked while a page is handled, in the
-- transaction of the page's effects: two processes can never handle the same page.
create table {schema}.subscription_checkpoint (
  tenant         int         not null,
  name           text        collate "C" not null,
  position       bigint      not null check (position >= 0),
  updated_at     timestamptz not null,
  stopped_at     timestamptz,
  stopped_reason text,
  primary key (tenant, name),
  check ((stopped_at is null) = (stopped_reason is null))
)
with (fillfactor = 20);

alter table {schema}.subscription_checkpoint enable row level security;
alter table {schema}.subscription_checkpoint force  row level security;

create policy declared_tenants on {schema}.subscription_checkpoint
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy checkpoints_of_all on {schema}.subscription_checkpoint for select to vkp_store using (true);

grant select, insert, update, delete on {schema}.subscription_checkpoint to vkp_app;
grant select on {schema}.subscription_checkpoint to vkp_store;

-- One row per tenant: where the log ends and where the subscription stands.
create function {schema}.subscription_status(p_name text)
returns table (tenant int, head bigint, "position" bigint, stopped_at timestamptz, stopped_reason text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select h.tenant, h.position, coalesce(c.position, 0), c.stopped_at, c.stopped_reason
  from {schema}.log_head h
  left join {schema}.subscription_checkpoint c on c.tenant = h.tenant and c.name = p_name
  order by h.tenant
$$;

alter function {schema}.subscription_status(text) owner to vkp_store;
revoke all on function {schema}.subscription_status(text) from public;
grant execute on function {schema}.subscription_status(text) to vkp_app;

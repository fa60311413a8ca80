-- Which process handles a named subscription of a tenant. Database time decides when a lease is over; whoever takes it then raises the
-- epoch, and a page that was begun under an earlier epoch cannot move the checkpoint, so none of its effects are committed.
create table {schema}.subscription_lease (
  tenant      int         not null,
  name        text        collate "C" not null,
  owner       uuid        not null,
  epoch       bigint      not null check (epoch > 0),
  acquired_at timestamptz not null,
  until       timestamptz not null,
  primary key (tenant, name)
)
with (fillfactor = 20);

alter table {schema}.subscription_lease enable row level security;
alter table {schema}.subscription_lease force  row level security;

create policy declared_tenants on {schema}.subscription_lease
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
create policy leases_of_all on {schema}.subscription_lease for select to vkp_store using (true);

grant select, insert, update on {schema}.subscription_lease to vkp_app;
grant select on {schema}.subscription_lease to vkp_store;

-- As before, and who has it. The new columns stand last, so that a process of the version before reads on.
drop function {schema}.subscription_status(text);
create function {schema}.subscription_status(p_name text)
returns table (
  tenant int, head bigint, "position" bigint, stopped_at timestamptz, stopped_reason text, lease_owner uuid, lease_epoch bigint, lease_until timestamptz, is_leased boolean)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select h.tenant, h.position, coalesce(c.position, 0), c.stopped_at, c.stopped_reason, l.owner, l.epoch, l.until, coalesce(l.until > clock_timestamp(), false)
  from {schema}.log_head h
  left join {schema}.subscription_checkpoint c on c.tenant = h.tenant and c.name = p_name
  left join {schema}.subscription_lease l on l.tenant = h.tenant and l.name = p_name
  order by h.tenant
$$;

alter function {schema}.subscription_status(text) owner to vkp_store;
revoke all on function {schema}.subscription_status(text) from public;
grant execute on function {schema}.subscription_status(text) to vkp_app;
